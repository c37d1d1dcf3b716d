using ChatGen.Bayeux;
using Log = ChatGen.CometDChatTransport.Log;

namespace ChatGen;

/// <summary>
/// An interruption of the connection, from its beginning until the chat session goes on without a gap: a new connection is attached to the
/// session, what was missed is asked for and delivered, then what has arrived meanwhile.
/// </summary>
/// <remarks>Thread-safe. Nobody is called while the lock is held. One resumption at a time; a new one begins when the last has stopped.</remarks>
internal sealed class CometDInterruption(
    CometDRequests requests,
    CometDAttachment attachment,
    CometDDelivery delivery,
    CometDMapping mapping,
    IChatTransportHost host,
    CometDBackoff backoff,
    Func<CancellationToken, Task<CometDBayeuxSession>> reconnect)
{
    // Without it the session is cut off; without the transcript it only has a gap.
    private const int MaxTranscriptAttempts = 5;

    private readonly Lock _gate = new();
    private readonly ChatProtocol _protocol = host.Protocol;

    // Under the lock.
    private bool _closed;
    private bool _interrupted;
    private CancellationTokenSource? _resuming;
    private Task _resumed = Task.CompletedTask;

    // The resumption's own: one runs at a time.
    private int _reconnects;

    /// <summary>The connection is lost.</summary>
    public void Begin(string? cause)
    {
        CancellationTokenSource? stopped;
        bool begins;
        lock (_gate)
        {
            stopped = _resuming;
            _resuming = null;
            begins = BeginLocked();
        }

        _ = stopped?.CancelAsync();
        if (begins)
        {
            Log.Interrupted(host.Logger, cause);
            delivery.Flush();
        }
    }

    /// <summary>The connection is back, with this Bayeux session: lets the chat session go on.</summary>
    public void Resume(CometDBayeuxSession bayeuxSession)
    {
        CancellationTokenSource? stopped;
        lock (_gate)
        {
            stopped = StartLocked(resuming => ResumeAsync(bayeuxSession, resuming));
        }

        _ = stopped?.CancelAsync();
    }

    /// <summary>The backend wants the connection to be made anew. Does nothing if that is under way.</summary>
    public void Reconnect()
    {
        CancellationTokenSource? stopped;
        lock (_gate)
        {
            if (!BeginLocked())
            {
                return;
            }

            stopped = StartLocked(async resuming => await ResumeAsync(await ReconnectAsync(resuming.Token).ConfigureAwait(false), resuming).ConfigureAwait(false));
        }

        _ = stopped?.CancelAsync();
        Log.Interrupted(host.Logger, "The backend wants it to be made anew.");
        delivery.Flush();
    }

    /// <summary>The connection will not come back: requests and events wait no longer.</summary>
    public void LetGo()
    {
        attachment.Release();
        delivery.Release();
        delivery.Flush();
    }

    /// <summary>Stops whatever is under way, and waits for that.</summary>
    public async Task CloseAsync()
    {
        CancellationTokenSource? stopped;
        Task resumed;
        lock (_gate)
        {
            _closed = true;
            stopped = _resuming;
            _resuming = null;
            resumed = _resumed;
        }

        attachment.Close();
        if (stopped is not null)
        {
            await stopped.CancelAsync().ConfigureAwait(false);
        }

        await resumed.ConfigureAwait(false);
    }

    private bool BeginLocked()
    {
        if (_interrupted || _closed)
        {
            return false;
        }

        _interrupted = true;
        attachment.Suspend();
        delivery.Enqueue(static host => host.OnInterrupted());
        delivery.Hold();
        return true;
    }

    /// <returns>What has to be cancelled, since this replaces it.</returns>
    private CancellationTokenSource? StartLocked(Func<CancellationTokenSource, Task> resume)
    {
        if (_closed)
        {
            return null;
        }

        CancellationTokenSource? stopped = _resuming;
        var resuming = new CancellationTokenSource();
        Task last = _resumed;
        _resuming = resuming;
        _resumed = Task.Run(() => RunAsync(last, resume, resuming));
        return stopped;
    }

    private async Task RunAsync(Task last, Func<CancellationTokenSource, Task> resume, CancellationTokenSource resuming)
    {
        await last.ConfigureAwait(false);
        try
        {
            resuming.Token.ThrowIfCancellationRequested();
            await resume(resuming).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (resuming.IsCancellationRequested)
        {
            // The connection was lost once more, and the next one is attached instead; or nobody wants it any more.
        }
#pragma warning disable CA1031 // Nobody awaits this; the host is told instead.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            GiveUp(
                exception as ChatException ?? _protocol.LibraryError($"The new connection could not be attached to the session: {exception.Message}", exception),
                resuming);
        }
    }

    private async Task ResumeAsync(CometDBayeuxSession bayeuxSession, CancellationTokenSource resuming)
    {
        while (attachment.SessionId is { } sessionId)
        {
            CometDAttempt attempt = attachment.IsTo(bayeuxSession) ? default : await AttachAsync(sessionId, bayeuxSession, resuming.Token).ConfigureAwait(false);
            if (attempt.Failure is null)
            {
                // The backend knows whose requests these are; what they bring about waits its turn.
                attachment.Release();
                attempt = await CatchUpAsync(sessionId, resuming.Token).ConfigureAwait(false);
            }

            if (attempt.Failure is null)
            {
                break;
            }

            if (attempt.Verdict != CometDVerdict.Reconnect)
            {
                GiveUp(attempt.Failure, resuming);
                return;
            }

            bayeuxSession = await ReconnectAsync(resuming.Token).ConfigureAwait(false);
        }

        End(resuming);
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
        if (_protocol.ReadTranscript?.Invoke(host.LastIndex + 1 ?? 0) is not { } read || _protocol.EntriesOf is not { } entriesOf || !mapping.Operations.ContainsKey(read.Name))
        {
            return default;
        }

        CometDAttempt attempt = await RepeatAsync(read, sessionId, MaxTranscriptAttempts, cancellationToken).ConfigureAwait(false);
        switch (attempt)
        {
            case { Failure: { } failure, Verdict: CometDVerdict.Repeat or CometDVerdict.GiveUp }:
                // The connection itself is well.
                Log.NotCaughtUp(host.Logger, failure.Code);
                delivery.Tell(host => host.OnError(failure));
                return default;
            case { Result: { } transcript }:
                // An entry without an index could be a double.
                foreach (ChatEvent entry in entriesOf(transcript).Where(static entry => entry.Index is not null))
                {
                    delivery.Tell(host => host.OnEvent(entry));
                }

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

    private async Task<CometDBayeuxSession> ReconnectAsync(CancellationToken cancellationToken)
    {
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

    private static bool IsForbidden(ChatException exception) => exception.InnerException is not BayeuxException cause
        || cause.Kind is BayeuxFaultKind.HandshakeRejected or BayeuxFaultKind.NoCommonTransport or BayeuxFaultKind.SubscriptionRejected;

    private Task PauseAsync(int failures, CancellationToken cancellationToken) => Task.Delay(backoff.After(failures), host.TimeProvider, cancellationToken);

    private void End(CancellationTokenSource resuming)
    {
        lock (_gate)
        {
            if (_resuming != resuming || !_interrupted)
            {
                return;
            }

            _interrupted = false;
            _resuming = null;
            _reconnects = 0;
            attachment.Release();
            delivery.Release();
            delivery.Enqueue(static host => host.OnContinued());
        }

        Log.Continued(host.Logger);
        delivery.Flush();
    }

    private void GiveUp(ChatException failure, CancellationTokenSource resuming)
    {
        lock (_gate)
        {
            if (_resuming != resuming)
            {
                return;
            }

            _resuming = null;

            // The backend's own answers say more than waiting does.
            attachment.Release();
            delivery.Release();
            delivery.Enqueue(host => host.OnError(failure));
        }

        Log.NotAttached(host.Logger, failure.Code);
        delivery.Flush();
    }
}
