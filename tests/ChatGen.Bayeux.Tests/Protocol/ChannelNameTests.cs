using ChatGen.Bayeux.Protocol;
using Xunit;

namespace ChatGen.Bayeux.Tests.Protocol;

public sealed class ChannelNameTests
{
    [Theory]
    [InlineData("/a", true, true)]
    [InlineData("/service/chat", true, true)]
    [InlineData("/a-_!~()$@/b", true, true)]
    [InlineData("/a/*", false, true)]
    [InlineData("/**", false, true)]
    [InlineData("/meta/connect", false, false)]
    [InlineData("/a/", false, false)]
    [InlineData("//a", false, false)]
    [InlineData("/*/a", false, false)]
    [InlineData("/**/a", false, false)]
    [InlineData("a", false, false)]
    [InlineData("/", false, false)]
    [InlineData("", false, false)]
    [InlineData("/a\"b", false, false)]
    public void Names_are_judged(string name, bool publishable, bool subscribable) =>
        Assert.Equal((publishable, subscribable), (ChannelName.IsPublishable(name), ChannelName.IsSubscribable(name)));

    [Fact]
    public void Patterns_of_a_channel_come_nearest_first()
    {
        Assert.Equal(["/a/b/*", "/a/b/**", "/a/**", "/**"], ChannelName.PatternsOf("/a/b/c"));
        Assert.Equal(["/*", "/**"], ChannelName.PatternsOf("/a"));
    }
}
