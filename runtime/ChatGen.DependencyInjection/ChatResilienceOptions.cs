namespace ChatGen;

/// <summary>How requests over HTTP are repeated and limited.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ChatResilienceOptions
{
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(1);

    /// <summary>How often a request is repeated at most, if it does no harm twice. 0 to 100; default: 3.</summary>
    public int MaxRetryAttempts { get; init; } = 3;

    /// <summary>The pause before the first repetition; it doubles with each, and is drawn at random around that. More than zero, at most a day; default: 1 second. A <c>Retry-After</c> of the backend counts instead.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause. At least <see cref="Delay"/>, at most a day; default: 30 seconds. If the backend asks for a longer one, the request is not repeated and fails.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the backend may take to begin its answer, for each repetition. At least 10 ms, at most a day; default: 30 seconds.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long the backend may take to begin its answer to a long poll (<see cref="ChatHttpRequest.LongPoll"/>), which it holds back on purpose. At least 10 ms, at most a day, or
    /// <see cref="Timeout.InfiniteTimeSpan"/>; default: 2 minutes.
    /// </summary>
    public TimeSpan LongPollTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long all attempts at a request can take, with the pauses between them.</summary>
    internal TimeSpan Longest => LongPollTimeout == Timeout.InfiniteTimeSpan
        ? LongPollTimeout
        : TimeSpan.FromTicks(Math.Min(
            (MaxRetryAttempts + 1) * Math.Max(AttemptTimeout.Ticks, LongPollTimeout.Ticks) + MaxRetryAttempts * MaxDelay.Ticks,
            TimeSpan.FromMilliseconds(int.MaxValue).Ticks));

    internal void ThrowIfInvalid()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(MaxRetryAttempts);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxRetryAttempts, 100);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxDelay, Delay);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxDelay, s_longest);
        ThrowIfNoTimeout(AttemptTimeout, nameof(AttemptTimeout));
        if (LongPollTimeout != Timeout.InfiniteTimeSpan)
        {
            ThrowIfNoTimeout(LongPollTimeout, nameof(LongPollTimeout));
        }
    }

    private static void ThrowIfNoTimeout(TimeSpan value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromMilliseconds(10), name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, s_longest, name);
    }
}
