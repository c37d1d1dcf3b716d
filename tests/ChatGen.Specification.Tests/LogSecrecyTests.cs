using System.Text.Json.Nodes;
using ChatGen.Specification.Tests.Doubles;
using Microsoft.Extensions.Logging;

namespace ChatGen.Specification.Tests;

/// <summary>What a log of every level tells of a chat in which much goes well and some goes wrong.</summary>
public sealed class LogSecrecyTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_session_id_and_nothing_that_was_said_is_logged_over_CometD(bool disableWebSockets)
    {
        await using Bench bench = await Bench.StartAsync(ScriptedAgent.Default);
        var log = new CollectingLogger();
        StartSessionOptions start = bench.Start with
        {
            Username = "pelican-name",
            Subject = "pelican-subject",
            UserData = new() { ["key"] = "pelican-data" },
            DisableWebSockets = disableWebSockets,
            Logger = log,
        };
        ChatSession session = await bench.Client().StartSessionAsync(start, Deadline.Token);
        await ChatAsync(session, bench.Backend.Sessions[0]);
        await session.SetUserDataAsync(new JsonObject { ["key"] = "pelican-newer-data" }, Deadline.Token);
        bench.Backend.Restart();
        await session.FirstAsync<ContinuedEvent>();
        await session.DisposeAsync();
        var restore = new RestoreSessionOptions { DisableWebSockets = disableWebSockets, Logger = log };
        ChatSession restored = (await bench.Client().RestoreSessionAsync(restore, Deadline.Token))!;
        await restored.DisposeAsync();
        await bench.Backend.Sessions[0].Agent.EndAsync();
        await Assert.ThrowsAsync<ChatException>(() => bench.Client().RestoreSessionAsync(restore, Deadline.Token));

        AssertNothingIsTold(log, bench.Backend.Sessions[0]);
        Assert.Contains(log.Entries, entry => entry.Level == LogLevel.Debug && entry.Text.Contains("sendMessage", StringComparison.Ordinal));
        Assert.Contains(log.Entries, entry => entry.Level == LogLevel.Warning);
    }

    [Fact]
    public async Task No_session_id_and_nothing_that_was_said_is_logged_over_REST()
    {
        await using Bench bench = await Bench.StartAsync(ScriptedAgent.Default);
        var log = new CollectingLogger();
        var storage = new MemoryChatStateStorage();
        var clock = new FastTimeProvider(50);
        ChatSession session = await bench.Client(clock).StartSessionAsync(
            new StartSessionOptions { Transport = bench.RestTransport(), StateStorage = storage, Username = "pelican-name", Logger = log }, Deadline.Token);
        await ChatAsync(session, bench.Backend.Sessions[0]);
        bench.Backend.GoOffline();
        await session.FirstAsync<InterruptedEvent>();
        bench.Backend.GoOnline();
        await session.FirstAsync<ContinuedEvent>();
        await session.DisposeAsync();
        ChatSession? restored = await bench.Client(clock).RestoreSessionAsync(
            new RestoreSessionOptions { Transport = bench.RestTransport(), StateStorage = storage, Logger = log }, Deadline.Token);
        await restored!.LeaveAsync(Deadline.Token);

        AssertNothingIsTold(log, bench.Backend.Sessions[0]);
        Assert.Contains(log.Entries, entry => entry.Level == LogLevel.Warning);
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_is_logged_without_what_is_in_it()
    {
        await using Bench bench = await Bench.StartAsync();
        var log = new CollectingLogger();
        var transport = new InMemoryTransport();
        ChatSession session = await bench.Client().StartSessionAsync(new StartSessionOptions { Transport = transport, Logger = log }, Deadline.Token);
        transport.Host.OnEvent("""{"type":"MessageReceived","party":"pelican-party","content":{"text":"pelican"}}"""u8);
        transport.Host.OnEvent("""{"type":"Novelty","text":"pelican"}"""u8);
        transport.Host.OnEvent("pelican"u8);
        await session.FirstAsync<UnknownChatEvent>();
        Assert.Contains(log.Entries, entry => entry.Level == LogLevel.Error && entry.Text.Contains("$.party", StringComparison.Ordinal));
        Assert.All(log.Entries, entry => Assert.DoesNotContain("pelican", entry.Text, StringComparison.OrdinalIgnoreCase));
    }

    private static async Task ChatAsync(ChatSession session, ChatBackendSession atBackend)
    {
        await session.SendTypingAsync(typedText: "pelican-typed", cancellationToken: Deadline.Token);
        await session.SendMessageAsync("pelican-message", cancellationToken: Deadline.Token);
        await session.MessageAsync("You said: pelican-message");
        await atBackend.Agent.FailAsync(52, "pelican-failure");
        await session.FirstAsync<ErrorEvent>();
        await Assert.ThrowsAsync<ChatValidationException>(() => session.SendMessageAsync("", cancellationToken: Deadline.Token));
    }

    private static void AssertNothingIsTold(CollectingLogger log, ChatBackendSession atBackend)
    {
        Assert.NotEmpty(log.Entries);
        Assert.All(log.Entries, entry =>
        {
            Assert.DoesNotContain(atBackend.Id, entry.Text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("pelican", entry.Text, StringComparison.OrdinalIgnoreCase);
        });
    }
}
