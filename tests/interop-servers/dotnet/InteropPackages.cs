using System.ComponentModel;
using Xunit;

namespace ChatGen.Interop;

/// <summary>The npm packages of <c>tests/interop-servers</c>, installed once for all test projects.</summary>
internal static class InteropPackages
{
    private static readonly TimeSpan s_installTimeout = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_lockPollInterval = TimeSpan.FromMilliseconds(250);
    private static readonly Lazy<Task<string?>> s_installation = new(InstallAsync);

    /// <summary>The folder with the scripts.</summary>
    public static string Folder { get; } = FindFolder();

    private static string Npm => OperatingSystem.IsWindows() ? "npm.cmd" : "npm";

    private static bool IsContinuousIntegration => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Makes sure that Node and the packages are there. Without Node the calling test is skipped; in continuous integration it fails.</summary>
    public static async Task RequireAsync()
    {
        if (await s_installation.Value is not { } missing)
        {
            return;
        }

        if (IsContinuousIntegration)
        {
            Assert.Fail(missing);
        }

        Assert.Skip(missing);
    }

    private static async Task<string?> InstallAsync()
    {
        using CancellationTokenSource timeout = new(s_installTimeout);
        try
        {
            await NodeProcess.RunAsync("node", ["--version"], Folder, timeout.Token);
            await using FileStream exclusive = await LockAsync(timeout.Token);
            if (!IsInstalled())
            {
                NodeRun run = await NodeProcess.RunAsync(Npm, ["ci", "--no-audit", "--no-fund"], Folder, timeout.Token);
                Assert.True(run.ExitCode == 0, $"npm ci failed with {run.ExitCode}: {run.Error}");
            }

            return null;
        }
        catch (Win32Exception exception)
        {
            return $"Node.js 20 or later with npm has to be on the PATH for tests against the CometD project's code and Faye: {exception.Message}";
        }
    }

    private static bool IsInstalled()
    {
        FileInfo wanted = new(Path.Combine(Folder, "package-lock.json"));
        FileInfo installed = new(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        return installed.Exists && installed.LastWriteTimeUtc >= wanted.LastWriteTimeUtc;
    }

    // Other test projects may be installing: npm ci removes what is there first, so one may do it at a time.
    private static async Task<FileStream> LockAsync(CancellationToken cancellationToken)
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

    private static string FindFolder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "tests", "interop-servers");
            if (File.Exists(Path.Combine(candidate, "package.json")))
            {
                return candidate;
            }
        }

        throw new DirectoryNotFoundException($"There is no tests/interop-servers above {AppContext.BaseDirectory}.");
    }
}
