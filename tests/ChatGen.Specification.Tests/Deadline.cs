namespace ChatGen.Specification.Tests;

/// <summary>The failure path of every wait.</summary>
internal static class Deadline
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    /// <summary>Cancelled with the test, or 20 seconds from now.</summary>
    public static CancellationToken Token
    {
        get
        {
            CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            source.CancelAfter(s_limit);
            return source.Token;
        }
    }

    /// <summary>Fails with a <see cref="TimeoutException"/> where what is waited for heeds no token.</summary>
    public static Task InTime(this Task task) => task.WaitAsync(s_limit, TestContext.Current.CancellationToken);

    /// <inheritdoc cref="InTime(Task)"/>
    public static Task<T> InTime<T>(this Task<T> task) => task.WaitAsync(s_limit, TestContext.Current.CancellationToken);
}
