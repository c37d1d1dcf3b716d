namespace ChatGen;

/// <summary>What a session has seen: the log of its events, and the last index of its history.</summary>
/// <remarks>The lock of the session guards it; the log is thread-safe by itself.</remarks>
internal sealed class SessionHistory
{
    // Until the session is live.
    private List<ChatEvent>? _early = [];

    // They may be part of the history or not, so their indexes say nothing of other events; but the same one is not delivered twice.
    private HashSet<(string WireName, int Index)>? _unknown;

    public ChatEventLog Log { get; } = new();

    /// <summary>Index of the last event of the history that was seen; <see langword="null"/> if none was. An index may be 0.</summary>
    public int? LastIndex { get; private set; }

    /// <summary>Keeps an event that came before the session is live.</summary>
    public void Keep(ChatEvent chatEvent) => _early!.Add(chatEvent);

    /// <summary>Replays what was restored, then what has come meanwhile.</summary>
    /// <param name="restored">The history, oldest first.</param>
    /// <param name="stored">The last index that was seen before.</param>
    /// <returns>Whether the session has ended; nothing comes after its end.</returns>
    public bool Begin(IReadOnlyList<ChatEvent> restored, int stored)
    {
        bool ended = false;
        foreach (ChatEvent entry in restored)
        {
            ended = ended || (Append(entry with { Restored = true }, out _) && entry.EventType.Role == ChatEventRole.Ended);
        }

        // A stored 0 may stand for no event at all.
        if (stored != 0 && !(LastIndex >= stored))
        {
            LastIndex = stored;
        }

        foreach (ChatEvent early in _early!)
        {
            ended = ended || (Append(early, out _) && early.EventType.Role == ChatEventRole.Ended);
        }

        _early = null;
        return ended;
    }

    /// <summary>Adds an event to the log unless it is a double.</summary>
    /// <param name="chatEvent">The event.</param>
    /// <param name="moved">Whether the last index has moved.</param>
    public bool Append(ChatEvent chatEvent, out bool moved)
    {
        moved = false;
        if (chatEvent.EventType.KeptInHistory && chatEvent.Index is { } index)
        {
            if (index <= (LastIndex ?? -1))
            {
                return false;
            }

            LastIndex = index;
            moved = true;
        }
        else if (chatEvent is UnknownChatEvent { Index: { } place } unknown && !(_unknown ??= []).Add((unknown.WireName, place)))
        {
            return false;
        }

        Log.Append(chatEvent);
        return true;
    }
}
