using ChatGen.Bayeux.Protocol;
using ChatGen.Bayeux.Session;

namespace ChatGen.Bayeux.Transports;

/// <summary>The transports of one client, made when they are first needed. The session's loop alone uses it.</summary>
internal sealed class TransportPool(TransportSettings settings)
{
    private readonly List<(IBayeuxTransport Transport, Task Closed)> _closing = [];
    private LongPollingTransport? _longPolling;
    private WebSocketTransport? _webSocket;

    /// <summary>Ends when all that was closed has ended.</summary>
    public Task Closed => Task.WhenAll(_closing.Select(static closing => closing.Closed));

    /// <summary>When <see cref="Expire"/> has to be called.</summary>
    public TimeSpan? Due
    {
        get
        {
            TimeSpan? due = SessionTime.Earliest(_longPolling?.Due, _webSocket?.Due);
            foreach ((IBayeuxTransport closing, _) in _closing)
            {
                due = SessionTime.Earliest(due, closing.Due);
            }

            return due;
        }
    }

    public IBayeuxTransport Of(ConnectionTypes type) => type == ConnectionTypes.WebSocket
        ? _webSocket ??= new WebSocketTransport(settings)
        : _longPolling ??= new LongPollingTransport(settings);

    /// <summary>Whether what this transport tells still counts.</summary>
    public bool IsOpen(IBayeuxTransport transport) => ReferenceEquals(transport, _longPolling) || ReferenceEquals(transport, _webSocket);

    /// <summary>Gives up what has a deadline of the transports' own.</summary>
    public void Expire(TimeSpan now)
    {
        _longPolling?.Expire(now);
        _webSocket?.Expire(now);
        foreach ((IBayeuxTransport closing, _) in _closing)
        {
            closing.Expire(now);
        }
    }

    /// <summary>Closes a transport without waiting for its end; <see langword="null"/> if there is none.</summary>
    public IBayeuxTransport? Close(ConnectionTypes type, TimeSpan now)
    {
        IBayeuxTransport? closing;
        if (type == ConnectionTypes.WebSocket)
        {
            (closing, _webSocket) = (_webSocket, null);
        }
        else
        {
            (closing, _longPolling) = (_longPolling, null);
        }

        if (closing is not null)
        {
            _closing.RemoveAll(static each => each.Closed.IsCompleted);
            _closing.Add((closing, closing.CloseAsync(now)));
        }

        return closing;
    }
}
