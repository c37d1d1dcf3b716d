using System.Diagnostics.Metrics;

namespace ChatGen;

/// <summary>What is measured, over all sessions of the process.</summary>
internal static class ChatInstruments
{
    private static readonly Meter s_meter = new(ChatTelemetry.MeterName);

    // Seconds. Requests end by their timeout; interruptions last as long as outages do.
    private static readonly InstrumentAdvice<double> s_ofRequests = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30],
    };

    private static readonly InstrumentAdvice<double> s_ofOutages = new()
    {
        HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800],
    };

    public static readonly Histogram<double> OpenDuration = s_meter.CreateHistogram(
        "chatgen.session.open.duration", "s", "How long it took to start or restore a session.", null, s_ofRequests);

    public static readonly UpDownCounter<long> ActiveSessions = s_meter.CreateUpDownCounter<long>(
        "chatgen.session.active", "{session}", "Sessions that are live.");

    public static readonly Counter<long> ClosedSessions = s_meter.CreateCounter<long>(
        "chatgen.session.closed", "{session}", "Sessions that are live no more.");

    public static readonly Histogram<double> CommandDuration = s_meter.CreateHistogram(
        "chatgen.command.duration", "s", "How long a command took.", null, s_ofRequests);

    public static readonly Counter<long> Events = s_meter.CreateCounter<long>(
        "chatgen.event.raised", "{event}", "Events that were raised.");

    public static readonly Counter<long> Doubles = s_meter.CreateCounter<long>(
        "chatgen.event.dropped", "{event}", "Events that were dropped since they had been raised before.");

    public static readonly Counter<long> Errors = s_meter.CreateCounter<long>(
        "chatgen.error.raised", "{error}", "Errors outside any call.");

    public static readonly Histogram<double> InterruptionDuration = s_meter.CreateHistogram(
        "chatgen.interruption.duration", "s", "How long the connection was interrupted.", null, s_ofOutages);
}
