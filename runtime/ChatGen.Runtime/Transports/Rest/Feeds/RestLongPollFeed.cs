using System.Text.Json;

namespace ChatGen;

/// <summary>Asks for events; the backend answers when it has some or the time is up, and is asked again at once.</summary>
internal sealed class RestLongPollFeed(RestLongPoll poll, RestExchange exchange, TimeProvider timeProvider) : IRestFeed
{
    private static readonly TimeSpan s_defaultHold = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_longestHold = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_immediately = TimeSpan.FromMilliseconds(50);

    /// <summary>None, unless the backend does not hold the request: then it would be asked as fast as it can answer.</summary>
    public TimeSpan Pause { get; private set; }

    public bool LosesEvents => false;

    public async Task<RestFeedResult> RunAsync(IRestFeedWatcher watcher, CancellationToken cancellationToken)
    {
        long begin = timeProvider.GetTimestamp();
        RestOutcome outcome = await exchange.SendAsync(poll.Step.Request, "events", exchange.OptionsOf(poll.Step, default, null), null, Hold(), watcher.OnUp, cancellationToken).ConfigureAwait(false);
        bool brought = outcome.Answer?.Body.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
        Pause = !brought && timeProvider.GetElapsedTime(begin) < s_immediately ? TimeSpan.FromSeconds(1) : TimeSpan.Zero;
        return new RestFeedResult(outcome.Error, outcome.RetryAfter);
    }

    private TimeSpan Hold()
    {
        TemplateValue? value = poll.TimeoutSeconds?.Evaluate(exchange.PeekScope(default, null));
        double seconds = value is { Json.ValueKind: JsonValueKind.Number } number ? number.Json.GetDouble() : 0;
        return seconds <= 0 ? s_defaultHold : seconds < s_longestHold.TotalSeconds ? TimeSpan.FromSeconds(seconds) : s_longestHold;
    }
}
