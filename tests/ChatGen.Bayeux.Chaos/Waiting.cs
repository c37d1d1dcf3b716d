using Xunit;

namespace ChatGen.Bayeux.Chaos;

/// <summary>Every wait of a test ends: by what it waits for, or by failing after a time that no working run comes near.</summary>
internal static class Waiting
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(20);

    public static Task Soon(this Task task) => task.WaitAsync(s_limit, TestContext.Current.CancellationToken);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(s_limit, TestContext.Current.CancellationToken);

    public static Task<T> Soon<T>(this ValueTask<T> task) => task.AsTask().Soon();

    /// <summary>Waits for what nobody tells of.</summary>
    /// <param name="condition">What is waited for.</param>
    /// <param name="what">Says what is still missing.</param>
    /// <param name="limit">After which time it fails; 60 seconds if absent.</param>
    public static async Task UntilAsync(Func<bool> condition, Func<string> what, TimeSpan? limit = null)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(limit ?? s_limit);
        using PeriodicTimer poll = new(s_pollInterval);
        while (!condition())
        {
            try
            {
                await poll.WaitForNextTickAsync(deadline.Token);
            }
            catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                Assert.Fail(what());
            }
        }
    }
}
