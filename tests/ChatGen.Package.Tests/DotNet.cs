using System.Diagnostics;

namespace ChatGen.Package.Tests;

/// <summary>Runs programs, above all <c>dotnet</c>, to their end.</summary>
internal static class DotNet
{
    // Far above what is needed: a machine may be busy with other builds.
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(8);

    // Diagnostics, a summary that counts them, and nothing that outlives the command.
    private static readonly string[] s_buildArguments =
        ["-verbosity:quiet", "-consoleLoggerParameters:Summary", "-terminalLogger:off", "-nodeReuse:false", "-property:UseSharedCompilation=false"];

    /// <summary>Runs a command of <c>dotnet</c> that builds, such as <c>pack</c>.</summary>
    public static Task<ProcessRun> BuildAsync(string folder, string command, params IEnumerable<string> arguments) =>
        RunAsync(folder, "dotnet", [command, .. arguments, .. s_buildArguments]);

    /// <summary>Runs a program.</summary>
    /// <exception cref="TimeoutException">It did not end; it has been killed.</exception>
    public static async Task<ProcessRun> RunAsync(string folder, string program, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        SetEnvironment(start.Environment, folder);
        string command = $"{program} {string.Join(' ', start.ArgumentList)}";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(s_timeout);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'{command}' was stopped before its end:{Environment.NewLine}{await output}{await error}");
        }

        return new ProcessRun(command, process.ExitCode, await output, await error);
    }

    private static void SetEnvironment(IDictionary<string, string?> environment, string folder)
    {
        // The tests may themselves run below MSBuild, whose variables would send the child to the wrong SDK or configuration.
        foreach (string name in environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            environment.Remove(name);
        }

        environment.Remove("Configuration");
        environment.Remove("Platform");
        environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        environment["DOTNET_NOLOGO"] = "1";
        environment["MSBUILDDISABLENODEREUSE"] = "1";

        // Where the built-in state storage of a chat client keeps its file.
        environment["XDG_DATA_HOME"] = Path.Combine(folder, "data");
    }
}
