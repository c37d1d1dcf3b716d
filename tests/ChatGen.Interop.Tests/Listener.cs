using System.Text;
using System.Threading.Channels;
using ChatGen.Bayeux;

namespace ChatGen.Interop.Tests;

/// <summary>Keeps the events of a subscription until a test asks for them.</summary>
internal sealed class Listener : IDisposable
{
    private readonly Channel<string> _events = Channel.CreateUnbounded<string>();
    private readonly BayeuxSubscription _subscription;

    private Listener(BayeuxClient client, string channel) => _subscription = client.Subscribe(
        channel, bayeuxEvent => _events.Writer.TryWrite($"{bayeuxEvent.Channel} {Encoding.UTF8.GetString(bayeuxEvent.Data.Span)}"));

    /// <summary>Subscribes. The server knows of it when the task is done.</summary>
    public static async Task<Listener> SubscribeAsync(BayeuxClient client, string channel)
    {
        Listener listener = new(client, channel);
        await listener._subscription.ConfirmedAsync(Deadline.Token);
        return listener;
    }

    /// <summary>The next event: its channel, a space and its data.</summary>
    public async Task<string> NextAsync() => await _events.Reader.ReadAsync(Deadline.Token);

    public void Dispose() => _subscription.Dispose();
}
