using System.Globalization;

namespace ChatGen;

/// <summary>How far a visitor has read a chat, as the <c>id</c> of an event says it.</summary>
/// <param name="Tag">Tells the session, on every node alike.</param>
/// <param name="Index">Index of the last event of the history; -1 if there was none yet.</param>
/// <param name="LogId">Names the log that the position counts in. Every node has its own, and each time that it holds the session another one.</param>
/// <param name="Position">Events of that log that have been read.</param>
/// <remarks>
/// In the same log the position is exact. In another one the index says what of the history has been read; events that are in no history, such as typing, are told by the node that they happen on and
/// do not come again.
/// </remarks>
internal readonly record struct ChatCursor(string Tag, int Index, string LogId, int Position)
{
    private const int MaxLength = 64;

    /// <summary>Reads what <see cref="ToString"/> made; null if it is something else, which is as good as nothing.</summary>
    public static ChatCursor? Parse(string? text) =>
        text is { Length: > 0 and <= MaxLength } && text.Split('.') is [var tag, var index, var logId, var position]
        && int.TryParse(index, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int lastIndex)
        && int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            ? new ChatCursor(tag, lastIndex, logId, count)
            : null;

    /// <summary>Whether an event has been read already.</summary>
    /// <param name="chat">The session that the event is of.</param>
    /// <param name="chatEvent">The event.</param>
    /// <param name="position">Its place in the session's log, from 0.</param>
    public bool HasRead(LiveChat chat, ChatEvent chatEvent, int position) =>
        Tag == chat.Tag && (LogId == chat.LogId
            ? position < Position
            : (chatEvent.Restored || chatEvent.EventType.KeptInHistory) && chatEvent.Index is { } index && index <= Index);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Tag}.{Index}.{LogId}.{Position}");
}
