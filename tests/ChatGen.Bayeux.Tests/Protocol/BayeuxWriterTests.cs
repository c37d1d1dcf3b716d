using System.Buffers;
using System.Text;
using System.Text.Json;
using ChatGen.Bayeux.Protocol;
using Xunit;

namespace ChatGen.Bayeux.Tests.Protocol;

public sealed class BayeuxWriterTests
{
    [Fact]
    public void A_handshake_offers_transports_in_order_and_has_no_client_id() => Assert.Equal(
        """[{"channel":"/meta/handshake","id":"h1","version":"1.0","minimumVersion":"1.0","supportedConnectionTypes":["websocket","long-polling"]}]""",
        Write(null, new OutboundMessage { Channel = MetaChannel.Handshake, Id = "h1", ConnectionTypes = ConnectionTypes.WebSocket | ConnectionTypes.LongPolling }));

    [Fact]
    public void An_immediate_connect_asks_for_no_delay() => Assert.Equal(
        """[{"channel":"/meta/connect","id":"c2","clientId":"x","connectionType":"long-polling","advice":{"timeout":0}}]""",
        Write("x", new OutboundMessage { Channel = MetaChannel.Connect, Id = "c2", ConnectionTypes = ConnectionTypes.LongPolling, Immediate = true }));

    [Fact]
    public void Messages_share_an_array_and_payloads_go_in_as_they_are() => Assert.Equal(
        """[{"channel":"/meta/subscribe","id":"1","clientId":"x","subscription":"/é"},{"channel":"/a","id":"2","clientId":"x","data":{ "t" : "😀" }}]""",
        Write(
            "x",
            new OutboundMessage { Channel = MetaChannel.Subscribe, Id = "1", Subscription = "/é" },
            new OutboundMessage { Channel = "/a", Id = "2", Data = Encoding.UTF8.GetBytes("""{ "t" : "😀" }""") }));

    private static string Write(string? clientId, params OutboundMessage[] messages)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using Utf8JsonWriter writer = BayeuxWriter.Begin(buffer);
        foreach (OutboundMessage message in messages)
        {
            BayeuxWriter.Write(writer, message, clientId, changes: null);
        }

        BayeuxWriter.End(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
