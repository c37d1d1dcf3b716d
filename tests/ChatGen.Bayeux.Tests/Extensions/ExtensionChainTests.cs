using System.Buffers;
using System.Text;
using System.Text.Json;
using ChatGen.Bayeux.Protocol;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatGen.Bayeux.Tests.Extensions;

public sealed class ExtensionChainTests
{
    private readonly List<BayeuxFault> _faults = [];
    private readonly List<string> _order = [];

    [Fact]
    public void Extensions_see_what_arrives_in_order_and_what_goes_out_in_reverse()
    {
        ExtensionChain chain = Chain(new Recording(_order, "a"), new Recording(_order, "b"));
        chain.Send(new OutboundMessage { Channel = "/a", Id = "1", Data = "1"u8.ToArray() }, out _);
        chain.Receive(new BayeuxMessage { Channel = "/a", Data = "1"u8.ToArray() });
        Assert.Equal(["b sends", "a sends", "a receives", "b receives"], _order);
    }

    [Fact]
    public void One_that_throws_is_reported_and_the_others_still_see_the_message()
    {
        ExtensionChain chain = Chain(new Recording(_order, "a"), new Throwing(), new Recording(_order, "b"));
        chain.Send(new OutboundMessage { Channel = "/a", Id = "1", Data = "1"u8.ToArray() }, out bool dropped);
        BayeuxMessage? received = chain.Receive(new BayeuxMessage { Channel = "/a", Data = "1"u8.ToArray() });
        Assert.False(dropped);
        Assert.NotNull(received);
        Assert.Equal(["b sends", "a sends", "a receives", "b receives"], _order);
        Assert.Equal([BayeuxFaultKind.CallbackFailed, BayeuxFaultKind.CallbackFailed], _faults.Select(fault => fault.Kind));
    }

    [Fact]
    public void What_one_drops_the_others_do_not_see()
    {
        ExtensionChain chain = Chain(new Dropping(), new Recording(_order, "b"));
        chain.Send(new OutboundMessage { Channel = "/a", Id = "1", Data = "1"u8.ToArray() }, out bool dropped);
        Assert.True(dropped);
        Assert.Null(chain.Receive(new BayeuxMessage { Channel = "/a", Data = "1"u8.ToArray() }));
        Assert.Equal(["b sends"], _order);
    }

    [Theory]
    [InlineData("clientId")]
    [InlineData("channel")]
    [InlineData("ext")]
    [InlineData("supportedConnectionTypes")]
    public void Members_of_the_protocol_cannot_be_set(string name) =>
        Assert.Throws<ArgumentException>(() => new BayeuxOutgoingMessage(new OutboundMessage { Channel = "/meta/handshake", Id = "1" }, 64).SetField(name, "1"u8.ToArray()));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("1,\"clientId\":2")]
    public void What_is_no_JSON_value_cannot_be_set(string text)
    {
        var message = new BayeuxOutgoingMessage(new OutboundMessage { Channel = "/a", Id = "1", Data = "1"u8.ToArray() }, 64);
        Assert.Throws<ArgumentException>(() => message.SetField("x", Encoding.UTF8.GetBytes(text)));
        Assert.Throws<ArgumentException>(() => message.SetExt("x", Encoding.UTF8.GetBytes(text)));
        Assert.Throws<ArgumentException>(() => message.SetData(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void What_extensions_add_is_written_beside_what_the_client_says_itself()
    {
        var message = new OutboundMessage { Channel = MetaChannel.Handshake, Id = "1", OffersAck = true };
        var changes = new BayeuxOutgoingMessage(message, 64);
        changes.SetField("token", "\"t\""u8.ToArray());
        changes.SetExt("mine", "[1]"u8.ToArray());
        changes.SetExt("ack", "false"u8.ToArray());
        Assert.EndsWith(""","token":"t","ext":{"ack":true,"mine":[1]}}]""", Written(message, changes), StringComparison.Ordinal);
    }

    [Fact]
    public void Time_sync_tells_the_client_clock_and_learns_the_servers()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(100_000));
        var extension = new TimeSyncExtension(clock);
        ExtensionChain chain = Chain(extension);
        BayeuxOutgoingMessage sent = chain.Send(new OutboundMessage { Channel = MetaChannel.Connect, Id = "1" }, out _)!;
        Assert.Equal("""{"tc":100000,"l":0,"o":0}""", Encoding.UTF8.GetString(sent.Ext!["timesync"].Span));
        Assert.Null(chain.Send(new OutboundMessage { Channel = "/a", Id = "2", Data = "1"u8.ToArray() }, out _)!.Ext);

        // 40 ms there, 20 ms of work, 40 ms back; the server is 5 s ahead.
        clock.Advance(TimeSpan.FromMilliseconds(100));
        chain.Receive(new BayeuxMessage { Channel = MetaChannel.Connect, Successful = true, Ext = """{"timesync":{"tc":100000,"ts":105040,"p":20,"a":0}}"""u8.ToArray() });
        Assert.Equal(TimeSpan.FromMilliseconds(40), extension.Lag);
        Assert.Equal(TimeSpan.FromSeconds(5), extension.Offset);
        Assert.Equal(clock.GetUtcNow() + TimeSpan.FromSeconds(5), extension.ServerTime);
    }

    [Theory]
    [InlineData("""{"timesync":7}""")]
    [InlineData("""{"timesync":{"tc":"x","ts":1,"p":1}}""")]
    [InlineData("""{"timesync":{"tc":1e300,"ts":1,"p":1}}""")]
    [InlineData("[]")]
    public void Time_sync_that_makes_no_sense_changes_nothing(string ext)
    {
        var extension = new TimeSyncExtension(new FakeTimeProvider());
        Chain(extension).Receive(new BayeuxMessage { Channel = MetaChannel.Connect, Successful = true, Ext = Encoding.UTF8.GetBytes(ext) });
        Assert.Equal(TimeSpan.Zero, extension.Offset);
        Assert.Empty(_faults);
    }

    [Fact]
    public void Timestamps_are_in_GMT()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 4, 5, 6, 7, 890, TimeSpan.FromHours(2)));
        BayeuxOutgoingMessage sent = Chain(new TimestampExtension(clock)).Send(new OutboundMessage { Channel = "/a", Id = "1", Data = "1"u8.ToArray() }, out _)!;
        Assert.Equal("\"2026-03-04T03:06:07.89\"", Encoding.UTF8.GetString(sent.Fields!["timestamp"].Span));
    }

    private static string Written(OutboundMessage message, BayeuxOutgoingMessage changes)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using Utf8JsonWriter writer = BayeuxWriter.Begin(buffer);
        BayeuxWriter.Write(writer, message, null, changes);
        BayeuxWriter.End(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private ExtensionChain Chain(params BayeuxExtension[] extensions) =>
        new(new BayeuxClientOptions { Url = new Uri("http://localhost/"), Extensions = extensions }, _faults.Add);

    private sealed class Recording(List<string> order, string name) : BayeuxExtension
    {
        public override bool OnSending(BayeuxOutgoingMessage message)
        {
            order.Add(name + " sends");
            return true;
        }

        public override bool OnReceiving(BayeuxIncomingMessage message)
        {
            order.Add(name + " receives");
            return true;
        }
    }

    private sealed class Throwing : BayeuxExtension
    {
        public override bool OnSending(BayeuxOutgoingMessage message) => throw new InvalidOperationException();

        public override bool OnReceiving(BayeuxIncomingMessage message) => throw new InvalidOperationException();
    }

    private sealed class Dropping : BayeuxExtension
    {
        public override bool OnSending(BayeuxOutgoingMessage message) => false;

        public override bool OnReceiving(BayeuxIncomingMessage message) => false;
    }
}
