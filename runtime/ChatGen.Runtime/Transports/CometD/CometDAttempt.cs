namespace ChatGen;

/// <summary>How a request ended that may be repeated: with a result, or with a failure and what to do about it.</summary>
/// <param name="Result">The generated result record, if it succeeded and has one.</param>
/// <param name="Failure">What went wrong; <see langword="null"/> if nothing did.</param>
/// <param name="Verdict">What to do about the failure.</param>
/// <param name="IsRefusal">Whether the backend itself answered so, and not the connection failed.</param>
internal readonly record struct CometDAttempt(object? Result, ChatException? Failure, CometDVerdict Verdict, bool IsRefusal)
{
    /// <summary>Sends a request once.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<CometDAttempt> MakeAsync(
        CometDRequests requests, ChatProtocol protocol, ChatCommand command, string sessionId, Func<CancellationToken, Task>? ready, CancellationToken cancellationToken)
    {
        try
        {
            CometDAnswer answer = await requests.SendAsync(command, sessionId, isIdempotent: true, ready, cancellationToken).ConfigureAwait(false);
            return answer.Refusal is { } refusal
                ? new CometDAttempt(null, refusal, Judge(refusal), IsRefusal: true)
                : new CometDAttempt(answer.Result, null, default, IsRefusal: false);
        }
        catch (ChatException exception)
        {
            // An answer that breaks the schema would break it again.
            CometDVerdict verdict = exception.Code == protocol.Errors.Connection ? CometDVerdict.Repeat : CometDVerdict.GiveUp;
            return new CometDAttempt(null, exception, verdict, IsRefusal: false);
        }
    }

    private static CometDVerdict Judge(ChatException refusal) => refusal.Recovery switch
    {
        ChatRecovery.Retry => CometDVerdict.Repeat,
        ChatRecovery.Rehandshake or ChatRecovery.Resume => CometDVerdict.Reconnect,
        ChatRecovery.Ended => CometDVerdict.End,
        _ => CometDVerdict.GiveUp,
    };
}
