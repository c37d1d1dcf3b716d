using System.Text.Json.Nodes;

namespace ChatGen;

/// <summary>Hands events to the session: in order, none twice, and none after the end.</summary>
/// <remarks>Thread-safe. Events are delivered under the lock, which keeps their order; the host does not block.</remarks>
internal sealed class RestIntake(IChatTransportHost host, bool rereads)
{
    private const int MaxIds = 4096;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldestIds = new();
    private List<RestEvent>? _held;
    private int _lastIndex = -1;
    private bool _toldOfMissingIndex;
    private bool _leaving;
    private bool _closed;

    /// <summary>Index of the last event that was delivered; -1 if none was.</summary>
    public int LastIndex
    {
        get
        {
            lock (_gate)
            {
                return Math.Max(_lastIndex, host.LastIndex ?? -1);
            }
        }
    }

    /// <summary>Whether the backend has ended the session.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Nothing is delivered any more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
        }
    }

    /// <summary>The visitor leaves; that the session is over is no news then, and the reason is another than the backend knows.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _leaving = true;
        }
    }

    /// <summary>A session is being restored: events wait until its history has been read, which may have them too.</summary>
    /// <param name="lastIndex">Index of the last event that was seen; -1 if none was.</param>
    /// <param name="readsHistory">Whether a history will be read.</param>
    public void Restore(int lastIndex, bool readsHistory)
    {
        lock (_gate)
        {
            _lastIndex = lastIndex;
            _held = readsHistory ? [] : null;
        }
    }

    /// <summary>The history has been read.</summary>
    public void OnHistory(IEnumerable<RestEvent> history)
    {
        lock (_gate)
        {
            if (_held is not { } held)
            {
                return;
            }

            _held = null;
            foreach (RestEvent entry in history)
            {
                IsNewId(entry.Id);
            }

            DeliverLocked(held);
        }
    }

    /// <summary>Delivers what is new.</summary>
    public void Deliver(List<RestEvent> events)
    {
        lock (_gate)
        {
            if (_held is { } held)
            {
                held.AddRange(events);
            }
            else
            {
                DeliverLocked(events);
            }
        }
    }

    private void DeliverLocked(List<RestEvent> events)
    {
        foreach (RestEvent entry in events)
        {
            if (_closed || HasEnded)
            {
                return;
            }

            if (entry.Index is { } index)
            {
                if (index <= _lastIndex)
                {
                    continue;
                }

                _lastIndex = index;
            }
            else if (rereads && !entry.IsOfAnswer && entry.Id is null)
            {
                // Without a place in the history it would come again with every request.
                if (!_toldOfMissingIndex)
                {
                    _toldOfMissingIndex = true;
                    host.OnError(host.Protocol.LibraryError("The transcript has an entry without an index; such entries are left out."));
                }

                continue;
            }
            else if (!IsNewId(entry.Id))
            {
                continue;
            }

            DeliverLocked(entry);
        }
    }

    private void DeliverLocked(RestEvent entry)
    {
        if (entry.IsUnknown)
        {
            host.OnEvent(new UnknownChatEvent { WireName = "", Json = JsonNode.Parse(entry.Json.Span) as JsonObject ?? [] });
            return;
        }

        ChatEvent chatEvent;
        try
        {
            chatEvent = host.Protocol.Events.Read(entry.Json.Span);
        }
        catch (System.Text.Json.JsonException)
        {
            // The host reads it again and tells what is wrong with it.
            host.OnEvent(entry.Json.Span);
            return;
        }

        if (chatEvent.EventType.Role == ChatEventRole.Ended)
        {
            HasEnded = true;
            if (_leaving)
            {
                return;
            }
        }

        host.OnEvent(chatEvent);
    }

    private bool IsNewId(string? id)
    {
        if (id is null)
        {
            return true;
        }

        if (!_ids.Add(id))
        {
            return false;
        }

        _oldestIds.Enqueue(id);
        if (_oldestIds.Count > MaxIds)
        {
            _ids.Remove(_oldestIds.Dequeue());
        }

        return true;
    }
}
