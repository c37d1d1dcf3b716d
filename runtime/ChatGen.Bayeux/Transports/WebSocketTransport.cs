using ChatGen.Bayeux.Session;

namespace ChatGen.Bayeux.Transports;

/// <summary>All batches go over one socket, which is opened when the first is sent and again when it was lost (Bayeux rules 50-54).</summary>
internal sealed class WebSocketTransport(TransportSettings settings) : IBayeuxTransport
{
    private readonly List<(WebSocketConnection Connection, Task Closed)> _closing = [];
    private WebSocketConnection? _connection;

    public int MaxRequests => int.MaxValue;

    public TimeSpan? Due
    {
        get
        {
            TimeSpan? due = _connection?.Due;
            foreach ((WebSocketConnection closing, _) in _closing)
            {
                due = SessionTime.Earliest(due, closing.Due);
            }

            return due;
        }
    }

    public void Send(OutboundBatch batch)
    {
        if (_connection is null || _connection.Url != batch.Url || !_connection.TrySend(batch))
        {
            // What a socket does after a newer one was opened must not touch the newer (Bayeux rule 53); it may still be closing.
            CloseConnection(batch.SentAt);
            _connection = new WebSocketConnection(this, settings, batch.Url, SessionTime.After(batch.SentAt, settings.Options.ConnectTimeout));
            _connection.TrySend(batch);
        }
    }

    public void Expire(OutboundBatch batch) => (batch.Carrier as WebSocketConnection)?.Expire();

    public void Expire(TimeSpan now)
    {
        _connection?.Expire(now);
        foreach ((WebSocketConnection closing, _) in _closing)
        {
            closing.Expire(now);
        }
    }

    public Task CloseAsync(TimeSpan now)
    {
        CloseConnection(now);
        return Task.WhenAll(_closing.Select(static closing => closing.Closed));
    }

    private void CloseConnection(TimeSpan now)
    {
        _closing.RemoveAll(static closing => closing.Closed.IsCompleted);
        if (_connection is { } connection)
        {
            _closing.Add((connection, connection.CloseAsync(now)));
            _connection = null;
        }
    }
}
