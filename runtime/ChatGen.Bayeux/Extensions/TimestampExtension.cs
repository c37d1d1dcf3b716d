using System.Globalization;
using System.Text;

namespace ChatGen.Bayeux;

/// <summary>Adds to every message the member <c>timestamp</c>: when it was sent, in GMT as <c>YYYY-MM-DDThh:mm:ss.ff</c>.</summary>
/// <param name="timeProvider">The clock. Default: the system's.</param>
/// <remarks>Thread-safe.</remarks>
public sealed class TimestampExtension(TimeProvider? timeProvider = null) : BayeuxExtension
{
    private readonly TimeProvider _timeProvider = timeProvider ?? TimeProvider.System;

    /// <inheritdoc/>
    public override bool OnSending(BayeuxOutgoingMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        message.SetField("timestamp", Encoding.ASCII.GetBytes(_timeProvider.GetUtcNow().UtcDateTime.ToString("'\"'yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'ff'\"'", CultureInfo.InvariantCulture)));
        return true;
    }
}
