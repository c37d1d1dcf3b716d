using System.Text;
using ChatGen.Bayeux.Protocol;
using ChatGen.Bayeux.Transports;
using Xunit;

namespace ChatGen.Bayeux.Tests;

public sealed class BayeuxSnapshotTests
{
    private static readonly BayeuxSnapshot Snapshot = new()
    {
        ClientId = "secret-client",
        Transport = ConnectionTypes.WebSocket,
        HandshakeTransport = ConnectionTypes.LongPolling,
        AckBatch = 12,
        Host = "b.example",
        ServerHasWebSocket = true,
        Interval = TimeSpan.FromMilliseconds(5),
        Timeout = TimeSpan.FromSeconds(30),
        MaxInterval = TimeSpan.FromSeconds(10),
        Cookies = [new StoredCookie("BAYEUX_BROWSER", "secret-cookie", "a.example", "/", true, 1_900_000_000)],
    };

    [Fact]
    public void What_was_written_is_read()
    {
        BayeuxSnapshot read = BayeuxSnapshot.Parse(Snapshot.ToUtf8Json());
        Assert.Equal(Encoding.UTF8.GetString(Snapshot.ToUtf8Json()), Encoding.UTF8.GetString(read.ToUtf8Json()));
        Assert.Equal(Snapshot.Cookies, read.Cookies);
        Assert.Equal((Snapshot.ClientId, Snapshot.AckBatch, Snapshot.Host, true), (read.ClientId, read.AckBatch, read.Host, read.ServerHasWebSocket));
    }

    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(5000, 0, null)]
    [InlineData(0, 10_000, 10_000)]
    [InlineData(2000, 10_000, 12_000)]
    [InlineData(-1, 10_000, 10_000)]
    public void It_says_how_long_the_server_remembers_it_if_the_server_has_said_so(int interval, int maxInterval, int? remembered)
    {
        var snapshot = new BayeuxSnapshot { ClientId = "x", Interval = TimeSpan.FromMilliseconds(interval), MaxInterval = TimeSpan.FromMilliseconds(maxInterval) };
        Assert.Equal(remembered, (int?)snapshot.RememberedFor?.TotalMilliseconds);
    }

    [Fact]
    public void It_says_nothing_of_its_secrets()
    {
        Assert.DoesNotContain("secret", Snapshot.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", Snapshot.Cookies[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_cut_off_anywhere_is_refused_without_being_quoted()
    {
        byte[] text = Snapshot.ToUtf8Json();
        for (int length = 0; length < text.Length; length++)
        {
            FormatException exception = Assert.Throws<FormatException>(() => BayeuxSnapshot.Parse(text.AsSpan(0, length)));
            Assert.DoesNotContain("secret", exception.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"version":2}""")]
    [InlineData("""{"version":1,"clientId":5}""")]
    [InlineData("""{"version":1,"clientId":"","transport":"websocket"}""")]
    [InlineData("""{"version":1,"clientId":"a","transport":"pigeon","handshakeTransport":"websocket","interval":0,"timeout":0,"maxInterval":0,"cookies":[]}""")]
    [InlineData("""{"version":1,"clientId":"a","transport":"websocket","handshakeTransport":"websocket","interval":1.5,"timeout":0,"maxInterval":0,"cookies":[]}""")]
    [InlineData("""{"version":1,"clientId":"a","transport":"websocket","handshakeTransport":"websocket","interval":0,"timeout":0,"maxInterval":0,"cookies":[7]}""")]
    [InlineData("""{"version":1,"clientId":"a","transport":"websocket","handshakeTransport":"websocket","interval":0,"timeout":0,"maxInterval":0,"cookies":[]} x""")]
    public void What_is_no_snapshot_is_refused(string text) => Assert.Throws<FormatException>(() => BayeuxSnapshot.Parse(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Cookies_go_from_one_jar_to_another_with_all_that_limits_them()
    {
        var url = new Uri("https://a.example/cometd");
        var jar = new CookieJar();
        jar.Store(url, ["A=1; Path=/cometd; Secure; HttpOnly", "B=2; Path=/other", "C=3; Max-Age=0"]);
        var other = new CookieJar();
        other.Import(BayeuxSnapshot.Parse(new BayeuxSnapshot { ClientId = "x", Transport = ConnectionTypes.LongPolling, HandshakeTransport = ConnectionTypes.LongPolling, Cookies = jar.Export() }.ToUtf8Json()).Cookies);
        Assert.Equal("A=1", other.HeaderFor(url));
        Assert.Equal("", other.HeaderFor(new Uri("http://a.example/cometd")));
        Assert.Equal("B=2", other.HeaderFor(new Uri("https://a.example/other")));
        Assert.Equal("", other.HeaderFor(new Uri("https://b.example/cometd")));
    }

    [Fact]
    public void Cookies_that_make_no_sense_are_passed_over()
    {
        var jar = new CookieJar();
        jar.Import([new StoredCookie("", "x", "a.example", "/", false, null), new StoredCookie("a b;", "x", "", "", false, long.MaxValue), new StoredCookie("A", "1", "a.example", "/", false, null)]);
        Assert.Equal("A=1", jar.HeaderFor(new Uri("http://a.example/")));
    }
}
