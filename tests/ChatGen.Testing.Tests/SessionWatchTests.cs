using ChatGen.Testing.Tests.Clients;
using Xunit;

namespace ChatGen.Testing.Tests;

public sealed class SessionWatchTests
{
    private static readonly ChatBackendOptions s_silent = new() { Agent = ScriptedAgent.Silent };

    [Fact]
    public async Task A_watch_begins_with_the_sessions_there_are()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(s_silent, Deadline.Token);
        (Visitor jane, ChatBackendSession first) = await Visitor.StartAsync(backend);
        using Visitor _ = jane;
        (Visitor john, ChatBackendSession second) = await Visitor.StartAsync(backend);
        using Visitor __ = john;
        await first.Agent.EndAsync();

        using CancellationTokenSource over = new();
        await using IAsyncEnumerator<ChatBackendSession> watch = backend.WatchAsync(over.Token).GetAsyncEnumerator(Deadline.Token);

        Assert.Same(first, await NextAsync(watch));
        Assert.Same(second, await NextAsync(watch));
        await HasNoNextAsync(watch, over);
    }

    [Fact]
    public async Task A_session_that_is_started_or_changes_is_told()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(s_silent, Deadline.Token);
        await using IAsyncEnumerator<ChatBackendSession> watch = backend.WatchAsync(Deadline.Token).GetAsyncEnumerator(Deadline.Token);
        Task<ChatBackendSession> next = NextAsync(watch);
        (Visitor jane, ChatBackendSession session) = await Visitor.StartAsync(backend);
        using Visitor _ = jane;
        Assert.Same(session, await next);

        next = NextAsync(watch);
        await jane.RequestAsync("sendTyping", session);
        Assert.True((await next).IsVisitorTyping);

        next = NextAsync(watch);
        await jane.RequestAsync("sendMessage", session, """{"message":"Hello"}""");
        Assert.Equal(["Hello"], (await next).Messages);

        next = NextAsync(watch);
        await session.Agent.ConnectAsync();
        Assert.True((await next).IsAgentConnected);

        next = NextAsync(watch);
        await session.Agent.DisconnectAsync();
        Assert.False((await next).IsAgentConnected);

        next = NextAsync(watch);
        await jane.RequestAsync("leave", session);
        Assert.Equal("leaveRequest", (await next).EndReason);
    }

    [Fact]
    public async Task Changes_that_nobody_has_read_count_as_one()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(s_silent, Deadline.Token);
        (Visitor jane, ChatBackendSession session) = await Visitor.StartAsync(backend);
        using Visitor _ = jane;
        using CancellationTokenSource over = new();
        await using IAsyncEnumerator<ChatBackendSession> watch = backend.WatchAsync(over.Token).GetAsyncEnumerator(Deadline.Token);
        await NextAsync(watch);

        await session.Agent.SendAsync("one");
        await session.Agent.SendAsync("two");

        Assert.Equal(["one", "two"], (await NextAsync(watch)).Messages);
        await HasNoNextAsync(watch, over);
    }

    [Fact]
    public async Task Watches_do_not_take_sessions_from_one_another()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(s_silent, Deadline.Token);
        (Visitor jane, ChatBackendSession session) = await Visitor.StartAsync(backend);
        using Visitor _ = jane;
        await using IAsyncEnumerator<ChatBackendSession> one = backend.WatchAsync(Deadline.Token).GetAsyncEnumerator(Deadline.Token);
        await using IAsyncEnumerator<ChatBackendSession> other = backend.WatchAsync(Deadline.Token).GetAsyncEnumerator(Deadline.Token);

        Assert.Same(session, await NextAsync(one));
        Assert.Same(session, await NextAsync(other));
    }

    private static async Task<ChatBackendSession> NextAsync(IAsyncEnumerator<ChatBackendSession> watch)
    {
        Assert.True(await watch.MoveNextAsync());
        return watch.Current;
    }

    private static async Task HasNoNextAsync(IAsyncEnumerator<ChatBackendSession> watch, CancellationTokenSource over)
    {
        Task<bool> next = watch.MoveNextAsync().AsTask();
        await Deadline.IsPendingAsync(next);
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }
}
