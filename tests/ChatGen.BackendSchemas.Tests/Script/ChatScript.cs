using System.Text;

namespace ChatGen.BackendSchemas.Tests.Script;

/// <summary>The one chat that runs over every backend. A backend adds a bench and nothing else.</summary>
public abstract class ChatScript
{
    /// <summary>Starts a backend of the kind that the class is about.</summary>
    protected abstract Task<Bench> StartBenchAsync();

    [Fact]
    public async Task A_chat_runs_from_its_start_to_the_agent_s_leaving()
    {
        await using Bench bench = await StartBenchAsync();
        var surroundings = new Surroundings();
        await using (IVisitor visitor = await bench.StartAsync(surroundings, Deadline.Token))
        {
            EmulatedConversation conversation = await bench.Emulator.WaitForConversationAsync(Deadline.Token);
            await conversation.AgentJoinsAsync("Mary");
            Seen connected = await visitor.SeeAsync("agentConnected", seen => !bench.Traits.NamesAgent || seen.Who == "Mary");
            Assert.False(connected.Restored);

            await visitor.SendMessageAsync("Where is my parcel?", Deadline.Token);
            await conversation.WaitForMessageAsync("Where is my parcel?", Deadline.Token);
            if (bench.Traits.EchoesVisitor)
            {
                await visitor.HearAsync("Where is my parcel?");
            }

            await conversation.AgentWritesAsync("One moment, please. ☕");
            Seen heard = await visitor.HearAsync("One moment, please. ☕");
            Assert.False(heard.Restored);

            await TypeAsync(bench, visitor, conversation);
            await AttachAsync(bench, visitor, conversation);
            await ExchangeFilesAsync(bench, visitor, conversation);
            if (bench.Traits.HasHistory)
            {
                IReadOnlyList<ChatEvent> transcript = await visitor.GetTranscriptAsync(Deadline.Token);
                Assert.Contains(transcript, entry => visitor.See(entry).Text == "One moment, please. ☕");
                Assert.Contains(transcript, entry => visitor.See(entry).Text == "Where is my parcel?");
            }

            await conversation.AgentLeavesAsync();
            Seen ended = await visitor.SeeAsync("sessionEnded");
            Assert.Equal("agent", ended.Reason);
            await AssertIsOverAsync(visitor, surroundings);
        }

        AssertOrderly(bench, surroundings);
    }

    [Fact]
    public async Task A_chat_is_over_when_the_visitor_leaves()
    {
        await using Bench bench = await StartBenchAsync();
        var surroundings = new Surroundings();
        await using (IVisitor visitor = await bench.StartAsync(surroundings, Deadline.Token))
        {
            EmulatedConversation conversation = await TalkAsync(bench, visitor);

            await visitor.LeaveAsync(Deadline.Token);

            await conversation.WaitForEndAsync(Deadline.Token);
            Assert.Equal(EmulatedEnd.Visitor, conversation.EndedBy);
            IReadOnlyList<Seen> all = await visitor.AllAsync();
            Assert.Equal("sessionEnded", all[^1].Event);
            Assert.Equal("leaveRequest", all[^1].Reason);
            Assert.Single(all, seen => seen.Event == "sessionEnded");
            Assert.DoesNotContain(all, seen => seen.Event is "error" or "unknown");
            await AssertIsOverAsync(visitor, surroundings);
        }

        AssertOrderly(bench, surroundings);
    }

    [Fact]
    public async Task A_chat_goes_on_in_another_program_that_has_nothing_but_the_stored_state()
    {
        await using Bench bench = await StartBenchAsync();
        var first = new Surroundings();
        EmulatedConversation conversation;
        await using (IVisitor visitor = await bench.StartAsync(first, Deadline.Token))
        {
            conversation = await TalkAsync(bench, visitor);
            await visitor.SendMessageAsync("I must go now.", Deadline.Token);
            await visitor.SendMessageAsync("Until later.", Deadline.Token);
        }

        await conversation.WaitForMessageAsync("Until later.", Deadline.Token);
        await conversation.AgentWritesAsync("Are you still there?");
        Surroundings second = await first.ElsewhereAsync(Deadline.Token);
        await using (IVisitor? restored = await bench.RestoreAsync(second, Deadline.Token))
        {
            Assert.NotNull(restored);
            if (bench.Traits.HasHistory)
            {
                Assert.True((await restored.HearAsync("One moment, please.")).Restored);
                await restored.HearAsync("Are you still there?");
            }

            await restored.SendMessageAsync("Here I am.", Deadline.Token);
            await conversation.WaitForMessageAsync("Here I am.", Deadline.Token);
            await restored.SendTypingAsync(isTyping: true, null, Deadline.Token);
            await conversation.WaitForTypingAsync(isTyping: true, Deadline.Token);
            await conversation.AgentWritesAsync("Good.");
            Assert.False((await restored.HearAsync("Good.")).Restored);
            await conversation.AgentLeavesAsync();
            await restored.SeeAsync("sessionEnded");

            IReadOnlyList<Seen> all = await restored.AllAsync();
            Assert.Single(all, seen => seen.Text == "Good.");
            Assert.Equal(bench.Traits.HasHistory ? 1 : 0, all.Count(seen => seen.Text == "One moment, please."));
            Assert.Single(all, seen => seen.Text == "Are you still there?");
            Assert.DoesNotContain(all, seen => seen.Event is "error" or "unknown");
            await AssertIsOverAsync(restored, second);
        }

        AssertOrderly(bench, second);
        Assert.Single(bench.Emulator.Conversations);
    }

    [Fact]
    public async Task A_chat_goes_on_in_another_process()
    {
        await using Bench bench = await StartBenchAsync();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("chatgen-");
        try
        {
            string stateFile = Path.Combine(folder.FullName, "state.json");
            var surroundings = new Surroundings { Storage = new FileChatStateStorage(stateFile, TimeSpan.FromMinutes(5)) };
            EmulatedConversation conversation;
            await using (IVisitor visitor = await bench.StartAsync(surroundings, Deadline.Token))
            {
                conversation = await TalkAsync(bench, visitor);
            }

            await using OtherProgram program = OtherProgram.Start(bench.Name, stateFile);
            await conversation.WaitForMessageAsync(OtherProgram.Message, Deadline.Token);
            await conversation.AgentWritesAsync(OtherProgram.Answer);

            Assert.Equal(OtherProgram.Heard, await program.ReadLineAsync(Deadline.Token));
            Assert.Empty(bench.Emulator.Complaints);
            Assert.Single(bench.Emulator.Conversations);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Without_stored_state_there_is_nothing_to_restore_and_nothing_is_sent()
    {
        await using Bench bench = await StartBenchAsync();

        Assert.Null(await bench.RestoreAsync(new Surroundings(), Deadline.Token));

        Assert.Empty(bench.Emulator.Requests);
    }

    [Fact]
    public async Task A_session_that_lives_elsewhere_is_followed_and_nothing_is_missed()
    {
        await using Bench bench = await StartBenchAsync();
        var surroundings = new Surroundings();
        await using (IVisitor visitor = await bench.StartAsync(surroundings, Deadline.Token))
        {
            EmulatedConversation conversation = await TalkAsync(bench, visitor);

            await conversation.LoseSessionAsync();
            await conversation.AgentWritesAsync("Do you hear me?");

            await visitor.HearAsync("Do you hear me?");
            await AssertGoesOnAsync(visitor, conversation, surroundings);

            await conversation.AgentLeavesAsync();
            Assert.Equal("agent", (await visitor.SeeAsync("sessionEnded")).Reason);
            IReadOnlyList<Seen> all = await visitor.AllAsync();
            Assert.Single(all, seen => seen.Text == "One moment, please.");
            Assert.Single(all, seen => seen.Text == "Do you hear me?");
        }

        AssertOrderly(bench, surroundings);
    }

    /// <summary>Brings a chat to where both have said something.</summary>
    protected static async Task<EmulatedConversation> TalkAsync(Bench bench, IVisitor visitor)
    {
        EmulatedConversation conversation = await bench.Emulator.WaitForConversationAsync(Deadline.Token);
        await conversation.AgentJoinsAsync("Mary");
        await visitor.SendMessageAsync("Where is my parcel?", Deadline.Token);
        await conversation.WaitForMessageAsync("Where is my parcel?", Deadline.Token);
        await conversation.AgentWritesAsync("One moment, please.");
        await visitor.HearAsync("One moment, please.");
        return conversation;
    }

    /// <summary>The session is live, its state is stored, and both can be heard.</summary>
    protected static async Task AssertGoesOnAsync(IVisitor visitor, EmulatedConversation conversation, Surroundings surroundings)
    {
        Assert.True(visitor.Session.IsActive);
        Assert.NotNull(await surroundings.Storage.ReadAsync(Deadline.Token));
        await visitor.SendMessageAsync("Let us go on.", Deadline.Token);
        await conversation.WaitForMessageAsync("Let us go on.", Deadline.Token);
        await conversation.AgentWritesAsync("So be it.");
        await visitor.HearAsync("So be it.");
        Assert.Single(conversation.VisitorMessages, "Let us go on.");
    }

    /// <summary>The session is over on this side, and nothing is left of it.</summary>
    protected static async Task AssertIsOverAsync(IVisitor visitor, Surroundings surroundings)
    {
        // The session clears its state after it has told that it is over.
        await visitor.Session.DisposeAsync();
        Assert.False(visitor.Session.IsActive);
        Assert.Null(await surroundings.Storage.ReadAsync(Deadline.Token));
    }

    /// <summary>The backend has nothing to complain of, and nothing that was said in confidence stands in the log.</summary>
    protected static void AssertOrderly(Bench bench, Surroundings surroundings)
    {
        Assert.Empty(bench.Emulator.Complaints);
        string[] secrets = [.. bench.Secrets, "Where is my parcel?", "One moment"];
        Assert.NotEmpty(surroundings.Log.Lines);
        Assert.All(surroundings.Log.Lines, line => Assert.All(secrets, secret => Assert.DoesNotContain(secret, line, StringComparison.Ordinal)));
    }

    private static async Task TypeAsync(Bench bench, IVisitor visitor, EmulatedConversation conversation)
    {
        await visitor.SendTypingAsync(isTyping: true, bench.Traits.TakesTypedText ? "It is gre" : null, Deadline.Token);
        await conversation.WaitForTypingAsync(isTyping: true, Deadline.Token);
        if (bench.Traits.TakesTypedText)
        {
            await conversation.WaitUntilAsync(() => conversation.VisitorTypedText == "It is gre", Deadline.Token);
        }

        if (bench.Traits.TakesStopOfTyping)
        {
            await visitor.SendTypingAsync(isTyping: false, null, Deadline.Token);
            await conversation.WaitForTypingAsync(isTyping: false, Deadline.Token);
        }

        await conversation.AgentTypesAsync(isTyping: true);
        await visitor.SeeAsync("agentTyping", seen => seen.IsTyping == true);
        if (bench.Traits.TellsStopOfTyping)
        {
            await conversation.AgentTypesAsync(isTyping: false);
            await visitor.SeeAsync("agentTyping", seen => seen.IsTyping == false);
        }
    }

    private static async Task AttachAsync(Bench bench, IVisitor visitor, EmulatedConversation conversation)
    {
        if (bench.Traits.HasUserData)
        {
            await visitor.SetUserDataAsync("order & more", "4711 ü", Deadline.Token);
            await conversation.WaitForUserDataAsync("order & more", "4711 ü", Deadline.Token);
        }
    }

    private static async Task ExchangeFilesAsync(Bench bench, IVisitor visitor, EmulatedConversation conversation)
    {
        if (!bench.Traits.HasFiles)
        {
            return;
        }

        if (bench.Traits.HasFileLimits)
        {
            Assert.InRange((await visitor.GetMaxFilesAsync(Deadline.Token)).GetValueOrDefault(), 1, 1000);
        }

        string? id = bench.Traits.SendsFiles ? await SendFileAsync(visitor, conversation) : null;
        byte[] picture = [0x89, .. "PNG"u8, 0, 255, 13, 10];
        await conversation.AgentSendsFileAsync("parcel.png", "image/png", picture);
        Seen told = await visitor.SeeAsync("fileReceived", seen => seen.FileId != id);
        await using (ChatFile fetched = await visitor.DownloadFileAsync(told.FileId!, Deadline.Token))
        {
            using var content = new MemoryStream();
            await fetched.Content.CopyToAsync(content, Deadline.Token);
            Assert.Equal(picture, content.ToArray());
            Assert.Equal("image/png", fetched.ContentType);
            Assert.Equal(bench.Traits.NamesFetchedFiles ? "parcel.png" : "file", fetched.Name);
        }

        if (bench.Traits.HasFileLimits && id is not null)
        {
            await visitor.DeleteFileAsync(id, Deadline.Token);
            await conversation.WaitUntilAsync(() => conversation.Files[0].IsDeleted, Deadline.Token);
        }
    }

    private static async Task<string> SendFileAsync(IVisitor visitor, EmulatedConversation conversation)
    {
        byte[] sent = Encoding.UTF8.GetBytes("Receipt of ordér 4711\0");
        string id = await visitor.SendFileAsync(new ChatFile("receipt \"4711\".txt", new MemoryStream(sent), "text/plain"), Deadline.Token);
        EmulatedFile arrived = await conversation.WaitForFileAsync("receipt \"4711\".txt", Deadline.Token);
        Assert.Equal(id, arrived.Id);
        Assert.Equal("text/plain", arrived.ContentType);
        Assert.Equal(sent, arrived.Content.ToArray());
        return id;
    }
}
