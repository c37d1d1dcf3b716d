using System.Text;
using System.Threading.Channels;
using ChatGen.Bayeux;
using Xunit;

namespace ChatGen.Testing.Tests.Clients;

/// <summary>Our own Bayeux client, subscribed to a channel, with what it tells kept until a test asks for it.</summary>
internal sealed class BayeuxPeer : IAsyncDisposable
{
    private const string News = "/news";

    private readonly Channel<BayeuxStateChange> _changes = Channel.CreateUnbounded<BayeuxStateChange>();
    private readonly Channel<BayeuxFault> _faults = Channel.CreateUnbounded<BayeuxFault>();
    private readonly Channel<string> _events = Channel.CreateUnbounded<string>();

    private BayeuxPeer(BayeuxClientOptions options)
    {
        Client = new BayeuxClient(options);
        Client.StateChanged += change => _changes.Writer.TryWrite(change);
        Client.Faulted += fault => _faults.Writer.TryWrite(fault);
    }

    public BayeuxClient Client { get; }

    /// <summary>Connects and subscribes. A <c>/meta/connect</c> is with the backend, or on its way there, when the task is done.</summary>
    public static async Task<BayeuxPeer> ConnectAsync(ChatBackend backend, bool disableWebSockets, Func<BayeuxClientOptions, BayeuxClientOptions>? configure = null)
    {
        BayeuxClientOptions options = new()
        {
            Url = backend.CometDUrl,
            DisableWebSockets = disableWebSockets,
            InitialBackoff = TimeSpan.FromMilliseconds(20),
            MaxBackoff = TimeSpan.FromMilliseconds(200),
        };
        BayeuxPeer peer = new(configure?.Invoke(options) ?? options);
        await peer.Client.ConnectAsync(Deadline.Token);
        BayeuxSubscription subscription = peer.Client.Subscribe(News, chatEvent => peer._events.Writer.TryWrite(Encoding.UTF8.GetString(chatEvent.Data.Span)));
        await subscription.ConfirmedAsync(Deadline.Token);
        await peer.BecomesAsync(BayeuxClientState.Connected);
        await backend.ConnectsAsync();
        return peer;
    }

    /// <summary>Waits for the client to say that it is in a state, from the last such wait on.</summary>
    public async Task<BayeuxStateChange> BecomesAsync(BayeuxClientState state)
    {
        while (true)
        {
            BayeuxStateChange change = await _changes.Reader.ReadAsync(Deadline.Token);
            if (change.Current == state)
            {
                return change;
            }
        }
    }

    /// <summary>Loses the connection and gets it back.</summary>
    public async Task ReconnectsAsync()
    {
        await BecomesAsync(BayeuxClientState.Reconnecting);
        await BecomesAsync(BayeuxClientState.Connected);
    }

    public async Task<BayeuxFault> NextFaultAsync(BayeuxFaultKind kind)
    {
        while (true)
        {
            BayeuxFault fault = await _faults.Reader.ReadAsync(Deadline.Token);
            if (fault.Kind == kind)
            {
                return fault;
            }
        }
    }

    public Task<PublishResult> PublishAsync(string json, bool isIdempotent = false) =>
        Client.PublishAsync(News, Encoding.UTF8.GetBytes(json), new BayeuxPublishOptions { IsIdempotent = isIdempotent }, Deadline.Token);

    public async Task<string> NextEventAsync() => await _events.Reader.ReadAsync(Deadline.Token);

    /// <summary>What the client publishes comes back to it, next and once.</summary>
    public async Task TalksAsync()
    {
        foreach (string json in (string[])["\"one\"", "\"two\""])
        {
            PublishResult result = await PublishAsync(json);
            Assert.True(result.Outcome == PublishOutcome.Acknowledged, result.ToString());
            Assert.Equal(json, await NextEventAsync());
        }
    }

    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
