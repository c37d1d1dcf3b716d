using System.Diagnostics.Metrics;

namespace ChatGen;

/// <summary>What is measured of a gateway. What there is to see is listed in <c>docs/telemetry.md</c>.</summary>
internal sealed class GatewayInstruments(string schemaId)
{
    private const string Schema = "chatgen.schema";

    private static readonly Meter s_meter = new(ChatTelemetry.MeterName);

    private static readonly UpDownCounter<long> s_sessions = s_meter.CreateUpDownCounter<long>(
        "chatgen.gateway.sessions", "{session}", "Sessions that the server holds for visitors.");

    private static readonly UpDownCounter<long> s_streams = s_meter.CreateUpDownCounter<long>(
        "chatgen.gateway.streams", "{stream}", "Streams of events that are open.");

    private static readonly Counter<long> s_refused = s_meter.CreateCounter<long>(
        "chatgen.gateway.claims.refused", "{claim}", "Sessions that could not be had, so that the visitor was answered 503.");

    private static readonly Counter<long> s_restores = s_meter.CreateCounter<long>(
        "chatgen.gateway.restores", "{restore}", "Sessions that were brought back from their stored state, or were to be.");

    public void Held() => s_sessions.Add(1, KeyValuePair.Create<string, object?>(Schema, schemaId));

    public void Released() => s_sessions.Add(-1, KeyValuePair.Create<string, object?>(Schema, schemaId));

    public void StreamBegun() => s_streams.Add(1, KeyValuePair.Create<string, object?>(Schema, schemaId));

    public void StreamEnded() => s_streams.Add(-1, KeyValuePair.Create<string, object?>(Schema, schemaId));

    public void Refused(string reason) =>
        s_refused.Add(1, KeyValuePair.Create<string, object?>(Schema, schemaId), KeyValuePair.Create<string, object?>("chatgen.gateway.refusal", reason));

    public void Restored(string outcome) =>
        s_restores.Add(1, KeyValuePair.Create<string, object?>(Schema, schemaId), KeyValuePair.Create<string, object?>("chatgen.gateway.outcome", outcome));
}
