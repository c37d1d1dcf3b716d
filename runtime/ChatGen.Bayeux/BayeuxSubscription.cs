using ChatGen.Bayeux.Session;

namespace ChatGen.Bayeux;

/// <summary>A callback on a channel. It outlives sessions: after each handshake the server is told of it again.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class BayeuxSubscription : IDisposable
{
    private readonly TaskCompletionSource<BayeuxFault?> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly BayeuxSession _session;

    internal BayeuxSubscription(BayeuxSession session, string channel, Action<BayeuxEvent> handler, bool isLocal)
    {
        _session = session;
        Channel = channel;
        Handler = handler;
        IsLocal = isLocal;
    }

    /// <summary>The channel or pattern.</summary>
    public string Channel { get; }

    internal Action<BayeuxEvent> Handler { get; }

    /// <summary>Whether the server is not told of it.</summary>
    internal bool IsLocal { get; }

    internal bool IsConfirmed => _first.Task is { IsCompletedSuccessfully: true, Result: null };

    /// <summary>Waits until the server has confirmed the subscription for the first time.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="BayeuxException">
    /// The server refused it (<see cref="BayeuxFaultKind.SubscriptionRejected"/>), and so it has ended; or the request did not get through within
    /// <see cref="BayeuxClientOptions.MaxQueueTime"/>, and it is repeated once the connection is better; or the client was disconnected.
    /// </exception>
    public async Task ConfirmedAsync(CancellationToken cancellationToken = default)
    {
        if (await _first.Task.WaitAsync(cancellationToken).ConfigureAwait(false) is { } fault)
        {
            throw new BayeuxException(fault);
        }
    }

    /// <summary>Ends the subscription: the callback is not called for events that arrive from now on.</summary>
    public void Dispose() => _session.Unsubscribe(this);

    internal void Resolve(BayeuxFault? fault) => _first.TrySetResult(fault);
}
