using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace ChatGen;

/// <summary>Takes what the transport tells, and makes events of it for the session.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed partial class SessionIntake(LiveSession session, SessionTelemetry telemetry, ChatProtocol protocol, TimeProvider timeProvider, ILogger logger) : IChatTransportHost
{
    private readonly LocalEvents _localEvents = new(protocol, logger);

    public ChatProtocol Protocol { get; } = protocol;

    public ILogger Logger { get; } = logger;

    public TimeProvider TimeProvider { get; } = timeProvider;

    public int? LastIndex => session.LastIndex;

    public ChatSessionState? RestoredState { get; set; }

    public void OnEvent(ChatEvent chatEvent)
    {
        ArgumentNullException.ThrowIfNull(chatEvent);
        if (chatEvent is UnknownChatEvent unknown)
        {
            Log.UnknownEvent(Logger, unknown.WireName);
        }

        session.Take(chatEvent);
    }

    public void OnEvent(ReadOnlySpan<byte> utf8Json)
    {
        ChatEvent chatEvent;
        try
        {
            chatEvent = Protocol.Events.Read(utf8Json);
        }
        catch (Exception exception)
        {
            // Whatever the converter stumbled over, the transport that called must go on.
            Log.MalformedEvent(Logger, exception.GetType().Name, (exception as JsonException)?.Path);
            OnError(Protocol.LibraryError($"An event of the backend could not be read: {exception.Message}", exception));
            return;
        }

        OnEvent(chatEvent);
    }

    public void OnInterrupted()
    {
        Log.Interrupted(Logger);
        telemetry.Interrupted();
        Raise(_localEvents.OfRole(ChatEventRole.Interrupted));
    }

    public void OnContinued()
    {
        Log.Continued(Logger);
        telemetry.Continued();
        session.TellContinued();
        Raise(_localEvents.OfRole(ChatEventRole.Continued));
    }

    public void OnError(ChatException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);

        // Events may be what has gone wrong.
        session.TellIncomplete();
        Report(exception);
    }

    /// <summary>Raises an error that does not come from the transport.</summary>
    public void Report(ChatException exception)
    {
        Log.ErrorOutsideCall(Logger, exception.Code);
        telemetry.Failed(exception);
        ChatEvent? error = _localEvents.OfError(exception);
        if (exception.Recovery == ChatRecovery.Ended)
        {
            session.EndLost(error, _localEvents.OfLoss());
        }
        else
        {
            Raise(error);
        }
    }

    public void OnStateChanged(ChatSessionState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        session.Store(state);
    }

    /// <summary>Tells of types in the restored history that the schema does not know.</summary>
    public void OnRestored(IReadOnlyList<ChatEvent> history)
    {
        foreach (UnknownChatEvent unknown in history.OfType<UnknownChatEvent>())
        {
            Log.UnknownEvent(Logger, unknown.WireName);
        }
    }

    /// <summary>The event that the session has ended since the visitor has left it; <see langword="null"/> if the schema has none.</summary>
    public ChatEvent? EndOfLeave() => _localEvents.OfLeave();

    private void Raise(ChatEvent? chatEvent)
    {
        if (chatEvent is not null)
        {
            session.Take(chatEvent);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(13, LogLevel.Warning, "The connection to the backend is interrupted.")]
        public static partial void Interrupted(ILogger logger);

        [LoggerMessage(14, LogLevel.Information, "The connection to the backend is back.")]
        public static partial void Continued(ILogger logger);

        [LoggerMessage(15, LogLevel.Warning, "The backend sent an event of the type '{WireName}', which the schema does not know; it is delivered as an UnknownChatEvent.")]
        public static partial void UnknownEvent(ILogger logger, string wireName);

        [LoggerMessage(16, LogLevel.Error, "The backend sent an event that breaks the schema: {ExceptionType} at {Path}.")]
        public static partial void MalformedEvent(ILogger logger, string exceptionType, string? path);

        [LoggerMessage(17, LogLevel.Error, "An error with the code {Code} occurred outside any call; it is raised as an error event.")]
        public static partial void ErrorOutsideCall(ILogger logger, ChatErrorCode code);
    }
}
