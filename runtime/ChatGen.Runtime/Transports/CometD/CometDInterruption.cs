using Log = ChatGen.CometDChatTransport.Log;

namespace ChatGen;

/// <summary>An interruption of the connection, from its beginning until the chat session goes on, or cannot.</summary>
/// <remarks>Thread-safe. Nobody is called while the lock is held. One resumption at a time; a new one begins when the last has stopped.</remarks>
internal sealed class CometDInterruption(CometDAttachment attachment, CometDDelivery delivery, CometDResumption resumption, IChatTransportHost host)
{
    private readonly Lock _gate = new();

    // Under the lock.
    private bool _closed;
    private bool _interrupted;
    private CancellationTokenSource? _resuming;
    private Task _resumed = Task.CompletedTask;

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
            HoldLocked();
            stopped = StartLocked(resuming => ResumeAsync(bayeuxSession, resuming));
        }

        _ = stopped?.CancelAsync();
    }

    /// <summary>The backend wants the connection to be made anew. Does nothing if that is under way.</summary>
    public void Reconnect()
    {
        bool begins;
        lock (_gate)
        {
            if (_resuming is not null)
            {
                return;
            }

            begins = BeginLocked();
            StartLocked(async resuming => await ResumeAsync(await resumption.ReconnectAsync(resuming.Token).ConfigureAwait(false), resuming).ConfigureAwait(false));
        }

        if (begins)
        {
            Log.Interrupted(host.Logger, "The backend wants it to be made anew.");
            delivery.Flush();
        }
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

    /// <returns>Whether this is news to the host.</returns>
    private bool BeginLocked()
    {
        // Also within an interruption, which may have let them go already.
        HoldLocked();
        if (_interrupted || _closed)
        {
            return false;
        }

        _interrupted = true;
        delivery.Enqueue(static host => host.OnInterrupted());
        return true;
    }

    /// <summary>Makes requests and events wait, unless nothing is to come any more.</summary>
    private void HoldLocked()
    {
        if (!_closed)
        {
            attachment.Suspend();
            delivery.Hold();
        }
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
                exception as ChatException ?? host.Protocol.LibraryError($"The new connection could not be attached to the session: {exception.Message}", exception),
                resuming);
        }
    }

    private async Task ResumeAsync(CometDBayeuxSession bayeuxSession, CancellationTokenSource resuming)
    {
        if (await resumption.RunAsync(bayeuxSession, () => ReleaseRequests(resuming), () => TryEnd(resuming), resuming.Token).ConfigureAwait(false) is { } failure)
        {
            GiveUp(failure, resuming);
        }
    }

    private void ReleaseRequests(CancellationTokenSource resuming)
    {
        lock (_gate)
        {
            if (_resuming == resuming)
            {
                attachment.Release();
            }
        }
    }

    /// <returns>Whether it is over; <see langword="false"/> if so much has arrived meanwhile that some of it is missing.</returns>
    private bool TryEnd(CancellationTokenSource resuming)
    {
        bool ends;
        lock (_gate)
        {
            if (_resuming != resuming)
            {
                return true;
            }

            if (!delivery.TryRelease())
            {
                return false;
            }

            _resuming = null;
            ends = _interrupted;
            _interrupted = false;
            attachment.Release();
            if (ends)
            {
                delivery.Enqueue(static host => host.OnContinued());
            }
        }

        if (ends)
        {
            Log.Continued(host.Logger);
        }

        delivery.Flush();
        return true;
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
