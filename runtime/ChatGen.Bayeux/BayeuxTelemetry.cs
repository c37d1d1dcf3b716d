namespace ChatGen.Bayeux;

/// <summary>Names by which the clients of a process are measured and traced.</summary>
public static class BayeuxTelemetry
{
    /// <summary>Name of the <see cref="System.Diagnostics.ActivitySource"/>.</summary>
    public const string ActivitySourceName = "ChatGen.Bayeux";

    /// <summary>Name of the <see cref="System.Diagnostics.Metrics.Meter"/>.</summary>
    public const string MeterName = "ChatGen.Bayeux";
}
