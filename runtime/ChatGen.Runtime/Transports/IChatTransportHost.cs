using Microsoft.Extensions.Logging;

namespace ChatGen;

/// <summary>What a transport works for. All members may be called from any thread; none blocks or throws.</summary>
public interface IChatTransportHost
{
    /// <summary>What the schema says of operations, events and errors.</summary>
    ChatProtocol Protocol { get; }

    /// <summary>Where the transport logs to.</summary>
    ILogger Logger { get; }

    /// <summary>The clock.</summary>
    TimeProvider TimeProvider { get; }

    /// <summary>
    /// Index of the last event of the session's history that was delivered; <see langword="null"/> if none was. After a gap, what was missed
    /// is what comes after it. While a session is being restored, what was seen before does not count, since its history is replayed in whole.
    /// </summary>
    int? LastIndex { get; }

    /// <summary>
    /// State of the session that is being restored, for transports that can use its <see cref="ChatSessionState.Values"/> as soon as they are initialized;
    /// <see langword="null"/> if a session is started.
    /// </summary>
    ChatSessionState? RestoredState => null;

    /// <summary>Delivers an event. Events are raised in the order in which they are delivered; one that the session has seen already is dropped.</summary>
    void OnEvent(ChatEvent chatEvent);

    /// <summary>Delivers an event as JSON. What is no event of the schema is reported as an error event.</summary>
    void OnEvent(ReadOnlySpan<byte> utf8Json);

    /// <summary>Tells that the connection is lost and the transport is trying to get it back.</summary>
    void OnInterrupted();

    /// <summary>Tells that the connection is back.</summary>
    void OnContinued();

    /// <summary>
    /// Tells of something that went wrong outside any call. It is raised as an error event, and the session goes on; but if the schema says of
    /// the code that the session is <see cref="ChatRecovery.Ended"/>, the event that it has ended follows, and its stored state is cleared.
    /// </summary>
    void OnError(ChatException exception);

    /// <summary>Stores the newest values that the transport needs to restore the session.</summary>
    /// <param name="state">The state; its <see cref="ChatSessionState.LastIndex"/> and <see cref="ChatSessionState.ServerUrl"/> are kept by the client.</param>
    void OnStateChanged(ChatSessionState state);
}
