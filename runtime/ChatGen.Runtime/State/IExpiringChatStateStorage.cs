namespace ChatGen;

/// <summary>A storage whose state expires some time after it was last written. The client writes again and again while the session lives.</summary>
public interface IExpiringChatStateStorage : IChatStateStorage
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(1);

    /// <summary>How often the state has to be written so that it does not expire while the session lives.</summary>
    TimeSpan RenewalInterval { get; }

    /// <summary>A renewal interval that is fit for most storages.</summary>
    /// <param name="maxOfflineDuration">How long a state lives.</param>
    /// <returns>A quarter of it, at least 100 ms and at most a day; <see cref="Timeout.InfiniteTimeSpan"/> if it is zero, so that nothing is kept at all.</returns>
    static TimeSpan RenewalIntervalOf(TimeSpan maxOfflineDuration)
    {
        TimeSpan quarter = maxOfflineDuration / 4;
        return maxOfflineDuration == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : quarter < s_shortest ? s_shortest : quarter > s_longest ? s_longest : quarter;
    }
}
