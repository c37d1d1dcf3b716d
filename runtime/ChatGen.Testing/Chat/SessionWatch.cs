using System.Threading.Channels;

namespace ChatGen.Testing.Chat;

/// <summary>Sessions that have changed and were not read yet, each once.</summary>
internal sealed class SessionWatch(SessionWatches watches) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<ChatBackendSession> _waiting = [];
    private readonly Channel<ChatBackendSession> _changed = Channel.CreateUnbounded<ChatBackendSession>(new UnboundedChannelOptions { SingleReader = true });

    public void Tell(ChatBackendSession session)
    {
        lock (_lock)
        {
            if (_waiting.Add(session))
            {
                _changed.Writer.TryWrite(session);
            }
        }
    }

    public async ValueTask<ChatBackendSession> ReadAsync(CancellationToken cancellationToken)
    {
        ChatBackendSession session = await _changed.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            // What changes while the reader looks at it counts anew.
            _waiting.Remove(session);
        }

        return session;
    }

    public void Dispose() => watches.Close(this);
}
