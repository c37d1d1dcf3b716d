using System.Collections.Concurrent;

namespace ChatGen.Testing.Chat;

/// <summary>Tells those who watch which sessions have changed.</summary>
internal sealed class SessionWatches
{
    private readonly ConcurrentDictionary<SessionWatch, bool> _watches = new();

    public void Tell(ChatBackendSession session)
    {
        foreach (SessionWatch watch in _watches.Keys)
        {
            watch.Tell(session);
        }
    }

    /// <summary>Begins to watch. What changes from now on is not missed.</summary>
    public SessionWatch Open()
    {
        SessionWatch watch = new(this);
        _watches[watch] = true;
        return watch;
    }

    public void Close(SessionWatch watch) => _watches.TryRemove(watch, out _);
}
