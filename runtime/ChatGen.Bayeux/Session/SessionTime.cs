namespace ChatGen.Bayeux.Session;

/// <summary>Reckons with times on the session's clock.</summary>
internal static class SessionTime
{
    /// <summary>The time after this duration; the last there is if the duration is longer than time has room for, as <see cref="TimeSpan.MaxValue"/> is.</summary>
    public static TimeSpan After(TimeSpan now, TimeSpan duration) => duration > TimeSpan.MaxValue - now ? TimeSpan.MaxValue : now + duration;

    /// <summary>The earlier of two times, each of which may be none.</summary>
    public static TimeSpan? Earliest(TimeSpan? one, TimeSpan? other) => other is null || one <= other ? one : other;
}
