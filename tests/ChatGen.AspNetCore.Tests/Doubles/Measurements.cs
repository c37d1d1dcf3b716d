using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ChatGen.AspNetCore.Tests;

/// <summary>What is measured while it listens, of instruments whose names begin alike.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Name, long Value, KeyValuePair<string, object?>[] Tags)> _all = new();

    public Measurements(string prefix)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == ChatTelemetry.MeterName && instrument.Name.StartsWith(prefix, StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _all.Enqueue((instrument.Name, value, tags.ToArray())));
        _listener.Start();
    }

    public long Sum(string name) => _all.Where(each => each.Name == name).Sum(each => each.Value);

    public IEnumerable<KeyValuePair<string, object?>> Tags(string name) => _all.Where(each => each.Name == name).SelectMany(each => each.Tags);

    public void Dispose() => _listener.Dispose();
}
