using System.Diagnostics;
using ChatGen.Tests.Shared;

namespace ChatGen.Interop.Tests.Programs;

/// <summary>A program of this repository, as a process of its own.</summary>
internal static class BuiltProgram
{
    /// <summary>Runs a program to its end. It finds a folder of its own where it keeps data.</summary>
    /// <param name="project">Folder of its project within the repository; its last part names the program.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="cancellationToken">Kills it.</param>
    public static async Task<NodeRun> RunAsync(string project, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using TemporaryFolder data = new();
        using Process process = Start(project, arguments, data.Path);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
            return new NodeRun(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    /// <summary>Runs a program until it has printed a line, and then kills it without a warning.</summary>
    /// <param name="project">Folder of its project within the repository; its last part names the program.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="cancellationToken">Stops waiting for the line.</param>
    /// <returns>The line.</returns>
    public static async Task<string> RunAndKillAsync(string project, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using TemporaryFolder data = new();
        using Process process = Start(project, arguments, data.Path);
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            string? line = await process.StandardOutput.ReadLineAsync(cancellationToken);
            return line ?? throw new InvalidOperationException($"{project} ended by itself: {await error}");
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>Runs a program until it has printed a line, and then lets it end by itself.</summary>
    /// <param name="project">Folder of its project within the repository; its last part names the program.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <returns>The line.</returns>
    public static async Task<string> RunToEndOfInputAsync(string project, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using TemporaryFolder data = new();
        using Process process = Start(project, arguments, data.Path);
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            string? line = await process.StandardOutput.ReadLineAsync(cancellationToken);
            process.StandardInput.Close();
            await process.WaitForExitAsync(cancellationToken);
            return line is not null && process.ExitCode == 0 ? line : throw new InvalidOperationException($"{project} failed: {await error}");
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    private static Process Start(string project, IEnumerable<string> arguments, string dataFolder) =>
        Process.Start(new ProcessStartInfo("dotnet", [PathOf(project), .. arguments])
        {
            // The place of local application data on Linux and macOS.
            Environment = { ["XDG_DATA_HOME"] = dataFolder },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    // It was built along with the tests, for the same configuration and framework.
    private static string PathOf(string project)
    {
        DirectoryInfo framework = new(AppContext.BaseDirectory);
        string repository = Path.GetFullPath(Path.Combine(NpmPackages.InteropServers.Folder, "..", ".."));
        string path = Path.Combine(repository, project, "bin", framework.Parent!.Name, framework.Name, Path.GetFileName(project) + ".dll");
        return File.Exists(path) ? path : throw new FileNotFoundException("The program is not built.", path);
    }
}
