namespace ChatGen;

/// <summary>How the sessions of a client and their connections are at one moment. It holds no secrets.</summary>
/// <param name="Sessions">How many sessions are live.</param>
/// <param name="InterruptedSessions">How many of them have lost their connection and are trying to get it back.</param>
/// <param name="Failure">
/// How the last attempt to connect has failed; <see langword="null"/> if it has not, or if there was none. Attempts are starts and restores that got as far as their transport, and
/// connections of live sessions that came back after an interruption. An attempt has failed if its error is of the client's own making: the backend was not reached, or its
/// answer could not be understood. An error that the backend itself answers with shows that it works, and what was cancelled is no attempt.
/// </param>
public sealed record ChatClientStatus(int Sessions, int InterruptedSessions, ChatConnectionFailure? Failure);
