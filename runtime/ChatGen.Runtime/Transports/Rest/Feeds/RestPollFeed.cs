namespace ChatGen;

/// <summary>Asks for events again and again.</summary>
internal sealed class RestPollFeed(RestPoll poll, RestExchange exchange) : IRestFeed
{
    public TimeSpan Pause => poll.Interval;

    public bool LosesEvents => false;

    public async Task<RestFeedResult> RunAsync(IRestFeedWatcher watcher, CancellationToken cancellationToken)
    {
        RestOutcome outcome = await exchange.SendAsync(poll.Step.Request, "events", exchange.OptionsOf(poll.Step, default, null), null, null, watcher.OnUp, cancellationToken).ConfigureAwait(false);
        return new RestFeedResult(outcome.Error, outcome.RetryAfter);
    }
}
