using ChatGen.Bayeux;
using Log = ChatGen.CometDChatTransport.Log;

namespace ChatGen;

/// <summary>
/// Lets the chat session go on without a gap after an interruption: a new connection is attached to it, and what was missed is asked for and
/// delivered. What fails is repeated, or the connection made anew, as the schema says of the error.
/// </summary>
/// <remarks>Not for concurrent use. Nothing that failed is repeated without a pause.</remarks>
internal sealed class CometDResumption(
    CometDRequests requests,
    CometDAttachment attachment,
    CometDDelivery delivery,
    CometDMapping mapping,
    IChatTransportHost host,
    CometDBackoff backoff,
    Func<CancellationToken, Task<CometDBayeuxSession>> reconnect)
{
    // Without the restore the session is cut off; without the transcript it only has a gap.
    private const int MaxTranscriptAttempts = 5;

    private readonly ChatProtocol _protocol = host.Protocol;

    // Since the session went on the last time.
    private int _reconnects;

    /// <summary>Resumes.</summary>
    /// <param name="bayeuxSession">The Bayeux session that the connection is back with.</param>
    /// <param name="release">Lets requests go.</param>
    /// <param name="tryEnd">Lets the session go on, unless something is missing once more.</param>
    /// <param name="cancellationToken">The connection is lost once more, or nobody wants it any more.</param>
    /// <returns>Why it cannot be done; <see langword="null"/> if it is.</returns>
    public async Task<ChatException?> RunAsync(CometDBayeuxSession bayeuxSession, Action release, Func<bool> tryEnd, CancellationToken cancellationToken)
    {
        while (true)
        {
            CometDAttempt attempt = await GoOnAsync(bayeuxSession, release, cancellationToken).ConfigureAwait(false);
            if (attempt.Failure is not { } failure)
            {
                if (tryEnd())
                {
                    _reconnects = 0;
                    return null;
                }

                Log.MissedMeanwhile(host.Logger);
            }
            else if (attempt.Verdict == CometDVerdict.Reconnect)
            {
                bayeuxSession = await ReconnectAsync(cancellationToken).ConfigureAwait(false);
            }
            else
            {
                return failure;
            }
        }
    }

    /// <summary>Whether the history can be asked for over CometD.</summary>
    public static bool CanCatchUp(ChatProtocol protocol, CometDMapping mapping) =>
        protocol.EntriesOf is not null && protocol.ReadTranscript?.Invoke(0).Name is { } read && mapping.Operations.ContainsKey(read);

    /// <summary>Makes the connection anew, however long that takes.</summary>
    /// <exception cref="ChatException">The server forbids it.</exception>
    public async Task<CometDBayeuxSession> ReconnectAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        attachment.Suspend();
        while (true)
        {
            if (_reconnects++ > 0)
            {
                await PauseAsync(_reconnects - 1, cancellationToken).ConfigureAwait(false);
            }

            try
            {
                return await reconnect(cancellationToken).ConfigureAwait(false);
            }
            catch (ChatException exception) when (!cancellationToken.IsCancellationRequested && !IsForbidden(exception))
            {
                Log.NotReconnected(host.Logger, exception.Code);
            }
        }
    }

    private async Task<CometDAttempt> GoOnAsync(CometDBayeuxSession bayeuxSession, Action release, CancellationToken cancellationToken)
    {
        if (attachment.SessionId is not { } sessionId)
        {
            // There is no history yet.
            delivery.GiveUpMissing();
            return default;
        }

        CometDAttempt attempt = attachment.IsTo(bayeuxSession) ? default : await AttachAsync(sessionId, bayeuxSession, cancellationToken).ConfigureAwait(false);
        if (attempt.Failure is not null)
        {
            return attempt;
        }

        // The backend knows whose requests these are; what they bring about waits its turn.
        release();
        return await CatchUpAsync(sessionId, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Attaches a new connection to the session, however long that takes: restoring twice does no harm.</summary>
    private async Task<CometDAttempt> AttachAsync(string sessionId, CometDBayeuxSession bayeuxSession, CancellationToken cancellationToken)
    {
        if (attachment.Restore is not { } restore)
        {
            return new CometDAttempt(
                null,
                _protocol.LibraryError("The connection had to be made anew, but the schema maps no operation to CometD that attaches it to the session; its events are lost."),
                CometDVerdict.GiveUp,
                IsRefusal: false);
        }

        CometDAttempt attempt = await RepeatAsync(restore, sessionId, int.MaxValue, cancellationToken).ConfigureAwait(false);
        if (attempt.Failure is null)
        {
            attachment.MoveTo(bayeuxSession);
        }

        return attempt;
    }

    /// <summary>Asks for what comes after the last event that was seen: events that were sent to a lost connection do not come by themselves.</summary>
    private async Task<CometDAttempt> CatchUpAsync(string sessionId, CancellationToken cancellationToken)
    {
        if (!CanCatchUp(_protocol, mapping))
        {
            return default;
        }

        ChatCommand read = _protocol.ReadTranscript!(host.LastIndex + 1 ?? 0);
        int missing = delivery.Missing;
        CometDAttempt attempt = await RepeatAsync(read, sessionId, MaxTranscriptAttempts, cancellationToken).ConfigureAwait(false);
        switch (attempt)
        {
            case { Failure: { } failure, Verdict: CometDVerdict.Repeat or CometDVerdict.GiveUp }:
                // The connection itself is well.
                Log.NotCaughtUp(host.Logger, failure.Code);
                delivery.Tell(host => host.OnError(failure));
                delivery.GiveUpMissing();
                return default;
            case { Result: { } transcript }:
                // An entry without an index could be a double.
                foreach (ChatEvent entry in _protocol.EntriesOf!(transcript).Where(static entry => entry.Index is not null))
                {
                    delivery.Tell(host => host.OnEvent(entry));
                }

                // They had arrived before the history was asked for, so it has them.
                delivery.OnFound(missing);

                break;
        }

        return attempt;
    }

    private async Task<CometDAttempt> RepeatAsync(ChatCommand command, string sessionId, int maxAttempts, CancellationToken cancellationToken)
    {
        ChatErrorCode? told = null;
        for (int failures = 1; ; failures++)
        {
            CometDAttempt attempt = await CometDAttempt.MakeAsync(requests, _protocol, command, sessionId, null, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (attempt.Failure is not { } failure || attempt.Verdict != CometDVerdict.Repeat || failures == maxAttempts)
            {
                return attempt;
            }

            Log.Repeating(host.Logger, command.Name, failures, failure.Code);
            if (attempt.IsRefusal && failure.Code != told)
            {
                // That the connection is interrupted would hide that the backend can be reached and something else is wrong.
                told = failure.Code;
                delivery.Tell(host => host.OnError(failure));
            }

            await PauseAsync(failures, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsForbidden(ChatException exception) => exception.InnerException is not BayeuxException cause
        || cause.Kind is BayeuxFaultKind.HandshakeRejected or BayeuxFaultKind.NoCommonTransport or BayeuxFaultKind.SubscriptionRejected;

    private Task PauseAsync(int failures, CancellationToken cancellationToken) => Task.Delay(backoff.After(failures), host.TimeProvider, cancellationToken);
}
