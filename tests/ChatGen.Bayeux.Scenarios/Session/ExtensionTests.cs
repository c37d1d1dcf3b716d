using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ChatGen.Bayeux.Scenarios.Harness;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatGen.Bayeux.Scenarios.Session;

public sealed class ExtensionTests : ScenarioTest
{
    [Theory, Scenario("ExtensionOrder")]
    public async Task ExtensionOrder_is_reversed_on_the_way_out(Against column)
    {
        await StartAsync(column);
        var seen = new ConcurrentQueue<string>();
        await ConnectAsync(options => options with { Extensions = [new Spy("first", A, seen.Enqueue), new Spy("second", A, seen.Enqueue)] });
        await SubscribeAsync(A);
        await PublishAsync("1", B);
        await Server.PushAsync(A, "2");
        Assert.Equal("/a 2", await NextEventAsync());
        await PublishAsync("3");
        Assert.Equal(["first in", "second in", "second out", "first out"], seen.Take(4));
    }

    [Theory, Scenario("ExtensionRegister")]
    public async Task ExtensionRegister_sees_every_message_from_the_handshake_on(Against column)
    {
        await StartAsync(column);
        var sent = new ConcurrentQueue<string>();
        var received = new ConcurrentQueue<string>();
        await ConnectAsync(options => options with
        {
            Extensions = [new Hook(message => Do(() => sent.Enqueue(message.Channel)), message => Do(() => received.Enqueue(message.Channel)))],
        });
        await SubscribeAsync(A);
        await Server.PushAsync(A, "1");
        await NextEventAsync();
        await PublishAsync("1", B);
        await Client.DisconnectAsync(Cancellation).Soon();
        Assert.Equal("/meta/handshake", sent.First());
        Assert.All((string[])["/meta/connect", "/meta/subscribe", B, "/meta/disconnect"], channel => Assert.Contains(channel, sent));
        Assert.Equal("/meta/handshake", received.First());
        Assert.All((string[])["/meta/connect", "/meta/subscribe", A, B], channel => Assert.Contains(channel, received));
    }

    [Theory, Scenario("ExtensionException")]
    public async Task ExtensionException_is_reported_and_stops_nothing(Against column)
    {
        await StartAsync(column);
        await ConnectAsync(options => options with
        {
            Extensions = [new Hook(static _ => throw new FormatException(), static _ => throw new FormatException())],
        });
        Assert.IsType<FormatException>((await FaultAsync(BayeuxFaultKind.CallbackFailed)).Exception);
        await SubscribeAsync(A);
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("1", B)).Outcome);
        await Server.PushAsync(A, "2");
        Assert.Equal("/a 2", await NextEventAsync());
    }

    [Theory, Scenario("ExtensionDropping")]
    public async Task ExtensionDropping_of_an_event(Against column)
    {
        await StartAsync(column);
        await ConnectAsync(options => options with
        {
            Extensions = [new Hook(static _ => true, message => message.Channel != A || message.Data.Span is not [(byte)'1'])],
        });
        await SubscribeAsync(A);
        await Server.PushAsync(A, "1");
        await Server.PushAsync(A, "2");
        Assert.Equal("/a 2", await NextEventAsync());
    }

    [Theory, Scenario("ExtensionDropping")]
    public async Task ExtensionDropping_can_also_change_what_is_said(Against column)
    {
        await StartAsync(column);
        await ConnectAsync(options => options with
        {
            Extensions =
            [
                new Hook(
                    message => message.Channel != B || Do(() => message.SetData("7"u8.ToArray())),
                    message => message.Channel != A || message.Data.IsEmpty || Do(() => message.SetData("8"u8.ToArray()))),
            ],
        });
        await SubscribeAsync(A);
        await PublishAsync("1", B);
        Assert.Equal(7, (int)(await Server.NextAsync(B)).Json["data"]!);
        await Server.PushAsync(A, "2");
        Assert.Equal("/a 8", await NextEventAsync());
    }

    [Theory, Scenario("CallbackRemovedWhenExtensionDeletesMessage")]
    public async Task CallbackRemovedWhenExtensionDeletesMessage(Against column)
    {
        await StartAsync(column);
        await ConnectAsync(options => options with { Extensions = [new Hook(message => message.Channel != A, static _ => true)] });
        PublishResult result = await PublishAsync("1");
        Assert.Equal((PublishOutcome.NotSent, BayeuxFaultKind.DroppedByExtension), (result.Outcome, result.Fault?.Kind));
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("2", B)).Outcome);
        Assert.Equal(0, Server.CountOf(A));
    }

    [Theory, Scenario("CallbackRemovedWhenExtensionDeletesReply")]
    public async Task CallbackRemovedWhenExtensionDeletesReply(Against column)
    {
        await StartAsync(column);
        await ConnectAsync(options => options with { Extensions = [new Hook(static _ => true, message => message.Channel != A)] });
        PublishResult result = await PublishAsync("1");
        Assert.Equal((PublishOutcome.Unknown, BayeuxFaultKind.DroppedByExtension), (result.Outcome, result.Fault?.Kind));
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("2", B)).Outcome);
        Assert.Equal(1, Client.SessionNumber);
    }

    [Theory, Scenario("TimeSync")]
    [NotAgainst(Against.Real, "The server has no such extension; see the next one.")]
    public async Task TimeSync_tells_the_servers_time(Against column)
    {
        await StartAsync(column);
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddDays(20_000));
        Server.Script = message =>
        {
            if (!message.Channel.StartsWith("/meta/", StringComparison.Ordinal) || message is { Channel: "/meta/connect", IsImmediate: false })
            {
                return null;
            }

            // The server's clock is five seconds ahead, and the message takes no time.
            long sent = (long)message.Json["ext"]!["timesync"]!["tc"]!;
            JsonObject reply = message.Channel == "/meta/handshake" ? Server.HandshakeReply(message) : message.Ok();
            reply["ext"] = new JsonObject { ["timesync"] = new JsonObject { ["tc"] = sent, ["ts"] = sent + 5000, ["p"] = 0, ["a"] = 0 } };
            return Reply.Of(reply);
        };
        var extension = new TimeSyncExtension(time);
        await ConnectAsync(options => options with { Extensions = [extension] });
        await SubscribeAsync(A);
        Assert.Equal((TimeSpan.FromSeconds(5), TimeSpan.Zero), (extension.Offset, extension.Lag));
        Assert.Equal(time.GetUtcNow().AddSeconds(5), extension.ServerTime);
    }

    [Theory, Scenario("TimeSync")]
    public async Task TimeSync_disturbs_no_server_that_has_none(Against column)
    {
        await StartAsync(column);
        var extension = new TimeSyncExtension();
        await ConnectAsync(options => options with { Extensions = [extension] });
        await SubscribeAsync(A);
        await Server.PushAsync(A, "1");
        Assert.Equal("/a 1", await NextEventAsync());
        Assert.Equal(TimeSpan.Zero, extension.Offset);
        Assert.NotNull((await Server.NextAsync("/meta/subscribe")).Json["ext"]?["timesync"]?["tc"]);
    }

    [Theory, Scenario("TimeStamp")]
    public async Task TimeStamp_of_every_message(Against column)
    {
        await StartAsync(column);
        var time = new FakeTimeProvider(new DateTimeOffset(2024, 3, 1, 2, 3, 4, 50, TimeSpan.Zero));
        await ConnectAsync(options => options with { Extensions = [new TimestampExtension(time)] });
        await PublishAsync("1");
        Assert.Equal("2024-03-01T02:03:04.05", (string?)(await Server.NextAsync("/meta/handshake")).Json["timestamp"]);
        Assert.Equal("2024-03-01T02:03:04.05", (string?)(await Server.NextAsync(A)).Json["timestamp"]);
    }

    [Theory, Scenario("Z85")]
    public async Task Z85_as_others_write_it(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();

        // The example of the encoding's own specification.
        await Client.PublishBinaryAsync(A, [0x86, 0x4F, 0xD2, 0x6F, 0xB5, 0x59, 0xF7, 0x5B], utf8Meta: "{\"n\":1}"u8.ToArray(), cancellationToken: Cancellation).Soon();
        ServerMessage message = await Server.NextAsync(A);
        Assert.Equal("""{"data":"HelloWorld","last":true,"meta":{"n":1}}""", message.Json["data"]!.ToJsonString());
        Assert.NotNull(message.Json["ext"]!["binary"]);
    }

    [Theory, Scenario("Z85")]
    [NotAgainst(Against.CometDLongPolling, "The server keeps what publishers say in ext to itself.")]
    [Case(0)]
    [Case(1)]
    [Case(2)]
    [Case(3)]
    [Case(4)]
    [Case(1001)]
    public async Task Z85_there_and_back(Against column, int length)
    {
        await StartAsync(column);
        await ConnectAsync();
        var arrived = new TaskCompletionSource<(bool IsBinary, byte[] Bytes, bool IsLast)>(TaskCreationOptions.RunContinuationsAsynchronously);
        using BayeuxSubscription subscription = Client.Subscribe(A, each =>
            arrived.SetResult((each.TryReadBinary(out BayeuxBinaryData data), data.Bytes.ToArray(), data.IsLast)));
        await subscription.ConfirmedAsync(Cancellation).Soon();
        byte[] bytes = [.. Enumerable.Range(0, length).Select(static index => (byte)((index * 37) + 200))];
        if (column.IsReal())
        {
            await Client.PublishBinaryAsync(A, bytes, isLast: false, cancellationToken: Cancellation).Soon();
        }
        else
        {
            await Client.PublishBinaryAsync(B, bytes, isLast: false, cancellationToken: Cancellation).Soon();
            JsonObject sent = (await Server.NextAsync(B)).Json;
            await Server.PushAsync(new JsonObject { ["channel"] = A, ["data"] = sent["data"]!.DeepClone(), ["ext"] = sent["ext"]!.DeepClone() });
        }

        (bool isBinary, byte[] received, bool isLast) = await arrived.Task.Soon();
        Assert.Equal((true, false), (isBinary, isLast));
        Assert.Equal(bytes, received);
    }

    private static bool Do(Action action)
    {
        action();
        return true;
    }

    private sealed class Hook(Func<BayeuxOutgoingMessage, bool> sending, Func<BayeuxIncomingMessage, bool> receiving) : BayeuxExtension
    {
        public override bool OnSending(BayeuxOutgoingMessage message) => sending(message);

        public override bool OnReceiving(BayeuxIncomingMessage message) => receiving(message);
    }

    private sealed class Spy(string name, string channel, Action<string> tell) : BayeuxExtension
    {
        public override bool OnSending(BayeuxOutgoingMessage message)
        {
            if (message.Channel == channel)
            {
                tell($"{name} out");
            }

            return true;
        }

        public override bool OnReceiving(BayeuxIncomingMessage message)
        {
            if (message.Channel == channel && !message.Data.IsEmpty)
            {
                tell($"{name} in");
            }

            return true;
        }
    }
}
