using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using ChatGen.Backends.GenesysGmsCometD;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatGen.Backends.Tests.GenesysGmsCometD;

public sealed class CometDRefusalTests
{
    [Theory]
    [InlineData("""{"operation":"requestChat"}""", 161)]
    [InlineData("""{"operation":"requestChat","nickname":"Jane","age":"7"}""", 400)]
    [InlineData("""{"operation":"requestChat","nickname":"Jane","userData":{"a":1}}""", 400)]
    [InlineData("""{"operation":"requestChat","nickname":"Jane","auth":{"username":"u"}}""", 400)]
    [InlineData("""{"operation":"nothing","secureKey":"KEY"}""", 400)]
    [InlineData("""{"secureKey":"KEY"}""", 400)]
    [InlineData("""{"operation":"sendMessage","message":"a"}""", 400)]
    [InlineData("""{"operation":"sendMessage","secureKey":"KEY"}""", 400)]
    [InlineData("""{"operation":"sendMessage","secureKey":"KEY","message":""}""", 400)]
    [InlineData("""{"operation":"sendMessage","secureKey":"KEY","message":"a","transcriptPosition":1}""", 400)]
    [InlineData("""{"operation":"sendMessage","secureKey":"KEY","message":"a","userId":"other"}""", 8201)]
    [InlineData("""{"operation":"sendMessage","secureKey":"KEY","message":"a","alias":"other"}""", 400)]
    [InlineData("""{"operation":"requestNotifications","secureKey":"KEY","transcriptPosition":"9"}""", 400)]
    [InlineData("""{"operation":"requestNotifications","secureKey":"KEY","transcriptPosition":"x"}""", 400)]
    [InlineData("""{"operation":"refresh","secureKey":"KEY"}""", 400)]
    [InlineData("""["sendMessage"]""", 400)]
    public async Task Wrong_operations_are_refused_in_band(string data, int code)
    {
        await using GenesysGmsCometDEmulator backend = await GenesysGmsCometDEmulator.StartAsync(cancellationToken: Deadline.Token);
        using CometDClient client = new(backend, isWebSocket: true);
        GenesysGmsCometDConversation conversation = await client.StartAsync();

        JsonObject refusal = await client.DoAsync(data.Replace("KEY", client.SecureKey));

        Assert.Equal(code, (int)refusal["errors"]![0]!["code"]!);
        Assert.False(refusal.ContainsKey("data"));
        Assert.Single(backend.Complaints);
        Assert.Empty(conversation.VisitorMessages);
        Assert.Single(backend.Conversations);
        Assert.False(conversation.IsEnded);
    }

    [Fact]
    public async Task Visitor_with_a_wrong_secure_key_is_removed()
    {
        await using GenesysGmsCometDEmulator backend = await GenesysGmsCometDEmulator.StartAsync(cancellationToken: Deadline.Token);
        using CometDClient client = new(backend, isWebSocket: true);
        GenesysGmsCometDConversation conversation = await client.StartAsync();
        client.SecureKey = "other";

        Assert.Equal(8210, (int)(await client.OperateAsync("sendMessage", ""","message":"a" """))["errors"]![0]!["code"]!);

        Assert.Equal(EmulatedEnd.Backend, conversation.EndedBy);
        Assert.True((bool)(await client.ReceiveAsync())["chatEnded"]!);
    }

    [Fact]
    public async Task Nothing_is_published_before_the_subscription_or_elsewhere()
    {
        await using GenesysGmsCometDEmulator backend = await GenesysGmsCometDEmulator.StartAsync(cancellationToken: Deadline.Token);
        using CometDClient client = new(backend, isWebSocket: true);
        await client.OpenAsync();
        await client.SendAsync(new JsonObject { ["channel"] = "/meta/unsubscribe", ["subscription"] = backend.Channel });

        Assert.Equal($"403:{backend.Channel}:publish_denied", await ErrorAsync(new JsonObject { ["channel"] = backend.Channel, ["data"] = new JsonObject() }));
        Assert.Equal("403:/service/other:publish_denied", await ErrorAsync(new JsonObject { ["channel"] = "/service/other", ["data"] = new JsonObject() }));
        Assert.Equal("403:/service/other:subscribe_denied", await ErrorAsync(new JsonObject { ["channel"] = "/meta/subscribe", ["subscription"] = "/service/other" }));
        Assert.Equal("403::subscription_missing", await ErrorAsync(new JsonObject { ["channel"] = "/meta/subscribe" }));
        Assert.Equal("400::connectionType_is_not_websocket", await ErrorAsync(new JsonObject { ["channel"] = "/meta/connect", ["connectionType"] = "long-polling" }));
        Assert.Equal(5, backend.Complaints.Count);

        async Task<string?> ErrorAsync(JsonObject message) => (string?)(await client.SendAsync(message))["error"];
    }

    [Fact]
    public async Task Wrong_handshakes_and_contents_are_refused()
    {
        await using GenesysGmsCometDEmulator backend = await GenesysGmsCometDEmulator.StartAsync(cancellationToken: Deadline.Token);
        using CometDClient client = new(backend, isWebSocket: false);

        JsonObject handshake = CometDClient.HandshakeMessage();
        handshake.Remove("version");
        JsonObject refused = await client.SendAsync(handshake);
        Assert.Equal(("403::handshake_failed", "none"), ((string?)refused["error"], (string?)refused["advice"]!["reconnect"]));
        JsonObject strange = CometDClient.HandshakeMessage();
        strange["supportedConnectionTypes"] = new JsonArray("callback-polling");
        Assert.False((bool)(await client.SendAsync(strange))["successful"]!);

        Assert.Equal(HttpStatusCode.BadRequest, await client.PostAsync("[]"));
        Assert.Equal(HttpStatusCode.BadRequest, await client.PostAsync("hello"));
        Assert.Equal(HttpStatusCode.BadRequest, await client.PostAsync($"[{CometDClient.HandshakeMessage().ToJsonString()}]", "text/plain"));
        Assert.Equal(5, backend.Complaints.Count);
    }

    [Fact]
    public async Task Client_and_cookie_have_to_be_known()
    {
        await using GenesysGmsCometDEmulator backend = await GenesysGmsCometDEmulator.StartAsync(cancellationToken: Deadline.Token);
        using CometDClient client = new(backend, isWebSocket: false);
        await client.OpenAsync();
        string id = client.ClientId;
        Assert.Empty(backend.Complaints);

        client.ClientId = "other";
        Assert.Equal("402::session_unknown", (string?)(await client.SendAsync(client.ConnectMessage()))["error"]);
        client.ClientId = id;
        client.Cookie = "BAYEUX_BROWSER=other";
        Assert.Equal("402::session_unknown", (string?)(await client.SendAsync(client.ConnectMessage()))["error"]);
        Assert.Equal(2, backend.Complaints.Count);
    }

    [Fact]
    public async Task WebSockets_can_be_refused()
    {
        await using GenesysGmsCometDEmulator backend = await GenesysGmsCometDEmulator.StartAsync(new GenesysGmsCometDOptions { AllowsWebSockets = false }, Deadline.Token);
        using CometDClient client = new(backend, isWebSocket: true);

        await Assert.ThrowsAsync<WebSocketException>(() => client.OpenAsync());

        Assert.Equal(405, backend.Requests.Single().Status);
        Assert.Empty(backend.Complaints);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Connect_is_held_and_a_silent_client_is_forgotten(bool isWebSocket)
    {
        FakeTimeProvider time = new();
        await using GenesysGmsCometDEmulator backend = await GenesysGmsCometDEmulator.StartAsync(new GenesysGmsCometDOptions { TimeProvider = time }, Deadline.Token);
        using CometDClient client = new(backend, isWebSocket);
        GenesysGmsCometDConversation conversation = await client.StartAsync();
        Task<JsonObject> held = client.SendAsync(client.ConnectMessage());
        await backend.WaitForHeldConnectAsync(Deadline.Token);

        time.Advance(TimeSpan.FromSeconds(30));
        Assert.True((bool)(await held)["successful"]!);
        Assert.True(conversation.IsListenedTo);
        await backend.WaitForNoHeldConnectAsync(Deadline.Token);
        time.Advance(TimeSpan.FromSeconds(10));
        await conversation.WaitForListenerAsync(false, Deadline.Token);
        Assert.Equal("402::session_unknown", (string?)(await client.SendAsync(client.ConnectMessage()))["error"]);
        Assert.Empty(backend.Complaints);
    }

    [Fact]
    public async Task Connection_is_dropped_and_the_client_stays_known()
    {
        await using GenesysGmsCometDEmulator backend = await GenesysGmsCometDEmulator.StartAsync(cancellationToken: Deadline.Token);
        using CometDClient client = new(backend, isWebSocket: false);
        GenesysGmsCometDConversation conversation = await client.StartAsync();
        Task<JsonObject> held = client.SendAsync(client.ConnectMessage());
        await backend.WaitForHeldConnectAsync(Deadline.Token);

        conversation.DropConnection();
        await Assert.ThrowsAsync<HttpRequestException>(() => held);
        await conversation.AgentJoinsAsync("Ann");

        Assert.Equal("ParticipantJoined", (string?)(await client.ReceiveAsync())["messages"]![0]!["type"]);
        Assert.Empty(backend.Complaints);
    }
}
