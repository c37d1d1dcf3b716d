using ChatGen.Bayeux.Session;

namespace ChatGen.Bayeux.Transports;

/// <summary>All batches go over one socket, which is opened when the first is sent and again when it was lost (Bayeux rules 50-54).</summary>
internal sealed class WebSocketTransport(TransportSettings settings) : IBayeuxTransport
{
    private WebSocketConnection? _connection;
    private Task _closing = Task.CompletedTask;

    public int MaxRequests => int.MaxValue;

    public TimeSpan? Due => _connection?.OpenBy;

    public void Send(OutboundBatch batch)
    {
        if (_connection is null || _connection.Url != batch.Url || !_connection.TrySend(batch))
        {
            // What a socket does after a newer one was opened must not touch the newer (Bayeux rule 53); it may still be closing.
            WebSocketConnection? old = _connection;
            _closing = old is null ? _closing : Task.WhenAll(_closing, old.DisposeAsync().AsTask());
            _connection = new WebSocketConnection(this, settings, batch.Url, SessionTime.After(batch.SentAt, settings.Options.ConnectTimeout));
            _connection.TrySend(batch);
        }
    }

    public void Expire(OutboundBatch batch) => (batch.Carrier as WebSocketConnection)?.Expire();

    public void Expire(TimeSpan now)
    {
        if (_connection?.OpenBy <= now)
        {
            _connection.Expire();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync().ConfigureAwait(false);
        }

        await _closing.ConfigureAwait(false);
    }
}
