using System.Net.WebSockets;
using System.Text.Json.Nodes;
using ChatGen.Backends.AmazonConnect;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatGen.Backends.Tests.AmazonConnect;

public sealed class ConnectChatTests
{
    [Fact]
    public async Task Customer_and_agent_chat()
    {
        await using AmazonConnectEmulator backend = await AmazonConnectEmulator.StartAsync(cancellationToken: Deadline.Token);
        using ConnectClient client = new(backend);
        AmazonConnectConversation contact = backend.StartContact("Jane", new Dictionary<string, string> { ["a"] = "1" });
        Assert.Null(backend.Conversation);
        await client.ConnectAsync(contact);
        Assert.Same(contact, await backend.WaitForConversationAsync(Deadline.Token));
        Task joins = contact.AgentJoinsAsync("Ann");
        Assert.False(joins.IsCompleted);

        using SocketClient socket = await SocketClient.OpenAsync(client.Url);
        await socket.SendAsync(ConnectClient.Subscription);
        Assert.Equal("""{"topic":"aws/subscribe","content":{"status":"success","topics":["aws/chat"]}}""", await socket.ReceiveTextAsync());
        await joins.WaitAsync(Deadline.Token);
        Assert.Equal(("EVENT", ConnectClient.Event + "participant.joined", "CUSTOMER"), Kind(await ConnectClient.ReceiveItemAsync(socket)));
        Assert.Equal(("EVENT", ConnectClient.Event + "participant.joined", "AGENT"), Kind(await ConnectClient.ReceiveItemAsync(socket)));
        await socket.SendAsync("""{"topic":"aws/heartbeat"}""");
        Assert.Equal("""{"topic":"aws/heartbeat"}""", await socket.ReceiveTextAsync());

        Reply sent = await client.SayAsync("Hello");
        JsonNode echo = await ConnectClient.ReceiveItemAsync(socket);
        Assert.Equal(("MESSAGE", "text/plain", "CUSTOMER"), Kind(echo));
        Assert.Equal((200, (string?)echo["Id"], (string?)echo["AbsoluteTime"], "Hello", "Jane"), (sent.Status, (string?)sent["Id"], (string?)sent["AbsoluteTime"], (string?)echo["Content"], (string?)echo["DisplayName"]));
        await client.PostAsync("event", $$"""{"ContentType":"{{ConnectClient.Event}}typing"}""");
        Assert.True(contact.VisitorIsTyping);
        await contact.AgentTypesAsync(true);
        Assert.Equal(("EVENT", ConnectClient.Event + "typing", "AGENT"), Kind(await ConnectClient.ReceiveItemAsync(socket)));
        await contact.AgentWritesAsync("Hi");
        JsonNode hi = await ConnectClient.ReceiveItemAsync(socket);
        await client.PostAsync("event", new JsonObject { ["ContentType"] = ConnectClient.Event + "message.read", ["Content"] = $$"""{"messageId":"{{hi["Id"]}}"}""" }.ToJsonString());
        Assert.Equal([(string)hi["Id"]!], contact.ReadMessages);

        Assert.Equal("{}", (await client.PostAsync("disconnect", """{"ClientToken":"t"}""")).Text);
        Assert.Equal(EmulatedEnd.Visitor, contact.EndedBy);
        Assert.Equal(("EVENT", ConnectClient.Event + "participant.left", "CUSTOMER"), Kind(await ConnectClient.ReceiveItemAsync(socket)));
        Assert.Equal(("EVENT", ConnectClient.Event + "chat.ended", "SYSTEM"), Kind(await ConnectClient.ReceiveItemAsync(socket)));
        Assert.Null(await socket.ReceiveTextAsync());
        Assert.Empty(backend.Complaints);
    }

    [Fact]
    public async Task Message_with_the_same_token_is_delivered_once()
    {
        await using AmazonConnectEmulator backend = await AmazonConnectEmulator.StartAsync(cancellationToken: Deadline.Token);
        using ConnectClient client = new(backend);
        AmazonConnectConversation contact = backend.StartContact("Jane");
        await client.ConnectAsync(contact, isConnecting: true);
        Assert.True(contact.IsJoined);
        backend.Answer(request => request.Path == "/participant/message", EmulatorAnswer.Abort().AfterProcessing());

        await Assert.ThrowsAsync<HttpRequestException>(() => client.SayAsync("Hello", "t"));
        Reply again = await client.SayAsync("Hello", "t");
        Reply third = await client.SayAsync("Hello", "t");

        Assert.Equal(["Hello"], contact.VisitorMessages);
        Assert.Equal((string?)again["Id"], (string?)third["Id"]);
        Assert.Equal(200, (await client.PostAsync("disconnect", """{"ClientToken":"t"}""")).Status);
        Assert.Equal(200, (await client.PostAsync("disconnect", """{"ClientToken":"t"}""")).Status);
        Assert.Empty(backend.Complaints);
    }

    [Fact]
    public async Task Token_of_a_message_is_not_used_for_another_one()
    {
        await using AmazonConnectEmulator backend = await AmazonConnectEmulator.StartAsync(cancellationToken: Deadline.Token);
        using ConnectClient client = new(backend);
        AmazonConnectConversation contact = backend.StartContact("Jane");
        await client.ConnectAsync(contact, isConnecting: true);
        await client.SayAsync("Hello", "t");

        Reply other = await client.SayAsync("Other", "t");

        Assert.Equal((409, "ConflictException"), (other.Status, (string?)other["__type"]));
        Assert.Equal(["Hello"], contact.VisitorMessages);
        Assert.Single(backend.Complaints);
    }

    [Fact]
    public async Task What_was_missed_is_in_the_transcript()
    {
        await using AmazonConnectEmulator backend = await AmazonConnectEmulator.StartAsync(cancellationToken: Deadline.Token);
        using ConnectClient client = new(backend);
        AmazonConnectConversation contact = backend.StartContact("Jane");
        await client.ConnectAsync(contact, isConnecting: true);
        await contact.AgentJoinsAsync("Ann");
        SocketClient socket = await client.ListenAsync();
        await contact.LoseSessionAsync();
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ReceiveTextAsync());
        socket.Dispose();
        foreach (string text in new[] { "1", "2", "3" })
        {
            await contact.AgentWritesAsync(text);
        }

        Reply all = await client.PostAsync("transcript", "{}");
        Assert.Equal([null, null, "1", "2", "3"], Texts(all));
        Assert.Equal(contact.Id, (string?)all["InitialContactId"]);
        string second = (string)all["Transcript"]![3]!["Id"]!;
        Assert.Equal(["2", "3"], Texts(await client.PostAsync("transcript", $$"""{"StartPosition":{"Id":"{{second}}"},"ScanDirection":"FORWARD"}""")));
        Assert.Equal(["3", "2"], Texts(await client.PostAsync("transcript", """{"SortOrder":"DESCENDING","MaxResults":2}""")));
        Assert.Equal(["2", "3"], Texts(await client.PostAsync("transcript", """{"ScanDirection":"FORWARD","StartPosition":{"MostRecent":2}}""")));
        Reply page = await client.PostAsync("transcript", """{"MaxResults":2}""");
        Assert.Equal(["2", "3"], Texts(page));
        Assert.Equal([null, "1"], Texts(await client.PostAsync("transcript", $$"""{"MaxResults":2,"NextToken":"{{page["NextToken"]}}"}""")));

        await client.ConnectAsync(contact);
        using SocketClient next = await client.ListenAsync();
        await contact.AgentWritesAsync("4");
        Assert.Equal("4", (string?)(await ConnectClient.ReceiveItemAsync(next))["Content"]);
        Assert.Empty(backend.Complaints);

        static IEnumerable<string?> Texts(Reply reply) => reply["Transcript"]!.AsArray().Select(item => (string?)item!["Content"]);
    }

    [Fact]
    public async Task Agent_who_leaves_ends_the_contact()
    {
        await using AmazonConnectEmulator backend = await AmazonConnectEmulator.StartAsync(cancellationToken: Deadline.Token);
        using ConnectClient client = new(backend);
        AmazonConnectConversation contact = backend.StartContact("Jane");
        await client.ConnectAsync(contact, isConnecting: true);
        await contact.AgentJoinsAsync("Ann");
        using SocketClient socket = await client.ListenAsync();
        await contact.AgentLeavesAsync();

        Assert.Equal(("EVENT", ConnectClient.Event + "participant.left", "AGENT"), Kind(await ConnectClient.ReceiveItemAsync(socket)));
        Assert.Equal(("EVENT", ConnectClient.Event + "chat.ended", "SYSTEM"), Kind(await ConnectClient.ReceiveItemAsync(socket)));
        Assert.Null(await socket.ReceiveTextAsync());
        Reply late = await client.SayAsync("Hello?");
        Assert.Equal((403, "AccessDeniedException", "AccessDeniedException"), (late.Status, (string?)late["__type"], late.Headers.GetValues("x-amzn-ErrorType").Single()));
        Assert.Empty(backend.Complaints);
        await client.SayAsync("Hello?");
        Assert.Single(backend.Complaints);
    }

    [Fact]
    public async Task Files_go_both_ways()
    {
        await using AmazonConnectEmulator backend = await AmazonConnectEmulator.StartAsync(cancellationToken: Deadline.Token);
        using ConnectClient client = new(backend);
        AmazonConnectConversation contact = backend.StartContact("Jane");
        await client.ConnectAsync(contact, isConnecting: true);
        await contact.AgentJoinsAsync("Ann");
        using SocketClient socket = await client.ListenAsync();
        string bearer = client.Bearer!;

        Reply start = await client.PostAsync("start-attachment-upload", """{"AttachmentName":"a.txt","AttachmentSizeInBytes":5,"ContentType":"text/plain","ClientToken":"1"}""");
        string complete = $$"""{"AttachmentIds":["{{start["AttachmentId"]}}"],"ClientToken":"2"}""";
        Assert.Equal(409, (await client.PostAsync("complete-attachment-upload", complete)).Status);
        client.Bearer = null;
        Assert.Equal(403, await PutAsync("Hello", isMarked: false));
        Assert.Equal(400, await PutAsync("Hi", isMarked: true));
        Assert.Equal(3, backend.Complaints.Count);
        Assert.Equal(200, await PutAsync("Hello", isMarked: true));
        client.Bearer = bearer;
        Assert.Equal("{}", (await client.PostAsync("complete-attachment-upload", complete)).Text);
        Assert.Equal("{}", (await client.PostAsync("complete-attachment-upload", complete)).Text);

        JsonNode item = await ConnectClient.ReceiveItemAsync(socket);
        Assert.Equal(("ATTACHMENT", "text/plain", "CUSTOMER"), Kind(item));
        Assert.Equal((string?)start["AttachmentId"], (string?)item["Attachments"]![0]!["AttachmentId"]);
        Assert.Equal("Hello"u8.ToArray(), (await contact.WaitForFileAsync("a.txt", Deadline.Token)).Content.ToArray());

        await contact.AgentSendsFileAsync("b.png", "image/png", [1, 2, 3]);
        JsonNode sent = (await ConnectClient.ReceiveItemAsync(socket))["Attachments"]![0]!;
        Reply attachment = await client.PostAsync("attachment", $$"""{"AttachmentId":"{{sent["AttachmentId"]}}"}""");
        client.Bearer = null;
        Assert.Equal([1, 2, 3], (await client.SendAsync(HttpMethod.Get, (string)attachment["Url"]!)).Content);
        Assert.Equal(3, backend.Complaints.Count);

        async Task<int> PutAsync(string text, bool isMarked)
        {
            StringContent content = new(text, mediaType: new("text/plain"));
            content.Headers.ContentType!.CharSet = null;
            JsonObject headers = start["UploadMetadata"]!["HeadersToInclude"]!.AsObject();
            Assert.Equal("text/plain", (string?)headers["Content-Type"]);
            if (isMarked)
            {
                content.Headers.Add("x-amz-meta-upload", (string)headers["x-amz-meta-upload"]!);
            }

            return (await client.SendAsync(HttpMethod.Put, (string)start["UploadMetadata"]!["Url"]!, content)).Status;
        }
    }

    [Fact]
    public async Task Address_of_a_WebSocket_is_good_once_and_for_a_time()
    {
        FakeTimeProvider time = new();
        await using AmazonConnectEmulator backend = await AmazonConnectEmulator.StartAsync(new AmazonConnectOptions { TimeProvider = time }, Deadline.Token);
        using ConnectClient client = new(backend);
        AmazonConnectConversation contact = backend.StartContact("Jane");
        await client.ConnectAsync(contact);
        (await client.ListenAsync()).Dispose();
        await Assert.ThrowsAsync<WebSocketException>(() => client.ListenAsync());
        Assert.Equal(403, backend.Requests[^1].Status);

        await client.ConnectAsync(contact);
        time.Advance(TimeSpan.FromSeconds(101));
        await Assert.ThrowsAsync<WebSocketException>(() => client.ListenAsync());
        Assert.Equal(2, backend.Complaints.Count);
    }

    private static (string?, string?, string?) Kind(JsonNode item) => ((string?)item["Type"], (string?)item["ContentType"], (string?)item["ParticipantRole"]);
}
