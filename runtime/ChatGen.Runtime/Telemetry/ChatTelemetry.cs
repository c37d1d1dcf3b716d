using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ChatGen;

/// <summary>Names under which chats tell of themselves to OpenTelemetry and its like. What there is to see is listed in <c>docs/telemetry.md</c>.</summary>
/// <example>
/// <code>
/// builder.Services.AddOpenTelemetry()
///     .WithTracing(tracing => tracing.AddSource(ChatTelemetry.ActivitySourceName))
///     .WithMetrics(metrics => metrics.AddMeter(ChatTelemetry.MeterName));
/// </code>
/// </example>
public static class ChatTelemetry
{
    /// <summary>Name of the <see cref="ActivitySource"/>.</summary>
    public const string ActivitySourceName = "ChatGen";

    /// <summary>Name of the <see cref="Meter"/>.</summary>
    public const string MeterName = "ChatGen";

    internal static ActivitySource Source { get; } = new(ActivitySourceName);
}
