using ChatGen.Testing.Tests.Chat;
using ChatGen.Testing.Tests.Clients;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatGen.Testing.Tests.Recovery;

/// <summary>A chat comes through what its program cannot prevent.</summary>
public sealed class ChatRecoveryTests
{
    public static TheoryData<bool> Transports { get; } = [true, false];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Chat_goes_on_when_its_connection_was_dropped(bool disableWebSockets)
    {
        await using ChatBackend backend = await StartAsync();
        await using ChatClient client = new();
        await using ChatSession chat = await StartAsync(client, backend, disableWebSockets);
        await using IAsyncEnumerator<ChatEvent> events = chat.ReadEventsAsync(Deadline.Token).GetAsyncEnumerator(Deadline.Token);
        ChatBackendSession session = backend.Sessions[0];
        await session.Agent.SendAsync("Before");
        await ReadMessageAsync(events, "Before");

        backend.Faults.DropConnections();
        await session.Agent.SendAsync("Meanwhile");

        await ReadMessageAsync(events, "Meanwhile");
        await AssertGoesOnAsync(chat, session, events);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Chat_that_was_offline_catches_up(bool disableWebSockets)
    {
        await using ChatBackend backend = await StartAsync();
        await using ChatClient client = new();
        await using ChatSession chat = await StartAsync(client, backend, disableWebSockets);
        await using IAsyncEnumerator<ChatEvent> events = chat.ReadEventsAsync(Deadline.Token).GetAsyncEnumerator(Deadline.Token);
        ChatBackendSession session = backend.Sessions[0];
        Task<ChatBackendRequest> attempt = backend.Requests.WaitForNextAsync(request => request.Fault == ChatBackendFault.Dropped, Deadline.Token);

        using (backend.Faults.GoOffline())
        {
            await session.Agent.SendAsync("Are you there?");
            await attempt;
        }

        await ReadMessageAsync(events, "Are you there?");
        await AssertGoesOnAsync(chat, session, events);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Chat_is_interrupted_and_continued_when_the_backend_restarts(bool disableWebSockets)
    {
        await using ChatBackend backend = await StartAsync();
        await using ChatClient client = new();
        await using ChatSession chat = await StartAsync(client, backend, disableWebSockets);
        await using IAsyncEnumerator<ChatEvent> events = chat.ReadEventsAsync(Deadline.Token).GetAsyncEnumerator(Deadline.Token);
        ChatBackendSession session = backend.Sessions[0];
        await session.Agent.SendAsync("Before");
        await ReadMessageAsync(events, "Before");

        backend.Faults.Restart();
        await session.Agent.SendAsync("Meanwhile");

        Assert.Contains(await ReadMessageAsync(events, "Meanwhile"), chatEvent => chatEvent is InterruptedEvent);
        await AssertGoesOnAsync(chat, session, events);
        Assert.Equal(2, backend.Requests.Handshakes);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Chat_goes_on_when_its_Bayeux_client_alone_was_forgotten(bool disableWebSockets)
    {
        await using ChatBackend backend = await StartAsync();
        await using ChatClient client = new();
        await using ChatSession chat = await StartAsync(client, backend, disableWebSockets);
        await using IAsyncEnumerator<ChatEvent> events = chat.ReadEventsAsync(Deadline.Token).GetAsyncEnumerator(Deadline.Token);
        ChatBackendSession session = backend.Sessions[0];

        backend.Faults.Expire(session);
        await session.Agent.SendAsync("Meanwhile");

        await ReadMessageAsync(events, "Meanwhile");
        await AssertGoesOnAsync(chat, session, events);
        Assert.Equal(2, backend.Requests.Handshakes);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Message_whose_reply_is_lost_is_at_the_backend_once(bool disableWebSockets)
    {
        await using ChatBackend backend = await StartAsync();
        await using ChatClient client = new();
        await using ChatSession chat = await StartAsync(client, backend, disableWebSockets);
        await using IAsyncEnumerator<ChatEvent> events = chat.ReadEventsAsync(Deadline.Token).GetAsyncEnumerator(Deadline.Token);
        ChatBackendSession session = backend.Sessions[0];
        using IDisposable loss = backend.Faults.LoseReplies(count: 1, where: request => request.IsPublish);

        // Whether the program learns of it depends on whether the chat's own answer arrives.
        await Record.ExceptionAsync(() => chat.SendMessageAsync("Only once", cancellationToken: Deadline.Token));

        await ReadMessageAsync(events, "Only once");
        await AssertGoesOnAsync(chat, session, events);
        Assert.Single(session.Messages, "Only once");
        Assert.Single(backend.Requests.Recorded, request => request.Fault == ChatBackendFault.ReplyLost);
    }

    private static Task<ChatBackend> StartAsync() =>
        ChatBackend.StartAsync(new ChatBackendOptions { Agent = ScriptedAgent.Silent, MaxInterval = TimeSpan.FromMinutes(10) }, Deadline.Token);

    private static Task<ChatSession> StartAsync(ChatClient client, ChatBackend backend, bool disableWebSockets) => client.StartSessionAsync(
        new StartSessionOptions
        {
            ServerUrl = backend.CometDUrl,
            DisableWebSockets = disableWebSockets,
            StateStorage = new MemoryChatStateStorage(),
            Logger = NullLogger.Instance,
        },
        Deadline.Token);

    /// <summary>Both sides hear each other, and the visitor has heard everything once and in order.</summary>
    private static async Task AssertGoesOnAsync(ChatSession chat, ChatBackendSession session, IAsyncEnumerator<ChatEvent> events)
    {
        await chat.SendMessageAsync("Still there?", cancellationToken: Deadline.Token);
        await session.Agent.SendAsync("Yes.");
        await ReadMessageAsync(events, "Yes.");
        List<int> indexes = [];
        await using IAsyncEnumerator<ChatEvent> all = chat.ReadEventsAsync(Deadline.Token).GetAsyncEnumerator(Deadline.Token);
        while (indexes.LastOrDefault() < session.Transcript.Count)
        {
            Assert.True(await all.MoveNextAsync());
            if (all.Current.Index is { } index)
            {
                indexes.Add((int)index);
            }
        }

        Assert.Equal(Enumerable.Range(1, session.Transcript.Count), indexes);
    }

    /// <summary>Reads events up to a message.</summary>
    /// <returns>What was read, that message included.</returns>
    private static async Task<List<ChatEvent>> ReadMessageAsync(IAsyncEnumerator<ChatEvent> events, string text)
    {
        List<ChatEvent> read = [];
        do
        {
            Assert.True(await events.MoveNextAsync(), $"The chat ended before '{text}'.");
            read.Add(events.Current);
        }
        while (events.Current is not MessageReceivedEvent { Content.Text: var received } || received != text);

        return read;
    }
}
