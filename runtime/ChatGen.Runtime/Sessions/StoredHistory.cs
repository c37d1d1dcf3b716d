using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace ChatGen;

/// <summary>The history of a session as it is stored beside its state. It is used only if it is certain to lack nothing.</summary>
/// <remarks>Read before the session is live, written by its <see cref="ChatStateWriter"/> alone afterwards. <see cref="Distrust"/> is thread-safe. Nothing is ever thrown but cancellation.</remarks>
internal sealed partial class StoredHistory(IChatHistoryStorage? storage, ChatEventCatalog catalog, ChatEventLog log, ILogger logger)
{
    // Of the log: what comes before is stored, or has no place in a history.
    private int _position;
    private bool _isBegun;
    private string? _sessionId;
    private volatile bool _isDistrusted = storage is null;

    /// <summary>Reads what is stored of a session that is restored.</summary>
    /// <param name="state">The session's state.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The events up to the last one that the state knows of; none if that is not what is stored.</returns>
    /// <exception cref="OperationCanceledException">Waiting was stopped.</exception>
    public async Task<IReadOnlyList<ChatEvent>> ReadAsync(ChatSessionState state, CancellationToken cancellationToken)
    {
        _sessionId = state.SessionId;

        // A stored 0 may stand for no event at all.
        if (storage is null || state.LastIndex is <= 0 or int.MaxValue)
        {
            return [];
        }

        try
        {
            IReadOnlyList<string> entries = await storage.ReadAsync(state.SessionId, cancellationToken).ConfigureAwait(false);
            ChatEvent[] events = [.. entries.Select(entry => catalog.Read(Encoding.UTF8.GetBytes(entry)))];
            if (LastIndexOf(events) == state.LastIndex)
            {
                _position = events.Length;
                _isBegun = true;
                return events;
            }

            if (events.Length > 0)
            {
                Log.DoesNotFit(logger);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            // Its message could quote what was said in the chat.
            Log.NotRead(logger, exception.GetType().Name);
        }

        return [];
    }

    /// <summary>Something that belongs to the history may not have arrived, so that what is stored can no longer be trusted to be whole.</summary>
    public void Distrust() => _isDistrusted = true;

    /// <summary>Stores what has come up to a state that is stored next.</summary>
    public async Task WriteAsync(ChatSessionState state)
    {
        if (_isDistrusted)
        {
            await ClearAsync().ConfigureAwait(false);
            return;
        }

        try
        {
            if (!_isBegun)
            {
                _isBegun = true;
                _sessionId = state.SessionId;
                await storage!.ClearAsync(_sessionId, CancellationToken.None).ConfigureAwait(false);
            }

            if (NewEntries(state.LastIndex) is { Count: > 0 } entries)
            {
                await storage!.AppendAsync(_sessionId!, entries, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            // What comes later would leave a gap.
            _isDistrusted = true;
            Log.NotWritten(logger, exception.GetType().Name);
            await ClearAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Removes what is stored; nothing is stored afterwards.</summary>
    public async Task ClearAsync()
    {
        _isDistrusted = true;
        if (storage is null || Interlocked.Exchange(ref _sessionId, null) is not { } sessionId)
        {
            return;
        }

        try
        {
            await storage.ClearAsync(sessionId, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Log.NotCleared(logger, exception.GetType().Name);
        }
    }

    /// <returns>The last index; <see langword="null"/> if there is none or the entries are not in order.</returns>
    private static int? LastIndexOf(ChatEvent[] events)
    {
        int? last = null;
        foreach (ChatEvent entry in events)
        {
            if (entry is { EventType.KeptInHistory: true, Index: { } index })
            {
                if (index <= last)
                {
                    return null;
                }

                last = index;
            }
        }

        return last;
    }

    private List<string> NewEntries(int lastIndex)
    {
        var entries = new List<string>();
        var buffer = new ArrayBufferWriter<byte>(256);
        for (; log.TryRead(_position, out ChatEvent? chatEvent); _position++)
        {
            if (chatEvent is { EventType.KeptInHistory: true, Index: { } index })
            {
                if (index > lastIndex)
                {
                    // It came after the state was taken.
                    break;
                }
            }
            else if (chatEvent is not UnknownChatEvent { Index: not null })
            {
                continue;
            }

            buffer.ResetWrittenCount();
            using (var writer = new Utf8JsonWriter(buffer))
            {
                catalog.Write(writer, chatEvent);
            }

            entries.Add(Encoding.UTF8.GetString(buffer.WrittenSpan));
        }

        return entries;
    }

    private static partial class Log
    {
        [LoggerMessage(32, LogLevel.Information, "The history that is stored beside the session's state does not fit to it; the backend is asked for the whole history.")]
        public static partial void DoesNotFit(ILogger logger);

        [LoggerMessage(33, LogLevel.Warning, "The stored history could not be read ({ExceptionType}); the backend is asked for the whole history.")]
        public static partial void NotRead(ILogger logger, string exceptionType);

        [LoggerMessage(34, LogLevel.Warning, "The history could not be stored ({ExceptionType}); it is no longer kept, and the chat goes on.")]
        public static partial void NotWritten(ILogger logger, string exceptionType);

        [LoggerMessage(35, LogLevel.Error, "The stored history could not be cleared ({ExceptionType}).")]
        public static partial void NotCleared(ILogger logger, string exceptionType);
    }
}
