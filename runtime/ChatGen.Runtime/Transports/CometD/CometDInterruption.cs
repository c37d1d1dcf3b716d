using ChatGen.Bayeux;
using Log = ChatGen.CometDChatTransport.Log;

namespace ChatGen;

/// <summary>An interruption of the connection, from its beginning until the chat session goes on without a gap.</summary>
/// <remarks>Thread-safe. The host is not called while the lock is held.</remarks>
internal sealed class CometDInterruption(CometDRequests requests, CometDAttachment attachment, CometDHeldEvents held, CometDMapping mapping, IChatTransportHost host)
{
    private const int MaxRestoreAttempts = 3;

    private readonly Lock _gate = new();
    private readonly ChatProtocol _protocol = host.Protocol;
    private volatile bool _closed;
    private bool _interrupted;
    private CancellationTokenSource? _resuming;

    /// <summary>The connection is lost.</summary>
    public void Begin(BayeuxFault? cause)
    {
        lock (_gate)
        {
            _resuming?.Cancel();
            _resuming = null;
            if (_interrupted)
            {
                return;
            }

            _interrupted = true;
            attachment.Suspend();
            held.Hold();
        }

        Log.Interrupted(host.Logger, cause?.Message);
        host.OnInterrupted();
    }

    /// <summary>The connection is back, with this Bayeux session: lets the chat session go on.</summary>
    public void Resume(int bayeuxSession)
    {
        var resuming = new CancellationTokenSource();
        lock (_gate)
        {
            _resuming = resuming;
        }

        if (attachment.SessionId is not { } sessionId)
        {
            End();
        }
        else if (attachment.IsTo(bayeuxSession))
        {
            _ = ResumeAsync(null, sessionId, bayeuxSession, resuming.Token);
        }
        else if (attachment.Restore is { } restore)
        {
            _ = ResumeAsync(restore, sessionId, bayeuxSession, resuming.Token);
        }
        else
        {
            LetGo();
            host.OnError(_protocol.LibraryError("The connection had to be made anew, but the schema maps no operation to CometD that attaches it to the session; its events are lost."));
        }
    }

    /// <summary>The connection will not come back: requests and events wait no longer.</summary>
    public void LetGo()
    {
        attachment.Release();
        held.Deliver();
    }

    /// <summary>Stops whatever is under way.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _resuming?.Cancel();
        }

        attachment.Close();
    }

    /// <summary>Attaches a new connection to the session if need be, and delivers what was missed, before the interruption ends.</summary>
    private async Task ResumeAsync(ChatCommand? restore, string sessionId, int bayeuxSession, CancellationToken cancellationToken)
    {
        try
        {
            if (restore is not null)
            {
                await RestoreAsync(restore, sessionId, cancellationToken).ConfigureAwait(false);
                attachment.MoveTo(bayeuxSession);
            }

            await CatchUpAsync(sessionId, cancellationToken).ConfigureAwait(false);
            if (!cancellationToken.IsCancellationRequested)
            {
                End();
            }
        }
#pragma warning disable CA1031 // Nobody awaits this; the host is told instead.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            // If the connection was lost once more, the next one is attached instead.
            if (!cancellationToken.IsCancellationRequested && !_closed)
            {
                // The backend's own answers say more than waiting does.
                LetGo();
                Log.NotAttached(host.Logger, exception);
                host.OnError(exception as ChatException ?? _protocol.LibraryError($"The new connection could not be attached to the session: {exception.Message}", exception));
            }
        }
    }

    /// <summary>Restoring twice does no harm, and a session must not stay cut off because one request was lost.</summary>
    private async Task RestoreAsync(ChatCommand restore, string sessionId, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await requests.SendAsync(restore, sessionId, null, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (ChatException exception) when (exception.Code == _protocol.Errors.Connection && attempt < MaxRestoreAttempts && !cancellationToken.IsCancellationRequested)
            {
                Log.Faulted(host.Logger, exception.Message);
            }
        }
    }

    /// <summary>Delivers the history again, of which the host drops what it has seen: events that were sent to a lost connection do not come by themselves.</summary>
    private async Task CatchUpAsync(string sessionId, CancellationToken cancellationToken)
    {
        if (_protocol.ReadTranscript?.Invoke(0) is not { } read || _protocol.EntriesOf is not { } entriesOf || !mapping.Operations.ContainsKey(read.Name))
        {
            return;
        }

        try
        {
            if (await requests.SendAsync(read, sessionId, null, cancellationToken).ConfigureAwait(false) is not { } transcript)
            {
                return;
            }

            // An entry without an index could be a double.
            foreach (ChatEvent entry in entriesOf(transcript).Where(entry => entry.Index is not null))
            {
                host.OnEvent(entry);
            }
        }
        catch (ChatException exception) when (!cancellationToken.IsCancellationRequested && !_closed)
        {
            // The connection itself is well.
            Log.NotCaughtUp(host.Logger, exception);
            host.OnError(exception);
        }
    }

    private void End()
    {
        lock (_gate)
        {
            if (!_interrupted)
            {
                return;
            }

            _interrupted = false;
        }

        LetGo();
        if (!_closed)
        {
            Log.Continued(host.Logger);
            host.OnContinued();
        }
    }
}
