namespace ChatGen;

/// <summary>Keeps a feed running until the session has ended: tells of interruptions, pauses after failures, and brings the session back where that is needed.</summary>
internal sealed class RestEventLoop(IRestFeed feed, RestResumption resumption, Func<CancellationToken, Task<ChatException?>> catchUp, IChatTransportHost host, RestIntake intake) : IRestFeedWatcher
{
    private int _failures;
    private bool _interrupted;

    // What happens between the start and the first opening of a socket is missed too.
    private bool _missesEvents = feed.LosesEvents;

    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        bool resumes = false;
        TimeSpan? asked = null;
        while (!intake.HasEnded)
        {
            await PauseAsync(asked, stop).ConfigureAwait(false);
            ChatException? lost = resumes ? await ResumeAsync(stop).ConfigureAwait(false) : null;
            if (intake.HasEnded)
            {
                return;
            }

            RestFeedResult result = lost is null ? await feed.RunAsync(this, stop).ConfigureAwait(false) : new RestFeedResult(lost, null);
            stop.ThrowIfCancellationRequested();
            asked = result.RetryAfter;
            if (result.Error is not { } error)
            {
                resumes = false;
                OnUp();
                continue;
            }

            bool isLost = error.Code == host.Protocol.Errors.Connection;
            if (!isLost && error.Recovery == ChatRecovery.Ended)
            {
                host.OnError(error);
                return;
            }

            _missesEvents = feed.LosesEvents;
            resumes = feed.LosesEvents || (!isLost && error.Recovery is ChatRecovery.Resume or ChatRecovery.Rehandshake);
            OnFailure(error, isLost);
        }
    }

    public void OnUp()
    {
        _failures = 0;
        if (_interrupted)
        {
            _interrupted = false;
            host.OnContinued();
        }
    }

    public void OnDown()
    {
        if (!_interrupted)
        {
            _interrupted = true;
            host.OnInterrupted();
        }
    }

    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        if (_missesEvents && await catchUp(cancellationToken).ConfigureAwait(false) is { } error)
        {
            // The connection is back, and only what was missed is not.
            host.OnError(error);
        }

        _missesEvents = false;
    }

    private void OnFailure(ChatException error, bool isLost)
    {
        // An interruption alone would hide that the backend can be reached and something else is wrong.
        if (_failures++ == 0 && !isLost)
        {
            host.OnError(error);
        }

        OnDown();
    }

    private async Task<ChatException?> ResumeAsync(CancellationToken stop) =>
        await feed.PrepareAsync(stop).ConfigureAwait(false) ?? await resumption.Start().WaitAsync(stop).ConfigureAwait(false);

    private async Task PauseAsync(TimeSpan? asked, CancellationToken stop)
    {
        TimeSpan pause = _failures == 0 ? feed.Pause : feed.Pause > TimeSpan.Zero ? RestPause.After(_failures, feed.Pause, asked) : RestPause.After(_failures - 1, asked);
        if (pause > TimeSpan.Zero)
        {
            await Task.Delay(pause, host.TimeProvider, stop).ConfigureAwait(false);
        }
    }
}
