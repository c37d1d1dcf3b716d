using Xunit;

namespace ChatGen.Backends.Tests;

/// <summary>How long tests wait.</summary>
internal static class Deadline
{
    /// <summary>Cancelled with the test, or 60 seconds from now.</summary>
    public static CancellationToken Token
    {
        get
        {
            CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            source.CancelAfter(TimeSpan.FromSeconds(60));
            return source.Token;
        }
    }
}
