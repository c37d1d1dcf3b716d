using System.Diagnostics;
using ChatGen.BackendSchemas.Tests.Backends;

namespace ChatGen.BackendSchemas.Tests.Script;

/// <summary>This program once more, in a process of its own, which restores a session and chats.</summary>
internal sealed class OtherProgram : IAsyncDisposable
{
    /// <summary>The first of its arguments.</summary>
    public const string Argument = "--restore";

    /// <summary>What it says to the agent.</summary>
    public const string Message = "I am another program.";

    /// <summary>What it waits for.</summary>
    public const string Answer = "Welcome back.";

    /// <summary>What it writes when it has heard that.</summary>
    public const string Heard = "heard";

    private readonly Process _process;

    private OtherProgram(Process process) => _process = process;

    /// <summary>Starts it.</summary>
    /// <param name="bench">The name of the backend's bench.</param>
    /// <param name="stateFile">Where the state of the session is.</param>
    public static OtherProgram Start(string bench, string stateFile)
    {
        string program = Path.Combine(AppContext.BaseDirectory, typeof(OtherProgram).Assembly.GetName().Name + (OperatingSystem.IsWindows() ? ".exe" : ""));
        return new OtherProgram(Process.Start(new ProcessStartInfo(program, [Argument, bench, stateFile]) { RedirectStandardInput = true, RedirectStandardOutput = true })!);
    }

    /// <summary>What the process does.</summary>
    /// <param name="args">The name of the backend's bench, and where the state of the session is.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var surroundings = new Surroundings { Storage = new FileChatStateStorage(args[1], TimeSpan.FromMinutes(5)) };
        Task<IVisitor?> restoring = args[0] switch
        {
            nameof(GenesysGmsRestBench) => GenesysGmsRestBench.RestoreVisitorAsync(surroundings, CancellationToken.None),
            nameof(GenesysGmsCometDBench) => GenesysGmsCometDBench.RestoreVisitorAsync(surroundings, CancellationToken.None),
            nameof(GenesysCloudBench) => GenesysCloudBench.RestoreVisitorAsync(surroundings, CancellationToken.None),
            nameof(SalesforceLiveAgentBench) => SalesforceLiveAgentBench.RestoreVisitorAsync(surroundings, CancellationToken.None),
            _ => AmazonConnectBench.RestoreVisitorAsync(surroundings, CancellationToken.None),
        };
        await using IVisitor visitor = await restoring ?? throw new InvalidOperationException("There is no session to restore.");
        await visitor.SendMessageAsync(Message, CancellationToken.None);
        await foreach (ChatEvent chatEvent in visitor.Session.ReadEventsAsync())
        {
            if (visitor.See(chatEvent).Text == Answer)
            {
                Console.WriteLine(Heard);
                break;
            }
        }

        // Until whoever started it is done, or gone.
        await Console.In.ReadToEndAsync();
        return 0;
    }

    /// <summary>The next line that it writes.</summary>
    public async Task<string?> ReadLineAsync(CancellationToken cancellationToken) => await _process.StandardOutput.ReadLineAsync(cancellationToken);

    /// <summary>Lets it end, or ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        try
        {
            await _process.WaitForExitAsync(Deadline.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
