using System.Diagnostics;

namespace ChatGen.Bayeux;

/// <summary>Measures and traces one publish, if anybody listens.</summary>
internal readonly struct PublishActivity : IDisposable
{
    private readonly Activity? _activity;
    private readonly TimeProvider _timeProvider;
    private readonly long _startTimestamp;

    private PublishActivity(Activity? activity, TimeProvider timeProvider)
    {
        _activity = activity;
        _timeProvider = timeProvider;
        _startTimestamp = timeProvider.GetTimestamp();
    }

    public static PublishActivity Start(string channel, TimeProvider timeProvider)
    {
        Activity? activity = Telemetry.Source.StartActivity("bayeux publish", ActivityKind.Producer);
        activity?.SetTag("messaging.system", "bayeux");
        activity?.SetTag("messaging.destination.name", channel);
        return new PublishActivity(activity, timeProvider);
    }

    public void Stop(PublishResult result)
    {
        if (Telemetry.RoundTrip.Enabled)
        {
            Telemetry.RoundTrip.Record(_timeProvider.GetElapsedTime(_startTimestamp).TotalSeconds, new KeyValuePair<string, object?>("outcome", NameOf(result.Outcome)));
        }

        if (_activity is not null && result.Outcome != PublishOutcome.Acknowledged)
        {
            _activity.SetStatus(ActivityStatusCode.Error, result.Outcome.ToString());
        }
    }

    public void Dispose() => _activity?.Dispose();

    private static string NameOf(PublishOutcome outcome) => outcome switch
    {
        PublishOutcome.Acknowledged => "acknowledged",
        PublishOutcome.Rejected => "rejected",
        PublishOutcome.NotSent => "not_sent",
        _ => "unknown",
    };
}
