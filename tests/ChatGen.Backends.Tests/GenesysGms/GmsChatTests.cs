using System.Text.Json.Nodes;
using ChatGen.Backends.GenesysGms;
using Xunit;

namespace ChatGen.Backends.Tests.GenesysGms;

public sealed class GmsChatTests
{
    [Fact]
    public async Task Requested_chat_tells_its_secrets_and_no_position()
    {
        await using GenesysGmsEmulator backend = await GenesysGmsEmulator.StartAsync(cancellationToken: Deadline.Token);
        using GmsClient client = new(backend);

        Reply reply = await client.StartAsync(("firstName", "Jane"), ("lastName", "Doe"), ("text", "Hello"), ("subject", "Help"), ("emailAddress", "jane@example.com"), ("userData[TimeZone]", "60"));

        GenesysGmsConversation conversation = await backend.WaitForConversationAsync(Deadline.Token);
        Assert.Equal(["statusCode", "alias", "chatId", "userId", "secureKey", "chatEnded", "messages"], reply.Json.Select(member => member.Key));
        Assert.Equal((0, conversation.Id, conversation.UserId, conversation.SecureKey, false), ((int)reply["statusCode"]!, (string?)reply["chatId"], (string?)reply["userId"], (string?)reply["secureKey"], (bool)reply["chatEnded"]!));
        Assert.Equal(("Jane Doe", "60"), (conversation.VisitorName, conversation.UserData["TimeZone"]));
        Assert.Equal(["Hello"], conversation.VisitorMessages);
        Assert.Empty(backend.Complaints);
    }

    [Fact]
    public async Task Refresh_shows_the_transcript_from_a_position_on()
    {
        await using GenesysGmsEmulator backend = await GenesysGmsEmulator.StartAsync(cancellationToken: Deadline.Token);
        using GmsClient client = new(backend);
        await client.StartAsync();
        GenesysGmsConversation conversation = backend.Conversation!;
        await conversation.AgentJoinsAsync("Ann");
        await conversation.AgentTypesAsync(true);
        await conversation.AgentWritesAsync("Hi");
        Reply sent = await client.DoAsync("send", ("message", "Héllo & goodbye"), ("messageType", "text"), ("transcriptPosition", "2"));

        Assert.Equal(6, (int)sent["nextPosition"]!);
        JsonArray messages = sent["messages"]!.AsArray();
        Assert.Equal(["ParticipantJoined", "TypingStarted", "Message", "Message"], messages.Select(message => (string?)message!["type"]));
        Assert.Equal([2, 3, 4, 5], messages.Select(message => (int)message!["index"]!));
        Assert.Equal(("Ann", 2, "Agent", "Hi"), ((string?)messages[2]!["from"]!["nickname"], (int)messages[2]!["from"]!["participantId"]!, (string?)messages[2]!["from"]!["type"], (string?)messages[2]!["text"]));
        Assert.Equal(("Client", "Héllo & goodbye", "text"), ((string?)messages[3]!["from"]!["type"], (string?)messages[3]!["text"], (string?)messages[3]!["messageType"]));
        await conversation.WaitForMessageAsync("Héllo & goodbye", Deadline.Token);

        Assert.Empty(await client.RefreshAsync(6));
        Assert.Equal(5, (await client.RefreshAsync(1)).Length);
        Assert.Equal(5, (await client.DoAsync("refresh", ("message", "")))["messages"]!.AsArray().Count);
        Assert.False((await client.DoAsync("startTyping")).Json.ContainsKey("nextPosition"));
        Assert.Empty(backend.Complaints);
    }

    [Fact]
    public async Task Visitor_does_what_visitors_do()
    {
        await using GenesysGmsEmulator backend = await GenesysGmsEmulator.StartAsync(cancellationToken: Deadline.Token);
        using GmsClient client = new(backend);
        await client.StartAsync();
        GenesysGmsConversation conversation = backend.Conversation!;

        await client.DoAsync("startTyping", ("message", "He"));
        Assert.Equal((true, "He"), (conversation.VisitorIsTyping, conversation.VisitorTypedText));
        await client.DoAsync("stopTyping");
        Assert.Equal((false, null), (conversation.VisitorIsTyping, conversation.VisitorTypedText));
        await client.DoAsync("pushUrl", ("pushUrl", "https://example.com/"));
        await client.DoAsync("updateNickname", ("nickname", "Janet"));
        await client.DoAsync("customNotice", ("message", "seen"));
        await client.DoAsync("updateData", ("userData[a]", "1"), ("userData[b c]", "2"));
        await client.DoAsync("readReceipt", ("transcriptPosition", "3"));

        Assert.Equal("Janet", conversation.VisitorName);
        Assert.Equal(new Dictionary<string, string> { ["a"] = "1", ["b c"] = "2" }, conversation.UserData);
        Assert.Equal(3, conversation.ReadPosition);
        Assert.Equal(["TypingStarted", "TypingStopped", "PushUrl", "NicknameUpdated", "CustomNotice"], (await client.RefreshAsync(2)).Select(message => (string?)message["type"]));

        Reply left = await client.DoAsync("disconnect");
        Assert.Equal((0, true), ((int)left["statusCode"]!, (bool)left["chatEnded"]!));
        Assert.Equal(EmulatedEnd.Visitor, conversation.EndedBy);
        Assert.Empty(backend.Complaints);
        Assert.All(backend.Requests, request => Assert.Equal(200, request.Status));
    }

    [Fact]
    public async Task Agent_who_leaves_ends_the_chat()
    {
        await using GenesysGmsEmulator backend = await GenesysGmsEmulator.StartAsync(cancellationToken: Deadline.Token);
        using GmsClient client = new(backend);
        await client.StartAsync();
        await backend.Conversation!.AgentJoinsAsync("Ann");
        await backend.Conversation!.AgentLeavesAsync();

        Reply last = await client.DoAsync("refresh", ("transcriptPosition", "3"));
        Assert.Equal((0, true, "ParticipantLeft"), ((int)last["statusCode"]!, (bool)last["chatEnded"]!, (string?)last["messages"]![0]!["type"]));

        Assert.Equal((2, true), await StatusAsync("send"));
        Assert.Empty(backend.Complaints);
        Assert.Equal((2, true), await StatusAsync("send"));
        Assert.Contains("has ended", Assert.Single(backend.Complaints));

        async Task<(int, bool)> StatusAsync(string operation)
        {
            Reply reply = await client.DoAsync(operation, ("message", "Hello?"));
            return ((int)reply["statusCode"]!, (bool)reply["chatEnded"]!);
        }
    }

    [Fact]
    public async Task Agents_change_and_show_pages()
    {
        await using GenesysGmsEmulator backend = await GenesysGmsEmulator.StartAsync(cancellationToken: Deadline.Token);
        using GmsClient client = new(backend);
        await client.StartAsync();
        GenesysGmsConversation conversation = backend.Conversation!;
        await Assert.ThrowsAsync<InvalidOperationException>(() => conversation.AgentWritesAsync("Hi"));
        await conversation.AgentJoinsAsync("Ann");
        await conversation.AgentPushesUrlAsync(new Uri("https://example.com/"));
        await conversation.AgentSendsNoticeAsync("note");
        await conversation.AgentHandsOverAsync();
        await conversation.AgentJoinsAsync("Bob");

        JsonObject[] entries = await client.RefreshAsync(2);
        Assert.Equal(
            [("ParticipantJoined", "Ann", null), ("PushUrl", "Ann", "https://example.com/"), ("CustomNotice", "Ann", "note"), ("ParticipantLeft", "Ann", null), ("ParticipantJoined", "Bob", null)],
            entries.Select(entry => ((string?)entry["type"], (string?)entry["from"]!["nickname"], (string?)entry["text"])));
        Assert.False(conversation.IsEnded);
    }

    [Fact]
    public async Task Newest_alias_has_to_be_sent()
    {
        await using GenesysGmsEmulator backend = await GenesysGmsEmulator.StartAsync(cancellationToken: Deadline.Token);
        using GmsClient client = new(backend);
        await client.StartAsync();
        string first = client.Session["alias"];
        await backend.Conversation!.LoseSessionAsync();

        Reply told = await client.DoAsync("refresh");
        Assert.NotEqual(first, (string?)told["alias"]);
        Assert.Equal(200, (await client.DoAsync("refresh")).Status);
        Assert.Empty(backend.Complaints);
        Assert.Equal(400, (await client.DoAsync("refresh")).Status);
        Assert.Contains("alias", Assert.Single(backend.Complaints));
        client.Session["alias"] = (string)told["alias"]!;
        Assert.Equal(200, (await client.DoAsync("refresh")).Status);
    }

    [Fact]
    public async Task Failures_of_the_server_come_as_status_codes()
    {
        await using GenesysGmsEmulator backend = await GenesysGmsEmulator.StartAsync(cancellationToken: Deadline.Token);
        using GmsClient client = new(backend);
        await client.StartAsync();
        backend.Conversation!.FailRequests(1);

        Reply failed = await client.DoAsync("send", ("message", "Hello"));
        Assert.Equal((200, 1, false, "untrusted"), (failed.Status, (int)failed["statusCode"]!, (bool)failed["chatEnded"]!, (string?)failed["secureKey"]));
        Assert.Empty(backend.Conversation!.VisitorMessages);
        Assert.Equal(0, (int)(await client.DoAsync("send", ("message", "Hello")))["statusCode"]!);
        backend.Conversation!.Break();
        Assert.Equal(2, (int)(await client.DoAsync("refresh"))["statusCode"]!);
    }
}
