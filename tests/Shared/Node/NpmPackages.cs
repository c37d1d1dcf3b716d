using System.ComponentModel;
using Xunit;

namespace ChatGen.Tests.Shared;

/// <summary>The npm packages of a folder of <c>tests</c>, installed once for all test projects.</summary>
internal sealed class NpmPackages
{
    private static readonly TimeSpan s_installTimeout = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_lockPollInterval = TimeSpan.FromMilliseconds(250);

    private readonly Lazy<Task<string?>> _installation;

    private NpmPackages(string name)
    {
        Folder = FindFolder(name);
        _installation = new Lazy<Task<string?>>(InstallAsync);
    }

    /// <summary>Bayeux servers and the official JavaScript client.</summary>
    public static NpmPackages InteropServers { get; } = new("interop-servers");

    /// <summary>A JSON Schema validator that is not ours, and the official meta-schemas.</summary>
    public static NpmPackages SchemaTools { get; } = new("schema-tools");

    /// <summary>Rules of accessibility that pages are held against.</summary>
    public static NpmPackages BrowserTools { get; } = new("browser-tools");

    /// <summary>The folder with the scripts.</summary>
    public string Folder { get; }

    private static string Npm => OperatingSystem.IsWindows() ? "npm.cmd" : "npm";

    private static bool IsContinuousIntegration => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Makes sure that Node and the packages are there. Without Node the calling test is skipped; in continuous integration it fails.</summary>
    public async Task RequireAsync()
    {
        if (await _installation.Value is not { } missing)
        {
            return;
        }

        if (IsContinuousIntegration)
        {
            Assert.Fail(missing);
        }

        Assert.Skip(missing);
    }

    private async Task<string?> InstallAsync()
    {
        using CancellationTokenSource timeout = new(s_installTimeout);
        try
        {
            await NodeProgram.RunAsync("node", ["--version"], Folder, timeout.Token);
            await using FileStream exclusive = await LockAsync(timeout.Token);
            if (!IsInstalled())
            {
                NodeRun run = await NodeProgram.RunAsync(Npm, ["ci", "--no-audit", "--no-fund"], Folder, timeout.Token);
                Assert.True(run.ExitCode == 0, $"npm ci failed with {run.ExitCode}: {run.Error}");
            }

            return null;
        }
        catch (Win32Exception exception)
        {
            return $"Node.js 20 or later with npm has to be on the PATH for the tests with the packages of {Folder}: {exception.Message}";
        }
    }

    private bool IsInstalled()
    {
        FileInfo wanted = new(Path.Combine(Folder, "package-lock.json"));
        FileInfo installed = new(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        return installed.Exists && installed.LastWriteTimeUtc >= wanted.LastWriteTimeUtc;
    }

    // Other test projects may be installing: npm ci removes what is there first, so one may do it at a time.
    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        string folder = Directory.CreateDirectory(Path.Combine(Folder, "obj")).FullName;
        using PeriodicTimer poll = new(s_lockPollInterval);
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(folder, "install.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                // Somebody else holds it.
                await poll.WaitForNextTickAsync(cancellationToken);
            }
        }
    }

    private static string FindFolder(string name)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "tests", name);
            if (File.Exists(Path.Combine(candidate, "package.json")))
            {
                return candidate;
            }
        }

        throw new DirectoryNotFoundException($"There is no tests/{name} above {AppContext.BaseDirectory}.");
    }
}
