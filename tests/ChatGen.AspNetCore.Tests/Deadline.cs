namespace ChatGen.AspNetCore.Tests;

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
}
