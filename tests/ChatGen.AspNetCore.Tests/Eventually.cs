namespace ChatGen.AspNetCore.Tests;

/// <summary>For what happens soon, and tells nobody.</summary>
internal static class Eventually
{
    public static async Task IsTrueAsync(Func<bool> condition)
    {
        CancellationToken deadline = Deadline.Token;
        while (!condition())
        {
            await Task.Delay(10, deadline);
        }
    }
}
