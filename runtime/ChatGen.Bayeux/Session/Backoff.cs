namespace ChatGen.Bayeux.Session;

/// <summary>Delays that double with each failure, with room for chance so that many clients do not act in step.</summary>
internal static class Backoff
{
    /// <summary>Bounds of the delay after a number of failures in a row, 1 or more.</summary>
    /// <remarks>The first failure is mostly somebody's short outage, so its delay may be as short as nothing.</remarks>
    public static (TimeSpan AtLeast, TimeSpan AtMost) After(int failures, SessionPolicy policy)
    {
        // Beyond 2^30 no sensible initial value is below its maximum any more.
        double ticks = Math.Min(policy.InitialBackoff.Ticks * Math.Pow(2, Math.Min(failures - 1, 30)), policy.MaxBackoff.Ticks);
        var atMost = new TimeSpan((long)ticks);
        return (failures <= 1 ? TimeSpan.Zero : atMost / 2, atMost);
    }
}
