using System.Net.WebSockets;
using System.Text.Json.Nodes;
using ChatGen.Backends.GenesysCloud;
using Xunit;

namespace ChatGen.Backends.Tests.GenesysCloud;

public sealed class CloudRefusalTests
{
    [Theory]
    [InlineData("organizationId", null, "constraint.validation")]
    [InlineData("organizationId", "\"other\"", "invalid.value")]
    [InlineData("deploymentId", "\"other\"", "chat.error.pattern.createconversationrequest.deploymentid")]
    [InlineData("deploymentId", "\"33333333-3333-4333-8333-333333333333\"", "invalid.value")]
    [InlineData("routingTarget", null, "chat.error.notnull.createconversationrequest.routingtarget")]
    [InlineData("routingTarget", """{"targetType":"AGENT","targetAddress":"Support"}""", "chat.error.createconversationrequest.routingtarget")]
    [InlineData("routingTarget", """{"targetType":"QUEUE","targetAddress":"Sales"}""", "chat.error.invalid.queue")]
    [InlineData("routingTarget", """{"targetType":"QUEUE","targetAddress":"Support","more":1}""", "bad.request")]
    [InlineData("memberInfo", null, "chat.error.notnull.createconversationrequest.memberinfo.displayname")]
    [InlineData("memberInfo", "{}", "chat.error.notnull.createconversationrequest.memberinfo.displayname")]
    [InlineData("memberInfo", """{"displayName":7}""", "bad.request")]
    [InlineData("memberInfo", """{"displayName":"Jane","customFields":{"a":1}}""", "bad.request")]
    [InlineData("userData", "{}", "bad.request")]
    public async Task Wrong_conversation_requests_are_refused(string name, string? value, string code)
    {
        await using GenesysCloudEmulator backend = await GenesysCloudEmulator.StartAsync(cancellationToken: Deadline.Token);
        using CloudClient client = new(backend);
        JsonObject request = CloudClient.Request();
        request.Remove(name);
        if (value is not null)
        {
            request[name] = JsonNode.Parse(value);
        }

        Reply reply = await client.PostAsync("", request.ToJsonString());

        Assert.Equal((400, 400, code), (reply.Status, (int)reply["status"]!, (string?)reply["code"]));
        Assert.Null(backend.Conversation);
        Assert.Single(backend.Complaints);
    }

    [Theory]
    [InlineData("POST", "OWN/messages", """{"bodyType":"standard"}""", 400, "chat.error.notnull.createconversationmessagerequest.body")]
    [InlineData("POST", "OWN/messages", """{"body":""}""", 400, "constraint.validation")]
    [InlineData("POST", "OWN/messages", """{"body":"a","bodyType":"member-join"}""", 400, "invalid.value")]
    [InlineData("POST", "OWN/messages", """{"body":"a","type":"standard"}""", 400, "bad.request")]
    [InlineData("POST", "OWN/messages", "a", 400, "bad.request")]
    [InlineData("POST", "OWN/messages", null, 415, "unsupported.media.type")]
    [InlineData("POST", "OWN/messages?x=1", """{"body":"a"}""", 400, "invalid.query.param.value")]
    [InlineData("POST", "OWN/typing", "{}", 400, "bad.request")]
    [InlineData("GET", "OWN/typing", null, 405, "method.not.allowed")]
    [InlineData("POST", "/ID/members/other/messages", """{"body":"a"}""", 404, "not.found")]
    [InlineData("DELETE", "AGENT", null, 403, "not.authorized")]
    [InlineData("POST", "AGENT/messages", """{"body":"a"}""", 403, "not.authorized")]
    [InlineData("GET", "/ID/messages?maxResults=101", null, 400, "invalid.query.param.value")]
    [InlineData("GET", "/ID/messages?sortOrder=up", null, 400, "invalid.query.param.value")]
    [InlineData("GET", "/ID/messages?after=other", null, 400, "invalid.query.param.value")]
    [InlineData("GET", "/ID/members?page=1", null, 400, "invalid.query.param.value")]
    [InlineData("GET", "/ID/nothing", null, 404, "not.found")]
    [InlineData("GET", "/other/messages", null, 404, "chat.error.not.found")]
    public async Task Wrong_requests_are_refused(string verb, string path, string? body, int status, string code)
    {
        await using GenesysCloudEmulator backend = await GenesysCloudEmulator.StartAsync(cancellationToken: Deadline.Token);
        using CloudClient client = new(backend);
        GenesysCloudConversation conversation = await client.StartAsync();
        using SocketClient socket = await client.ListenAsync();
        await conversation.AgentJoinsAsync("Ann");
        Reply members = await client.GetAsync($"/{client.Id}/members");
        path = path.Replace("OWN", client.Own).Replace("AGENT", $"/{client.Id}/members/{members["entities"]![1]!["id"]}").Replace("ID", client.Id);

        Reply reply = await client.SendAsync(new HttpMethod(verb), path, body);

        Assert.Equal((status, code), (reply.Status, (string?)reply["code"]));
        Assert.Single(backend.Complaints);
        Assert.Empty(conversation.VisitorMessages);
        Assert.False(conversation.IsEnded);
    }

    [Fact]
    public async Task Tokens_are_checked()
    {
        await using GenesysCloudEmulator backend = await GenesysCloudEmulator.StartAsync(cancellationToken: Deadline.Token);
        using CloudClient client = new(backend);
        using CloudClient other = new(backend);
        await other.StartAsync();
        GenesysCloudConversation conversation = await client.StartAsync();
        string jwt = client.Jwt!;

        Assert.Equal((401, "authentication.required"), await TryAsync(null));
        Assert.Equal((401, "bad.credentials"), await TryAsync("other"));
        Assert.Equal((403, "not.authorized"), await TryAsync(other.Jwt));
        Assert.Equal(3, backend.Complaints.Count);
        conversation.ExpireJwt();
        Assert.Equal((401, "credentials.expired"), await TryAsync(jwt));
        Assert.Equal(3, backend.Complaints.Count);
        Assert.Empty(conversation.VisitorMessages);

        async Task<(int, string?)> TryAsync(string? token)
        {
            client.Jwt = token;
            Reply reply = await client.SayAsync("Hello");
            return (reply.Status, (string?)reply["code"]);
        }
    }

    [Fact]
    public async Task Streams_of_events_are_guarded()
    {
        await using GenesysCloudEmulator backend = await GenesysCloudEmulator.StartAsync(cancellationToken: Deadline.Token);
        using CloudClient client = new(backend);
        await client.StartAsync();

        await Assert.ThrowsAsync<WebSocketException>(() => SocketClient.OpenAsync(client.EventStreamUri + "x"));
        Assert.Equal(404, backend.Requests[^1].Status);
        using (SocketClient socket = await client.ListenAsync())
        {
            await socket.SendAsync("Hello");
            await backend.WaitForRequestAsync(request => request.IsFrame && request.Text == "Hello", Deadline.Token);
        }

        await client.SendAsync(HttpMethod.Delete, client.Own);
        await Assert.ThrowsAsync<WebSocketException>(() => SocketClient.OpenAsync(client.EventStreamUri));
        Assert.Equal(400, backend.Requests[^1].Status);
        Assert.Equal(2, backend.Complaints.Count);
    }

    [Fact]
    public async Task What_a_client_cannot_know_is_refused_without_a_complaint()
    {
        await using GenesysCloudEmulator backend = await GenesysCloudEmulator.StartAsync(new GenesysCloudOptions { MaxMessageLength = 5 }, Deadline.Token);
        using CloudClient client = new(backend);
        backend.IsOpen = false;
        Assert.Equal("chat.deployment.disabled", (string?)(await client.PostAsync("", CloudClient.Request().ToJsonString()))["code"]);
        backend.IsOpen = true;
        await client.StartAsync();

        Reply reply = await client.SayAsync("123456");
        Assert.Equal((413, "request.entity.too.large"), (reply.Status, (string?)reply["code"]));
        Assert.Empty(backend.Complaints);
    }
}
