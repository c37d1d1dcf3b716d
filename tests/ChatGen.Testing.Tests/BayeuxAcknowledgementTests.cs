using System.Net;
using System.Text.Json.Nodes;
using ChatGen.Testing.Tests.Clients;
using Xunit;

namespace ChatGen.Testing.Tests;

/// <summary>CometD's extension <c>ack</c>: what was sent comes again until the client says that it has it.</summary>
public sealed class BayeuxAcknowledgementTests
{
    private const string Offer = """{"ack":true}""";

    private static string Echo(int number) => $$"""
        "channel":"/service/echo","id":"p{{number}}","data":{{number}}
        """;

    [Fact]
    public async Task Handshake_accepts_the_offer_and_connects_are_numbered()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);

        JsonArray handshake = await client.HandshakeAsync(Offer);
        (_, JsonArray first) = await client.ConnectAsync(ack: 0);
        (_, JsonArray second) = await client.ConnectAsync(advice: """{"timeout":0}""", ack: 1);

        Assert.Equal("""{"ack":true}""", handshake[0]!["ext"]!.ToJsonString());
        Assert.Equal([1, 2], new[] { first, second }.Select(messages => (int)Assert.Single(messages)!["ext"]!["ack"]!));
    }

    [Theory]
    [InlineData(true, "{}")]
    [InlineData(true, """{"ack":false}""")]
    [InlineData(true, """{"ack":"yes"}""")]
    [InlineData(false, Offer)]
    public async Task Without_an_offer_or_when_it_is_not_allowed_nothing_is_acknowledged(bool isAllowed, string ext)
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(new ChatBackendOptions { AllowAcknowledgement = isAllowed }, Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);

        JsonArray handshake = await client.HandshakeAsync(ext);
        (_, JsonArray connect) = await client.ConnectAsync(ack: 0);

        Assert.Null(handshake[0]!["ext"]);
        Assert.Null(connect[0]!["ext"]);
    }

    [Fact]
    public async Task Over_long_polling_messages_come_again_until_their_batch_is_acknowledged()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        await client.HandshakeAsync(Offer);
        await client.ConnectAsync(ack: 0);
        await client.SendAsync(Echo(1));

        (_, JsonArray lost) = await client.ConnectAsync(ack: 1);
        await client.SendAsync(Echo(2));
        (_, JsonArray again) = await client.ConnectAsync(ack: 1);
        (_, JsonArray acknowledged) = await client.ConnectAsync(advice: """{"timeout":0}""", ack: 3);

        Assert.Equal([1], Payloads(lost));
        Assert.Equal([1, 2], Payloads(again));
        Assert.Equal(3, (int)again[^1]!["ext"]!["ack"]!);
        Assert.Empty(Payloads(acknowledged));
    }

    [Fact]
    public async Task Over_a_WebSocket_messages_come_with_replies_to_connects_alone_and_again_over_another_socket()
    {
        ConnectTimeProvider time = new();
        await using ChatBackend backend = await ChatBackend.StartAsync(time.Options, Deadline.Token);
        using WebSocketClient first = await WebSocketClient.HandshakeAsync(backend.CometDUrl, Offer);
        await first.ConnectAsync("2", ack: 0);
        await first.ReceiveOneAsync();
        await first.ConnectAsync("3", ack: 1);
        await time.ConnectIsHeldAsync();

        await first.SendAsync(Echo(1));
        Assert.Equal("p1", (string?)(await first.ReceiveOneAsync())["id"]);
        JsonArray lost = await first.ReceiveAsync();
        await first.SendAsync(Echo(2));
        Assert.Equal("p2", (string?)(await first.ReceiveOneAsync())["id"]);
        using WebSocketClient second = await WebSocketClient.OpenAsync(backend.CometDUrl);
        second.ClientId = first.ClientId;
        await second.ConnectAsync("4", ack: 1);
        JsonArray again = await second.ReceiveAsync();

        Assert.Equal([1], Payloads(lost));
        Assert.Equal("3", (string?)lost[^1]!["id"]);
        Assert.Equal([1, 2], Payloads(again));
        Assert.Equal(("4", 3), ((string?)again[^1]!["id"], (int)again[^1]!["ext"]!["ack"]!));
    }

    [Fact]
    public async Task Connect_that_takes_the_place_of_another_brings_what_was_meant_for_that()
    {
        ConnectTimeProvider time = new();
        await using ChatBackend backend = await ChatBackend.StartAsync(time.Options, Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        await client.HandshakeAsync(Offer);
        await client.ConnectAsync("2", ack: 0);
        Task<(HttpStatusCode Status, JsonArray)> given = client.ConnectAsync("3", ack: 1);
        await time.ConnectIsHeldAsync();

        Task<(HttpStatusCode, JsonArray)> taken = client.ConnectAsync("4", ack: 1);
        await time.ConnectIsHeldAsync();
        await client.SendAsync(Echo(1));

        Assert.Equal(HttpStatusCode.InternalServerError, (await given).Status);
        (_, JsonArray messages) = await taken;
        Assert.Equal([1], Payloads(messages));
    }

    private static int[] Payloads(JsonArray messages) => [.. messages.Where(message => message!["data"] is not null).Select(message => (int)message!["data"]!)];
}
