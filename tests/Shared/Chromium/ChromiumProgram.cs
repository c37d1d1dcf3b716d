using System.ComponentModel;

namespace ChatGen.Tests.Shared;

/// <summary>The machine's Chromium. Where Debian's packages can be installed, it is installed if it is missing.</summary>
internal static class ChromiumProgram
{
    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome"];
    private static readonly TimeSpan s_installTimeout = TimeSpan.FromMinutes(5);
    private static readonly Lazy<Task<string?>> s_path = new(FindOrInstallAsync);

    /// <summary>Where it is. Without it the calling test is skipped; in continuous integration it fails.</summary>
    public static async Task<string> RequireAsync()
    {
        const string Missing = "Chromium is neither on the PATH nor where CHATGEN_CHROMIUM says, and it could not be installed by apt-get.";
        if (await s_path.Value is { } path)
        {
            return path;
        }

        if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
        {
            Xunit.Assert.Fail(Missing);
        }

        Xunit.Assert.Skip(Missing);
        return "";
    }

    private static async Task<string?> FindOrInstallAsync()
    {
        if (Find() is { } path)
        {
            return path;
        }

        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return null;
        }

        try
        {
            using CancellationTokenSource timeout = new(s_installTimeout);
            await NodeProgram.RunAsync("apt-get", ["update", "-qq"], "/", timeout.Token);
            await NodeProgram.RunAsync("apt-get", ["install", "-y", "-qq", "-o", "DPkg::Lock::Timeout=120", "chromium"], "/", timeout.Token);
        }
        catch (Exception exception) when (exception is Win32Exception or OperationCanceledException)
        {
            // What could not be installed is missing, and that is told.
        }

        return Find();
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("CHATGEN_CHROMIUM") is { Length: > 0 } named)
        {
            return File.Exists(named) ? named : null;
        }

        string[] folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        return folders.SelectMany(folder => s_names.Select(name => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name))).FirstOrDefault(File.Exists);
    }
}
