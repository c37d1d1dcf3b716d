namespace ChatGen;

/// <summary>How long to wait after failures.</summary>
internal static class RestPause
{
    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    /// <summary>What a backend may ask for at most.</summary>
    private static readonly TimeSpan s_longestAsked = TimeSpan.FromMinutes(5);

    /// <summary>A pause that doubles with each failure, from a second up to half a minute, or what the backend asks for.</summary>
    public static TimeSpan After(int failures, TimeSpan? asked) => After(failures, s_first, asked);

    /// <inheritdoc cref="After(int, TimeSpan?)"/>
    /// <param name="failures">How many there were in a row; with none, the pause is the first.</param>
    /// <param name="first">The pause without a failure.</param>
    /// <param name="asked">What the backend asks for.</param>
    public static TimeSpan After(int failures, TimeSpan first, TimeSpan? asked)
    {
        TimeSpan longest = first > s_longest ? first : s_longest;
        double ticks = first.Ticks * Math.Pow(2, failures);
        TimeSpan pause = ticks < longest.Ticks ? new TimeSpan((long)ticks) : longest;
        TimeSpan wanted = asked < s_longestAsked ? asked.GetValueOrDefault() : asked is null ? TimeSpan.Zero : s_longestAsked;
        return wanted > pause ? wanted : pause;
    }
}
