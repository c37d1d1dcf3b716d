namespace ChatGen;

/// <summary>Keeps a feed running until the session has ended: tells of interruptions, pauses after failures, and brings the session back where that is needed.</summary>
internal sealed class RestEventLoop(IRestFeed feed, RestResumption resumption, IChatTransportHost host, RestIntake intake)
{
    private int _failures;
    private bool _resumes;

    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        TimeSpan? asked = null;
        while (!intake.HasEnded)
        {
            await PauseAsync(asked, stop).ConfigureAwait(false);
            RestFeedResult result = _resumes && await resumption.Start().WaitAsync(stop).ConfigureAwait(false) is { } error
                ? new RestFeedResult(error, null)
                : await RunFeedAsync(stop).ConfigureAwait(false);
            stop.ThrowIfCancellationRequested();
            asked = result.RetryAfter;
            if (result.Error is null)
            {
                Up();
            }
            else if (!OnFailure(result.Error))
            {
                return;
            }
        }
    }

    private Task<RestFeedResult> RunFeedAsync(CancellationToken stop)
    {
        _resumes = false;
        return feed.RunAsync(Up, stop);
    }

    private async Task PauseAsync(TimeSpan? asked, CancellationToken stop)
    {
        TimeSpan pause = _failures == 0 ? feed.Pause : feed.Pause > TimeSpan.Zero ? RestPause.After(_failures, feed.Pause, asked) : RestPause.After(_failures - 1, asked);
        if (pause > TimeSpan.Zero)
        {
            await Task.Delay(pause, host.TimeProvider, stop).ConfigureAwait(false);
        }
    }

    private void Up()
    {
        if (_failures > 0)
        {
            _failures = 0;
            host.OnContinued();
        }
    }

    /// <returns>Whether to go on.</returns>
    private bool OnFailure(ChatException error)
    {
        if (error.Recovery == ChatRecovery.Ended && error.Code != host.Protocol.Errors.Connection)
        {
            host.OnError(error);
            return false;
        }

        bool isLost = error.Code == host.Protocol.Errors.Connection;
        _resumes = feed.LosesEvents || (!isLost && error.Recovery is ChatRecovery.Resume or ChatRecovery.Rehandshake);
        if (_failures++ == 0)
        {
            // An interruption alone would hide that the backend can be reached and something else is wrong.
            if (!isLost)
            {
                host.OnError(error);
            }

            host.OnInterrupted();
        }

        return true;
    }
}
