using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using ChatGen.Interop;
using Xunit;

namespace ChatGen.Bayeux.Scenarios.Harness;

/// <summary>A server and a client of it, with what the client has told. A scenario begins with <c>StartAsync</c>.</summary>
public abstract class ScenarioTest : IAsyncLifetime
{
    private static int s_number;

    private readonly Channel<BayeuxStateChange> _changes = Channel.CreateUnbounded<BayeuxStateChange>();
    private readonly Channel<BayeuxFault> _faults = Channel.CreateUnbounded<BayeuxFault>();
    private readonly Channel<string> _events = Channel.CreateUnbounded<string>();
    private readonly List<BayeuxClient> _clients = [];
    private readonly string _prefix = $"/scenario-{Interlocked.Increment(ref s_number)}";
    private readonly NetworkSwitch _network = new();
    private string _test = "";

    private protected Against Column { get; private set; }

    /// <summary>The server that the client sees. Behind it is the column's real one, if it is of such.</summary>
    private protected ScriptedServer Server { get; private set; } = null!;

    /// <summary>The first client that the scenario made.</summary>
    private protected BayeuxClient Client => _clients[0];

    /// <summary>What to connect through for <see cref="GoDown"/>.</summary>
    private protected HttpMessageHandler Network => _network;

    /// <summary>A channel that no other scenario uses.</summary>
    private protected string A => Named("/a");

    /// <summary>Another one.</summary>
    private protected string B => Named("/b");

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (BayeuxClient client in _clients)
        {
            await client.DisposeAsync().AsTask().Soon();
        }

        if (Server is not null)
        {
            await Server.DisposeAsync();
            Server.Upstream?.Dispose();
        }

        _network.Dispose();
        ScenarioResults.Add(GetType(), _test, Column, TestContext.Current.TestState?.Result);
        GC.SuppressFinalize(this);
    }

    /// <summary>A name that no other scenario uses, so that they can share a server.</summary>
    private protected string Named(string channel) => _prefix + channel;

    /// <summary>Starts the scripted server, before a real one if the column is of such.</summary>
    private protected async Task StartAsync(Against column, string[]? options = null, [CallerMemberName] string test = "")
    {
        Begin(column, test);
        Server = await ScriptedServer.StartAsync(column.IsReal() ? await RealServers.SharedAsync(column, options ?? []) : null);
    }

    /// <summary>Starts the scripted server before a real one that only this scenario uses.</summary>
    private protected async Task StartAsync(Against column, NodeProcess? process, [CallerMemberName] string test = "")
    {
        Begin(column, test);
        Server = await ScriptedServer.StartAsync(process is null ? null : new Upstream(process.CometDUrl));
    }

    /// <summary>Notes what is played, for scenarios that need no server.</summary>
    private protected void Begin(Against column, [CallerMemberName] string test = "")
    {
        Column = column;
        _test = test;
    }

    /// <summary>Takes the network away: every connection breaks, and no other can be made.</summary>
    private protected void GoDown()
    {
        _network.IsUp = false;
        Server.IsDown = true;
        Server.AbortSockets();
        Server.AbortRequests();
    }

    /// <summary>Gives the network back.</summary>
    private protected void GoUp()
    {
        Server.IsDown = false;
        _network.IsUp = true;
    }

    private protected BayeuxClientOptions Options() => OptionsFor(Server.Url);

    private protected BayeuxClientOptions OptionsFor(Uri url) => new()
    {
        Url = url,
        DisableWebSockets = !Column.IsWebSocket(),
        InitialBackoff = TimeSpan.FromMilliseconds(10),
        MaxBackoff = TimeSpan.FromMilliseconds(50),
        MaxNetworkDelay = TimeSpan.FromSeconds(30),
    };

    private protected BayeuxClient Create(Func<BayeuxClientOptions, BayeuxClientOptions>? configure = null)
    {
        BayeuxClientOptions options = Options();
        var client = new BayeuxClient(configure?.Invoke(options) ?? options);
        _clients.Add(client);
        if (_clients.Count == 1)
        {
            client.StateChanged += change => _changes.Writer.TryWrite(change);
            client.Faulted += fault => _faults.Writer.TryWrite(fault);
        }

        return client;
    }

    private protected async Task<BayeuxClient> ConnectAsync(Func<BayeuxClientOptions, BayeuxClientOptions>? configure = null)
    {
        BayeuxClient client = Create(configure);
        await client.ConnectAsync(Cancellation).Soon();
        return client;
    }

    private protected async Task<BayeuxSubscription> SubscribeAsync(string channel, BayeuxClient? client = null)
    {
        BayeuxSubscription subscription = (client ?? Client).Subscribe(channel, Record);
        await subscription.ConfirmedAsync(Cancellation).Soon();
        return subscription;
    }

    private protected Task<PublishResult> PublishAsync(string data, string? channel = null, BayeuxClient? client = null) =>
        (client ?? Client).PublishAsync(channel ?? A, Encoding.UTF8.GetBytes(data), Cancellation).Soon();

    private protected void Record(BayeuxEvent bayeuxEvent) => _events.Writer.TryWrite(Text(bayeuxEvent));

    /// <summary>Channel and data, the channel as if it were not this scenario's own.</summary>
    private protected string Text(BayeuxEvent bayeuxEvent) =>
        $"{bayeuxEvent.Channel.Replace(_prefix, "", StringComparison.Ordinal)} {Encoding.UTF8.GetString(bayeuxEvent.Data.Span)}";

    private protected Task<string> NextEventAsync() => _events.Reader.ReadAsync().Soon();

    /// <summary>Whether there are events that <see cref="NextEventAsync"/> has not returned.</summary>
    private protected bool HasEvent => _events.Reader.TryPeek(out _);

    private protected async Task<BayeuxStateChange> StateAsync(BayeuxClientState state)
    {
        while (true)
        {
            BayeuxStateChange change = await _changes.Reader.ReadAsync().Soon();
            if (change.Current == state)
            {
                return change;
            }
        }
    }

    /// <summary>Waits for what nothing tells of.</summary>
    private protected static async Task Until(Func<bool> isSo)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!isSo())
        {
            await poll.WaitForNextTickAsync(limit.Token);
        }
    }

    private protected async Task<BayeuxFault> FaultAsync(BayeuxFaultKind kind)
    {
        while (true)
        {
            BayeuxFault fault = await _faults.Reader.ReadAsync().Soon();
            if (fault.Kind == kind)
            {
                return fault;
            }
        }
    }
}
