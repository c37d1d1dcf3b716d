using ChatGen.Specification.Tests.Doubles;

namespace ChatGen.Specification.Tests;

/// <summary>A session that has ended at the backend while the visitor was cut off.</summary>
public sealed class LostSessionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_session_that_the_agent_has_ended_during_an_outage_ends_and_is_forgotten(bool disableWebSockets)
    {
        await using Bench bench = await Bench.StartAsync();
        ChatSession session = await bench.Client().StartSessionAsync(
            bench.Start with { DisableWebSockets = disableWebSockets, MaxOfflineDuration = TimeSpan.FromMinutes(10) }, Deadline.Token);
        bench.Backend.GoOffline();
        await session.FirstAsync<InterruptedEvent>();
        await bench.Backend.Sessions[0].Agent.EndAsync();
        bench.Backend.Restart();
        bench.Backend.GoOnline();
        SessionEndedEvent ended = await session.FirstAsync<SessionEndedEvent>();
        Assert.Equal(SessionEndedEventReason.Error, ended.Reason);
        Assert.Equal(ErrorCode.UnknownSession, (await session.FirstAsync<ErrorEvent>()).Error.Code);
        Assert.False(session.IsActive);
        await session.DisposeAsync();
        Assert.False(File.Exists(bench.StateFile));
        Assert.Null(await bench.Client().RestoreSessionAsync(cancellationToken: Deadline.Token));
    }

    [Fact]
    public async Task A_session_that_the_backend_has_forgotten_ends_over_REST_too()
    {
        await using Bench bench = await Bench.StartAsync();
        ChatSession session = await bench.Client(new FastTimeProvider(50)).StartSessionAsync(
            new StartSessionOptions { Transport = bench.RestTransport() }, Deadline.Token);
        await bench.Backend.DisposeAsync();
        await using ChatBackend successor = await ChatBackend.StartAsync(new ChatBackendOptions { Port = bench.Backend.CometDUrl.Port }, Deadline.Token);
        Assert.Equal(SessionEndedEventReason.Error, (await session.FirstAsync<SessionEndedEvent>()).Reason);
        Assert.False(session.IsActive);
    }
}
