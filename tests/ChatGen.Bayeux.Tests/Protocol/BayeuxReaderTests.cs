using System.Text;
using System.Text.Json;
using ChatGen.Bayeux.Protocol;
using Xunit;

namespace ChatGen.Bayeux.Tests.Protocol;

public sealed class BayeuxReaderTests
{
    [Fact]
    public void Reads_every_member_of_a_handshake_reply()
    {
        BayeuxMessage message = Assert.Single(Read("""
            [{"channel":"/meta/handshake","id":"1","clientId":"c","successful":true,"version":"1.0","ext":{"ack":true},
              "supportedConnectionTypes":["long-polling","callback-polling","websocket"],
              "advice":{"reconnect":"retry","interval":100,"timeout":25000,"maxInterval":10000,"multiple-clients":true,"hosts":["a"]}}]
            """));
        Assert.Equal(("/meta/handshake", "1", "c", true), (message.Channel, message.Id, message.ClientId, message.Successful));
        Assert.Equal(ConnectionTypes.WebSocket | ConnectionTypes.LongPolling, message.SupportedConnectionTypes);
        Assert.Equal(
            new Advice
            {
                Reconnect = ReconnectAdvice.Retry,
                Interval = TimeSpan.FromMilliseconds(100),
                Timeout = TimeSpan.FromSeconds(25),
                MaxInterval = TimeSpan.FromSeconds(10),
                MultipleClients = true,
            },
            message.Advice! with { Hosts = [] });
        Assert.Equal(["a"], message.Advice.Hosts);
        Assert.Equal("""{"ack":true}""", Encoding.UTF8.GetString(message.Ext.Span));
        Assert.False(message.HasData);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("\"\"")]
    [InlineData("false")]
    [InlineData("null")]
    [InlineData("{\"a\":[1,{\"b\":\"é😀\"}]}")]
    [InlineData("[ ]")]
    public void Data_stays_the_very_text_even_if_it_is_falsy(string data)
    {
        BayeuxMessage message = Assert.Single(Read($$"""[{"data": {{data}} ,"channel":"/a"}]"""));
        Assert.True(message.HasData);
        Assert.Equal(data, Encoding.UTF8.GetString(message.Data.Span));
    }

    [Fact]
    public void A_single_object_is_taken_for_an_array_of_one() => Assert.Equal("/a", Assert.Single(Read("""{"channel":"/a","data":1}""")).Channel);

    [Fact]
    public void Messages_keep_their_order() => Assert.Equal(["/b", "/a"], Read("""[{"channel":"/b"},{"channel":"/a"}]""").Select(message => message.Channel));

    [Fact]
    public void A_numeric_id_is_read_as_its_digits() => Assert.Equal("17", Assert.Single(Read("""[{"channel":"/a","id":17}]""")).Id);

    [Fact]
    public void Advice_of_unknown_shape_is_passed_over()
    {
        Advice advice = Assert.Single(Read("""[{"channel":"/a","advice":{"reconnect":"dance","interval":"soon","x":[{}],"timeout":5}}]""")).Advice!;
        Assert.Null(advice.Reconnect);
        Assert.Equal(TimeSpan.Zero, advice.Interval);
        Assert.Equal(TimeSpan.FromMilliseconds(5), advice.Timeout);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html></html>")]
    [InlineData("[{\"channel\":\"/a\"")]
    [InlineData("[{\"channel\":\"/a\"}] x")]
    [InlineData("[{\"channel\":\"/a\"},7]")]
    [InlineData("[{\"data\":1}]")]
    [InlineData("[{\"channel\":7}]")]
    [InlineData("[{\"channel\":\"a\"}]")]
    [InlineData("[{\"channel\":\"/a\",\"successful\":\"yes\"}]")]
    [InlineData("[{\"channel\":\"/\\ud800\"}]")]
    [InlineData("{\"channel\":\"/a\",\"data\":[[[[[[[[[[1]]]]]]]]]]}")]
    public void What_is_no_list_of_messages_is_refused(string text) => Assert.ThrowsAny<JsonException>(() => Read(text, maxDepth: 8));

    [Fact]
    public void Bytes_that_are_no_utf8_are_refused_even_within_a_payload()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("""[{"channel":"/a","data":"?"}]""");
        bytes[Array.IndexOf(bytes, (byte)'?')] = 0xFF;
        Assert.ThrowsAny<JsonException>(() => BayeuxReader.Read(bytes, 64));
    }

    private static List<BayeuxMessage> Read(string text, int maxDepth = 64) => BayeuxReader.Read(Encoding.UTF8.GetBytes(text), maxDepth);
}
