using Xunit;

namespace ChatGen.Testing.Tests.Clients;

/// <summary>How long tests wait.</summary>
internal static class Deadline
{
    private static readonly TimeSpan s_glance = TimeSpan.FromMilliseconds(200);

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

    /// <summary>Fails if a task is done that must not be. On a slow machine it may miss that, but it never fails wrongly.</summary>
    public static async Task IsPendingAsync(Task task)
    {
        await Task.WhenAny(task, Task.Delay(s_glance, TestContext.Current.CancellationToken));
        Assert.False(task.IsCompleted);
    }
}
