using ChatGen.Bayeux.Session;
using Xunit;

namespace ChatGen.Bayeux.Tests.Session;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(2, 1, 2)]
    [InlineData(3, 2, 4)]
    [InlineData(5, 8, 16)]
    [InlineData(6, 15, 30)]
    [InlineData(1000, 15, 30)]
    public void Delays_double_up_to_the_maximum(int failures, double atLeast, double atMost) =>
        Assert.Equal((TimeSpan.FromSeconds(atLeast), TimeSpan.FromSeconds(atMost)), Backoff.After(failures, new SessionPolicy()));
}
