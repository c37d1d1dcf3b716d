using System.Globalization;

namespace ChatGen.Backends.GenesysCloud;

internal static class CloudTime
{
    public static string Format(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
