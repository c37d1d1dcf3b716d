using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace ChatGen.Tests;

/// <summary>Collects what is measured and traced of one schema.</summary>
public sealed class TelemetryListener : IDisposable
{
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _activities;
    private readonly ConcurrentDictionary<string, long> _sums = new();

    public TelemetryListener(string schemaId)
    {
        _meters.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == ChatTelemetry.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (Describe(instrument, tags, schemaId) is { } text)
            {
                _sums.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value);
                Measurements.Add($"{text} {value.ToString("+0;-0", CultureInfo.InvariantCulture)}");
            }
        });
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            if (Describe(instrument, tags, schemaId) is { } text)
            {
                Measurements.Add($"{text} {value.ToString(CultureInfo.InvariantCulture)} {instrument.Unit}");
            }
        });
        _meters.Start();
        _activities = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == ChatTelemetry.ActivitySourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if ((string?)activity.GetTagItem("chatgen.schema") == schemaId)
                {
                    Activities.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(_activities);
    }

    /// <summary>Name, tags without the schema, and value.</summary>
    public Recorder<string> Measurements { get; } = new();

    public Recorder<Activity> Activities { get; } = new();

    public IReadOnlyList<string> Of(string instrument) => [.. Measurements.Items.Where(text => text.StartsWith(instrument + " ", StringComparison.Ordinal))];

    public long SumOf(string instrument) => _sums.GetValueOrDefault(instrument);

    public Task UntilAsync(string measurement) => Measurements.UntilAsync(items => items.Contains(measurement));

    public void Dispose()
    {
        _meters.Dispose();
        _activities.Dispose();
    }

    private static string? Describe(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags, string schemaId)
    {
        var all = tags.ToArray().ToDictionary(tag => tag.Key, tag => Convert.ToString(tag.Value, CultureInfo.InvariantCulture));
        return all.Remove("chatgen.schema", out string? schema) && schema == schemaId
            ? string.Join(' ', [instrument.Name, .. all.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}")])
            : null;
    }
}
