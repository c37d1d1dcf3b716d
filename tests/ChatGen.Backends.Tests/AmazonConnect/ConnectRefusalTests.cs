using ChatGen.Backends.AmazonConnect;
using Xunit;

namespace ChatGen.Backends.Tests.AmazonConnect;

public sealed class ConnectRefusalTests
{
    [Theory]
    [InlineData("message", "{}", 400, "ValidationException")]
    [InlineData("message", """{"ContentType":"text/plain","Content":""}""", 400, "ValidationException")]
    [InlineData("message", """{"ContentType":"text/html","Content":"a"}""", 400, "ValidationException")]
    [InlineData("message", """{"ContentType":"text/plain","Content":"a","ClientToken":""}""", 400, "ValidationException")]
    [InlineData("message", """{"ContentType":"text/plain","Content":"a","contactId":"b"}""", 400, "ValidationException")]
    [InlineData("message", """["a"]""", 400, "ValidationException")]
    [InlineData("event", """{"ContentType":"typing"}""", 400, "ValidationException")]
    [InlineData("event", """{"ContentType":"application/vnd.amazonaws.connect.event.typing","Content":"a"}""", 400, "ValidationException")]
    [InlineData("event", """{"ContentType":"application/vnd.amazonaws.connect.event.participant.left"}""", 400, "ValidationException")]
    [InlineData("event", """{"ContentType":"application/vnd.amazonaws.connect.event.message.read"}""", 400, "ValidationException")]
    [InlineData("event", """{"ContentType":"application/vnd.amazonaws.connect.event.message.read","Content":"{\"messageId\":\"other\"}"}""", 400, "ValidationException")]
    [InlineData("transcript", """{"MaxResults":0}""", 400, "ValidationException")]
    [InlineData("transcript", """{"ContactId":"other"}""", 400, "ValidationException")]
    [InlineData("transcript", """{"ScanDirection":"UP"}""", 400, "ValidationException")]
    [InlineData("transcript", """{"NextToken":"x"}""", 400, "ValidationException")]
    [InlineData("transcript", """{"StartPosition":{}}""", 400, "ValidationException")]
    [InlineData("disconnect", """{"reason":1}""", 400, "ValidationException")]
    [InlineData("start-attachment-upload", """{"AttachmentName":"a","AttachmentSizeInBytes":1,"ContentType":"text/plain"}""", 400, "ValidationException")]
    [InlineData("start-attachment-upload", """{"AttachmentName":"a","AttachmentSizeInBytes":0,"ContentType":"text/plain","ClientToken":"t"}""", 400, "ValidationException")]
    [InlineData("complete-attachment-upload", """{"AttachmentIds":[],"ClientToken":"t"}""", 400, "ValidationException")]
    [InlineData("complete-attachment-upload", """{"AttachmentIds":["other"],"ClientToken":"t"}""", 404, "ResourceNotFoundException")]
    [InlineData("attachment", """{"AttachmentId":"other"}""", 404, "ResourceNotFoundException")]
    [InlineData("connection", """{"Type":["WEBSOCKET"]}""", 403, "AccessDeniedException")]
    [InlineData("views/other", "{}", 404, "ResourceNotFoundException")]
    [InlineData("authentication-url", "{}", 404, "ResourceNotFoundException")]
    public async Task Wrong_requests_are_refused(string operation, string body, int status, string error)
    {
        await using AmazonConnectEmulator backend = await AmazonConnectEmulator.StartAsync(cancellationToken: Deadline.Token);
        using ConnectClient client = new(backend);
        AmazonConnectConversation contact = backend.StartContact("Jane");
        await client.ConnectAsync(contact, isConnecting: true);

        Reply reply = await client.PostAsync(operation, body);

        Assert.Equal((status, error), (reply.Status, (string?)reply["__type"]));
        Assert.Single(backend.Complaints);
        Assert.Empty(contact.VisitorMessages);
        Assert.False(contact.IsEnded);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"Type":[]}""")]
    [InlineData("""{"Type":["WEBRTC_CONNECTION"]}""")]
    [InlineData("""{"Type":["WEBSOCKET","WEBSOCKET"]}""")]
    [InlineData("""{"Type":["WEBSOCKET"],"ConnectParticipant":"yes"}""")]
    [InlineData("""{"Type":["WEBSOCKET"],"DisplayName":"Jane"}""")]
    public async Task Wrong_connections_are_refused(string body)
    {
        await using AmazonConnectEmulator backend = await AmazonConnectEmulator.StartAsync(cancellationToken: Deadline.Token);
        using ConnectClient client = new(backend);
        client.Bearer = backend.StartContact("Jane").ParticipantToken;

        Assert.Equal((400, "ValidationException"), await client.PostAsync("connection", body) is var reply ? (reply.Status, (string?)reply["__type"]) : default);

        Assert.Single(backend.Complaints);
        Assert.Null(backend.Conversation);
    }

    [Fact]
    public async Task Each_operation_has_its_token()
    {
        await using AmazonConnectEmulator backend = await AmazonConnectEmulator.StartAsync(cancellationToken: Deadline.Token);
        using ConnectClient client = new(backend);
        AmazonConnectConversation contact = backend.StartContact("Jane");
        await client.ConnectAsync(contact);

        foreach (string? bearer in new[] { null, "other", contact.ParticipantToken })
        {
            client.Bearer = bearer;
            Assert.Equal(403, (await client.SayAsync("Hello")).Status);
        }

        Assert.Equal(3, backend.Complaints.Count);
        Assert.Empty(contact.VisitorMessages);
    }

    [Fact]
    public async Task Verb_content_type_and_frames_are_checked()
    {
        await using AmazonConnectEmulator backend = await AmazonConnectEmulator.StartAsync(cancellationToken: Deadline.Token);
        using ConnectClient client = new(backend);
        await client.ConnectAsync(backend.StartContact("Jane"));

        Assert.Equal(405, (await client.SendAsync(HttpMethod.Get, "/participant/message")).Status);
        Assert.Equal(400, (await client.SendAsync(HttpMethod.Post, "/participant/message", new StringContent("{}"))).Status);
        using SocketClient socket = await SocketClient.OpenAsync(client.Url);
        await socket.SendAsync("""{"topic":"aws/subscribe","content":{"topics":["aws/all"]}}""");
        await socket.SendAsync("""{"topic":"aws/ping"}""");
        Assert.Equal("aws/ping", (string?)(await socket.ReceiveAsync())["topic"]);

        Assert.Equal(3, backend.Complaints.Count);
    }

    [Fact]
    public async Task What_a_client_cannot_know_is_refused_without_a_complaint()
    {
        await using AmazonConnectEmulator backend = await AmazonConnectEmulator.StartAsync(new AmazonConnectOptions { MaxMessageLength = 5, MaxAttachments = 1, MaxAttachmentSize = 5 }, Deadline.Token);
        using ConnectClient client = new(backend);
        await client.ConnectAsync(backend.StartContact("Jane"), isConnecting: true);

        Assert.Equal(400, (await client.SayAsync("123456")).Status);
        Assert.Equal(400, (await StartAsync(6, "1")).Status);
        Assert.Equal(200, (await StartAsync(5, "2")).Status);
        Assert.Equal((402, "ServiceQuotaExceededException"), await StartAsync(5, "3") is var full ? (full.Status, (string?)full["__type"]) : default);
        Assert.Empty(backend.Complaints);

        Task<Reply> StartAsync(int size, string token) =>
            client.PostAsync("start-attachment-upload", $$"""{"AttachmentName":"a","AttachmentSizeInBytes":{{size}},"ContentType":"text/plain","ClientToken":"{{token}}"}""");
    }
}
