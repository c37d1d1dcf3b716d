using System.Text;
using System.Threading.Channels;
using ChatGen.Bayeux.Tests.Scripted;
using Xunit;

namespace ChatGen.Bayeux.Tests.Scenarios;

/// <summary>A scripted server and a client of it, with what the client has told.</summary>
public abstract class Scenario : IAsyncLifetime
{
    private readonly Channel<BayeuxStateChange> _changes = Channel.CreateUnbounded<BayeuxStateChange>();
    private readonly Channel<BayeuxFault> _faults = Channel.CreateUnbounded<BayeuxFault>();
    private readonly Channel<string> _events = Channel.CreateUnbounded<string>();

    private protected ScriptedServer Server { get; private set; } = null!;

    private protected BayeuxClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await ScriptedServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (Client is not null)
        {
            await Client.DisposeAsync().AsTask().Soon();
        }

        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected BayeuxClient Create(bool webSocket, Func<BayeuxClientOptions, BayeuxClientOptions>? configure = null)
    {
        var options = new BayeuxClientOptions
        {
            Url = Server.Url,
            DisableWebSockets = !webSocket,
            InitialBackoff = TimeSpan.FromMilliseconds(10),
            MaxBackoff = TimeSpan.FromMilliseconds(50),
        };
        Client = new BayeuxClient(configure?.Invoke(options) ?? options);
        Client.StateChanged += change => _changes.Writer.TryWrite(change);
        Client.Faulted += fault => _faults.Writer.TryWrite(fault);
        return Client;
    }

    private protected async Task<BayeuxClient> ConnectAsync(bool webSocket, Func<BayeuxClientOptions, BayeuxClientOptions>? configure = null)
    {
        BayeuxClient client = Create(webSocket, configure);
        await client.ConnectAsync(TestContext.Current.CancellationToken).Soon();
        return client;
    }

    private protected async Task<BayeuxSubscription> SubscribeAsync(string channel)
    {
        BayeuxSubscription subscription = Client.Subscribe(channel, Record);
        await subscription.ConfirmedAsync(TestContext.Current.CancellationToken).Soon();
        return subscription;
    }

    private protected void Record(BayeuxEvent bayeuxEvent) =>
        _events.Writer.TryWrite($"{bayeuxEvent.Channel} {Encoding.UTF8.GetString(bayeuxEvent.Data.Span)}");

    private protected Task<string> NextEventAsync() => _events.Reader.ReadAsync().Soon();

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
