using Xunit;

namespace ChatGen.Interop.Tests;

/// <summary>The failure path of every wait.</summary>
internal static class Deadline
{
    /// <summary>Cancelled with the test, or 30 seconds from now.</summary>
    public static CancellationToken Token
    {
        get
        {
            CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            source.CancelAfter(TimeSpan.FromSeconds(30));
            return source.Token;
        }
    }
}
