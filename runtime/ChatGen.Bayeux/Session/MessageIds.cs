using System.Globalization;

namespace ChatGen.Bayeux.Session;

/// <summary>Ids of one client's messages, but for the connect loop's. They never start over (Bayeux rule 3).</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class MessageIds
{
    private long _last;

    public string Next() => Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture);
}
