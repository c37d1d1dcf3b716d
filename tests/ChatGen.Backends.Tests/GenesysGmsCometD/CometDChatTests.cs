using System.Text.Json.Nodes;
using ChatGen.Backends.GenesysGmsCometD;
using Xunit;

namespace ChatGen.Backends.Tests.GenesysGmsCometD;

public sealed class CometDChatTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Visitor_and_agent_chat(bool isWebSocket)
    {
        await using GenesysGmsCometDEmulator backend = await GenesysGmsCometDEmulator.StartAsync(cancellationToken: Deadline.Token);
        using CometDClient client = new(backend, isWebSocket);
        GenesysGmsCometDConversation conversation = await client.StartAsync();
        Assert.Equal(("Jane", "1", true), (conversation.VisitorName, conversation.UserData["a"], conversation.IsListenedTo));

        JsonNode sent = (await client.OperateAsync("sendMessage", ""","message":"Hello" """))["data"]!;
        Assert.Equal((0, false, 3, "Hello"), ((int)sent["statusCode"]!, (bool)sent["chatEnded"]!, (int)sent["nextPosition"]!, (string?)Assert.Single(sent["messages"]!.AsArray())!["text"]));
        Assert.Equal((conversation.Id, conversation.UserId, conversation.Alias), ((string?)sent["chatId"], (string?)sent["userId"], (string?)sent["alias"]));

        await conversation.AgentJoinsAsync("Ann");
        await conversation.AgentWritesAsync("Hi");
        Assert.Equal(("ParticipantJoined", 3), Only(await client.ReceiveAsync()));
        Assert.Equal(("Message", 4), Only(await client.ReceiveAsync()));

        await client.OperateAsync("startTyping", ""","message":"By" """);
        Assert.Equal((true, "By"), (conversation.VisitorIsTyping, conversation.VisitorTypedText));
        await client.OperateAsync("stopTyping");
        await client.OperateAsync("updateNickname", ""","nickname":"Janet" """);
        await client.OperateAsync("pushUrl", ""","pushUrl":"https://example.com/" """);
        await client.OperateAsync("customNotice", ""","message":"seen" """);
        await client.OperateAsync("updateData", ""","userData":{"b":"2"}""");
        Assert.Equal((false, "Janet", "2"), (conversation.VisitorIsTyping, conversation.VisitorName, conversation.UserData["b"]));

        JsonNode left = (await client.OperateAsync("disconnect"))["data"]!;
        Assert.Equal((0, true), ((int)left["statusCode"]!, (bool)left["chatEnded"]!));
        Assert.Equal(EmulatedEnd.Visitor, conversation.EndedBy);
        Assert.True((bool)(await client.SendAsync(new JsonObject { ["channel"] = "/meta/disconnect" }))["successful"]!);
        Assert.Empty(backend.Complaints);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Forgotten_client_resumes_the_chat(bool isWebSocket)
    {
        await using GenesysGmsCometDEmulator backend = await GenesysGmsCometDEmulator.StartAsync(cancellationToken: Deadline.Token);
        using CometDClient client = new(backend, isWebSocket);
        GenesysGmsCometDConversation conversation = await client.StartAsync();
        Task<JsonObject> held = client.SendAsync(client.ConnectMessage());
        await backend.WaitForHeldConnectAsync(Deadline.Token);

        await conversation.LoseSessionAsync();
        JsonObject lost = await held;
        Assert.Equal((false, "402::session_unknown", "handshake"), ((bool)lost["successful"]!, (string?)lost["error"], (string?)lost["advice"]!["reconnect"]));
        Assert.False(conversation.IsListenedTo);
        await conversation.AgentJoinsAsync("Ann");
        await conversation.AgentWritesAsync("Hi");
        JsonObject refused = await client.SendAsync(client.ConnectMessage());
        Assert.Equal("402::session_unknown", (string?)refused["error"]);

        await client.OpenAsync();
        JsonNode resumed = (await client.OperateAsync("requestNotifications", ""","transcriptPosition":"2" """))["data"]!;
        Assert.Equal(["ParticipantJoined", "Message"], resumed["messages"]!.AsArray().Select(message => (string?)message!["type"]));
        Assert.Equal(4, (int)resumed["nextPosition"]!);
        await conversation.WaitForListenerAsync(true, Deadline.Token);
        await conversation.AgentWritesAsync("again");
        Assert.Equal(("Message", 4), Only(await client.ReceiveAsync()));
        Assert.Empty(backend.Complaints);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Agent_who_leaves_ends_the_chat(bool isWebSocket)
    {
        await using GenesysGmsCometDEmulator backend = await GenesysGmsCometDEmulator.StartAsync(cancellationToken: Deadline.Token);
        using CometDClient client = new(backend, isWebSocket);
        GenesysGmsCometDConversation conversation = await client.StartAsync();
        await conversation.AgentJoinsAsync("Ann");
        await conversation.AgentLeavesAsync();

        Assert.False((bool)(await client.ReceiveAsync())["chatEnded"]!);
        JsonNode last = await client.ReceiveAsync();
        Assert.Equal((true, 0, ("ParticipantLeft", 3)), ((bool)last["chatEnded"]!, (int)last["statusCode"]!, Only(last)));
        Assert.Equal(2, (int)(await client.OperateAsync("sendMessage", ""","message":"Hello?" """))["data"]!["statusCode"]!);
        Assert.Empty(backend.Complaints);
        await client.OperateAsync("sendMessage", ""","message":"Hello?" """);
        Assert.Single(backend.Complaints);
    }

    [Fact]
    public async Task Visitor_goes_to_the_background()
    {
        await using GenesysGmsCometDEmulator backend = await GenesysGmsCometDEmulator.StartAsync(cancellationToken: Deadline.Token);
        using CometDClient client = new(backend, isWebSocket: true);
        GenesysGmsCometDConversation conversation = await client.StartAsync();

        await client.SendAsync(new JsonObject { ["channel"] = "/meta/disconnect", ["ext"] = new JsonObject { ["transcriptPosition"] = "2" } });

        Assert.Equal((2, false, false), (conversation.BackgroundPosition, conversation.IsListenedTo, conversation.IsEnded));
        await client.OpenAsync();
        await client.OperateAsync("requestNotifications", ""","transcriptPosition":2""");
        Assert.True(conversation.IsListenedTo);
        Assert.Empty(backend.Complaints);
    }

    [Fact]
    public async Task Replies_carry_no_id_if_so_configured()
    {
        await using GenesysGmsCometDEmulator backend = await GenesysGmsCometDEmulator.StartAsync(new GenesysGmsCometDOptions { RepliesCarryId = false }, Deadline.Token);
        using CometDClient client = new(backend, isWebSocket: true);
        await client.OpenAsync();
        await client.SendAsync(new JsonObject { ["channel"] = backend.Channel, ["data"] = JsonNode.Parse("""{"operation":"requestChat","nickname":"Jane"}""") });

        Assert.Equal(backend.Conversation!.SecureKey, (string?)(await client.ReceiveAsync())["secureKey"]);
    }

    [Fact]
    public async Task Files_go_beside()
    {
        await using GenesysGmsCometDEmulator backend = await GenesysGmsCometDEmulator.StartAsync(cancellationToken: Deadline.Token);
        using CometDClient client = new(backend, isWebSocket: true);
        using HttpClient http = new();
        GenesysGmsCometDConversation conversation = await client.StartAsync();

        Reply limits = await PostAsync("fileGetLimits");
        Assert.Equal("file-client-cfg-get", (string?)limits["messages"]![0]!["text"]);
        string id = (string)(await PostAsync("fileUpload", ("file", "a.txt")))["userData"]!["file-id"]!;
        Assert.Equal(id, (await conversation.WaitForFileAsync("a.txt", Deadline.Token)).Id);
        Assert.Equal(("FileUploaded", 2), Only(await client.ReceiveAsync()));
        Assert.Equal([7], (await PostAsync("fileDownload", ("fileId", id))).Content);
        Assert.Equal(200, (await PostAsync("fileDelete", ("fileId", id))).Status);
        Assert.Equal(("FileDeleted", 3), Only(await client.ReceiveAsync()));
        Assert.Empty(backend.Complaints);

        Assert.Equal(400, (await PostAsync("fileGetsLimits")).Status);
        Assert.Equal(404, (await PostAsync("fileDownload", ("fileId", id))).Status);
        client.SecureKey = "other";
        Assert.Equal(8210, (int)(await PostAsync("fileGetLimits"))["errors"]![0]!["code"]!);
        Assert.Equal(3, backend.Complaints.Count);

        Task<Reply> PostAsync(string operation, (string Name, string Value)? more = null)
        {
            MultipartFormDataContent form = new() { { new StringContent(operation), "operation" }, { new StringContent(client.SecureKey), "secureKey" } };
            switch (more)
            {
                case ("file", string name):
                    form.Add(new ByteArrayContent([7]), "file", name);
                    break;
                case (string name, string value):
                    form.Add(new StringContent(value), name);
                    break;
            }

            return Reply.OfAsync(http, new HttpRequestMessage(HttpMethod.Post, backend.FileAddress) { Content = form });
        }
    }

    private static (string?, int) Only(JsonNode data)
    {
        JsonNode message = Assert.Single(data["messages"]!.AsArray())!;
        return ((string?)message["type"], (int)message["index"]!);
    }
}
