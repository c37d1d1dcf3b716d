using ChatGen.Bayeux.Protocol;
using ChatGen.Bayeux.Transports;
using Xunit;

namespace ChatGen.Bayeux.Tests.Transports;

public sealed class ServerAddressTests
{
    [Theory]
    [InlineData("https://a.example/cometd", null, "wss://a.example/cometd")]
    [InlineData("http://a.example:8080/cometd?x=1#f", null, "ws://a.example:8080/cometd?x=1")]
    [InlineData("http://a.example/cometd", "wss://b.example/ws", "wss://b.example/ws")]
    [InlineData("http://a.example/cometd", "https://b.example:444/ws", "wss://b.example:444/ws")]
    public void WebSocket_has_its_own_scheme_and_perhaps_its_own_address(string url, string? webSocketUrl, string expected)
    {
        var address = new ServerAddress(new BayeuxClientOptions { Url = new Uri(url), WebSocketUrl = webSocketUrl is null ? null : new Uri(webSocketUrl) });
        Assert.Equal(expected, address.Of(ConnectionTypes.WebSocket, null).AbsoluteUri);
        Assert.Equal(url, address.Of(ConnectionTypes.LongPolling, null).OriginalString);
    }

    [Theory]
    [InlineData("b.example", "https://b.example:8443/cometd")]
    [InlineData("b.example:9000", "https://b.example:9000/cometd")]
    [InlineData("[::1]", "https://[::1]:8443/cometd")]
    [InlineData("[::1]:9000", "https://[::1]:9000/cometd")]
    public void An_advised_host_changes_name_and_port_alone(string host, string expected)
    {
        var address = new ServerAddress(Options(static _ => true));
        Assert.Equal([host], address.Accepted([host]));
        Assert.Equal(expected, address.Of(ConnectionTypes.LongPolling, host).AbsoluteUri);
        Assert.Equal(expected.Replace("https", "wss", StringComparison.Ordinal), address.Of(ConnectionTypes.WebSocket, host).AbsoluteUri);
    }

    [Theory]
    [InlineData("http://b.example")]
    [InlineData("b.example/other")]
    [InlineData("user@b.example")]
    [InlineData("b.example?x")]
    [InlineData("b.example#x")]
    [InlineData("b example")]
    [InlineData("")]
    public void What_is_more_than_a_host_is_not_accepted(string host) => Assert.Empty(new ServerAddress(Options(static _ => true)).Accepted([host]));

    [Fact]
    public void Hosts_are_accepted_only_when_the_user_says_so()
    {
        Assert.Empty(new ServerAddress(Options(null)).Accepted(["b.example"]));
        Assert.Equal(["b.example"], new ServerAddress(Options(static url => url.Host == "b.example")).Accepted(["c.example", "b.example"]));
    }

    private static BayeuxClientOptions Options(Func<Uri, bool>? accept) => new() { Url = new Uri("https://a.example:8443/cometd"), AcceptHost = accept };
}
