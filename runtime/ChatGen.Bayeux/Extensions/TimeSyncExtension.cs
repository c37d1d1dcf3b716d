using System.Globalization;
using System.Text;
using System.Text.Json;
using ChatGen.Bayeux.Protocol;

namespace ChatGen.Bayeux;

/// <summary>Estimates by how much the server's clock differs, if the server has CometD's extension <c>timesync</c>.</summary>
/// <param name="timeProvider">The clock. Default: the system's.</param>
/// <remarks>Thread-safe. The estimate is the mean of the last ten exchanges on meta channels. An instance belongs to one client.</remarks>
public sealed class TimeSyncExtension(TimeProvider? timeProvider = null) : BayeuxExtension
{
    private const int MaxSamples = 10;
    private readonly TimeProvider _timeProvider = timeProvider ?? TimeProvider.System;
    private readonly Lock _lock = new();
    private readonly Queue<(double Lag, double Offset)> _samples = new();

    /// <summary>How long a message takes from here to the server; zero before the first exchange.</summary>
    public TimeSpan Lag => TimeSpan.FromMilliseconds(Mean().Lag);

    /// <summary>What to add to this side's time to get the server's; zero before the first exchange.</summary>
    public TimeSpan Offset => TimeSpan.FromMilliseconds(Mean().Offset);

    /// <summary>The server's time by the estimate.</summary>
    public DateTimeOffset ServerTime => _timeProvider.GetUtcNow() + Offset;

    /// <inheritdoc/>
    public override bool OnSending(BayeuxOutgoingMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (ChannelName.IsMeta(message.Channel))
        {
            (double lag, double offset) = Mean();
            message.SetExt("timesync", Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"tc":{{_timeProvider.GetUtcNow().ToUnixTimeMilliseconds()}},"l":{{Math.Round(lag)}},"o":{{Math.Round(offset)}}}""")));
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool OnReceiving(BayeuxIncomingMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (ChannelName.IsMeta(message.Channel)
            && message.GetExt("timesync") is { IsEmpty: false } sync
            && NumberOf(sync, "tc") is { } sent
            && NumberOf(sync, "ts") is { } received
            && NumberOf(sync, "p") is { } processing)
        {
            double lag = (_timeProvider.GetUtcNow().ToUnixTimeMilliseconds() - sent - processing) / 2;
            lock (_lock)
            {
                _samples.Enqueue((lag, received - sent - lag));
                if (_samples.Count > MaxSamples)
                {
                    _samples.Dequeue();
                }
            }
        }

        return true;
    }

    private static double? NumberOf(ReadOnlyMemory<byte> json, string name)
    {
        // What no clock says would make the estimate useless for long.
        const double Sensible = 1e15;
        ReadOnlyMemory<byte> text = JsonText.MemberOf(json, name);
        if (text.IsEmpty)
        {
            return null;
        }

        var reader = new Utf8JsonReader(text.Span);
        reader.Read();
        return reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double number) && Math.Abs(number) < Sensible ? number : null;
    }

    private (double Lag, double Offset) Mean()
    {
        lock (_lock)
        {
            return _samples.Count == 0 ? default : (_samples.Average(static sample => sample.Lag), _samples.Average(static sample => sample.Offset));
        }
    }
}
