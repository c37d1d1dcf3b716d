using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ChatGen.Bayeux;

/// <summary>What the clients of this process tell of themselves: source and meter <c>ChatGen.Bayeux</c>. Never ids, cookies or payloads.</summary>
internal static class Telemetry
{
    public static readonly ActivitySource Source = new(BayeuxTelemetry.ActivitySourceName);

    private static readonly Meter Meter = new(BayeuxTelemetry.MeterName);

    public static readonly Histogram<double> RoundTrip = Meter.CreateHistogram<double>(
        "chatgen.bayeux.publish.duration",
        "s",
        "Time from publishing a message to knowing what became of it, by outcome.");

    public static readonly Counter<long> Sent = Meter.CreateCounter<long>("chatgen.bayeux.messages.sent", "{message}", "Messages sent, those of the protocol included.");

    public static readonly Counter<long> Received = Meter.CreateCounter<long>("chatgen.bayeux.messages.received", "{message}", "Messages received, those of the protocol included.");

    public static readonly UpDownCounter<long> Queued = Meter.CreateUpDownCounter<long>("chatgen.bayeux.queue.length", "{message}", "Messages that wait to be sent.");

    public static readonly UpDownCounter<long> Connected = Meter.CreateUpDownCounter<long>("chatgen.bayeux.clients.connected", "{client}", "Clients that are connected.");

    public static readonly Counter<long> Reconnects = Meter.CreateCounter<long>("chatgen.bayeux.reconnects", "{reconnect}", "Connections that were lost and are back, by whether the session is a new one.");

    public static readonly Counter<long> Faults = Meter.CreateCounter<long>("chatgen.bayeux.faults", "{fault}", "What went wrong, by kind.");

    /// <summary>Takes note of a change of state.</summary>
    public static void OnStateChanged(BayeuxStateChange change, bool isNewSession)
    {
        if (change.Current == BayeuxClientState.Connected)
        {
            Connected.Add(1);
            if (change.Previous == BayeuxClientState.Reconnecting)
            {
                Reconnects.Add(1, new KeyValuePair<string, object?>("session", isNewSession ? "new" : "same"));
            }
        }
        else if (change.Previous == BayeuxClientState.Connected)
        {
            Connected.Add(-1);
        }
    }

    public static void OnFault(BayeuxFault fault) => Faults.Add(1, new KeyValuePair<string, object?>("kind", fault.Kind.ToString()));
}
