using System.Diagnostics;

namespace ChatGen.Tests;

/// <summary>What sessions tell of themselves to those who measure and trace.</summary>
public sealed class TelemetryTests : IAsyncLifetime
{
    private readonly string _schemaId = $"telemetry-{Guid.NewGuid():N}";
    private readonly TelemetryListener _listener;
    private readonly Bench _bench;

    public TelemetryTests()
    {
        _listener = new TelemetryListener(_schemaId);
        _bench = new Bench(TestProtocol.Named(_schemaId));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        _listener.Dispose();
    }

    [Fact]
    public async Task A_start_is_measured_and_traced_and_the_session_is_active_until_it_is_disposed()
    {
        _bench.Transport.OnStart = _ =>
        {
            _bench.Time.Advance(TimeSpan.FromSeconds(2));
            return Task.FromResult(new ChatSessionState { SessionId = "secret-1" });
        };
        TestSession session = await _bench.StartAsync();
        Assert.Equal(["chatgen.session.open.duration chatgen.operation=startSession 2 s"], _listener.Of("chatgen.session.open.duration"));
        Assert.Equal(1, _listener.SumOf("chatgen.session.active"));
        Activity activity = Assert.Single(_listener.Activities.Items);
        Assert.Equal(("chat startSession", ActivityKind.Client, ActivityStatusCode.Unset), (activity.DisplayName, activity.Kind, activity.Status));
        await session.DisposeAsync();
        Assert.Equal(0, _listener.SumOf("chatgen.session.active"));
        Assert.Equal(["chatgen.session.closed chatgen.session.end=disposed +1"], _listener.Of("chatgen.session.closed"));
    }

    [Fact]
    public async Task A_restore_is_measured_and_its_history_counted_as_restored()
    {
        _bench.Storage.Stored = new ChatSessionState { SessionId = "stored" };
        _bench.Transport.History = [new MessageEvent { Index = 1, Text = "a" }, new MessageEvent { Index = 2, Text = "b" }];
        _bench.Transport.OnRestore = _ =>
        {
            _bench.Transport.Message(2);
            _bench.Transport.Message(3);
            return Task.CompletedTask;
        };
        await _bench.RestoreAsync();
        _bench.Transport.Message(3);
        Assert.Equal(["chatgen.session.open.duration chatgen.operation=restoreSession 0 s"], _listener.Of("chatgen.session.open.duration"));
        const string Raised = "chatgen.event.raised chatgen.event.restored=True chatgen.event.type=messageReceived +1";
        Assert.Equal([Raised, Raised, Raised.Replace("True", "False", StringComparison.Ordinal)], _listener.Of("chatgen.event.raised"));
        Assert.Equal(["chatgen.event.dropped chatgen.event.type=messageReceived +1"], _listener.Of("chatgen.event.dropped"));
        Assert.Equal(["chat getTranscript", "chat restoreSession"], _listener.Activities.Items.Select(activity => activity.DisplayName));
        Assert.Equal(_listener.Activities.Items[1].SpanId, _listener.Activities.Items[0].ParentSpanId);
    }

    [Fact]
    public async Task No_session_to_restore_is_nothing_to_measure()
    {
        Assert.Null(await _bench.RestoreAsync());
        Assert.Empty(_listener.Measurements.Items);
        Assert.Empty(_listener.Activities.Items);
    }

    [Fact]
    public async Task What_fails_carries_its_error_code_and_no_words()
    {
        _bench.Transport.OnStart = _ => throw new ChatException(TestProtocol.CommandFailed, "pelican");
        await Assert.ThrowsAsync<ChatException>(_bench.StartAsync);
        Assert.Equal(["chatgen.session.open.duration chatgen.operation=startSession error.type=52 0 s"], _listener.Of("chatgen.session.open.duration"));
        Activity activity = Assert.Single(_listener.Activities.Items);
        Assert.Equal((ActivityStatusCode.Error, null, "52"), (activity.Status, activity.StatusDescription, (string?)activity.GetTagItem("error.type")));
        Assert.Equal(0, _listener.SumOf("chatgen.session.active"));
        Assert.Empty(_listener.Of("chatgen.session.closed"));
    }

    [Fact]
    public async Task A_command_is_measured_with_what_came_of_it()
    {
        TestSession session = await _bench.StartAsync();
        await session.SendMessageAsync("x", Ct);
        _bench.Transport.OnSend = (_, _) => throw new ChatException(new ChatErrorCode("E_" + Guid.NewGuid()), "pelican");
        await Assert.ThrowsAsync<ChatException>(() => session.SendMessageAsync("x", Ct));
        using var stop = new CancellationTokenSource();
        _bench.Transport.OnSend = async (_, cancellationToken) =>
        {
            await stop.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.SendMessageAsync("x", stop.Token));
        Assert.Equal(
            [
                "chatgen.command.duration chatgen.operation=sendMessage 0 s",
                "chatgen.command.duration chatgen.operation=sendMessage error.type=_OTHER 0 s",
                "chatgen.command.duration chatgen.operation=sendMessage error.type=cancelled 0 s",
            ],
            _listener.Of("chatgen.command.duration"));
    }

    [Fact]
    public async Task An_interruption_is_measured_when_it_is_over()
    {
        await _bench.StartAsync();
        DateTimeOffset begun = _bench.Time.GetUtcNow();
        _bench.Transport.Host!.OnInterrupted();
        _bench.Time.Advance(TimeSpan.FromSeconds(90));
        Assert.Empty(_listener.Of("chatgen.interruption.duration"));
        _bench.Transport.Host.OnContinued();
        _bench.Transport.Host.OnContinued();
        Assert.Equal(["chatgen.interruption.duration chatgen.interruption.outcome=continued 90 s"], _listener.Of("chatgen.interruption.duration"));
        Activity activity = _listener.Activities.Items[^1];
        Assert.Equal(("chat interruption", begun.UtcDateTime, TimeSpan.FromSeconds(90)), (activity.DisplayName, activity.StartTimeUtc, activity.Duration));
        Assert.Null(activity.ParentId);
        Assert.Contains("chatgen.event.raised chatgen.event.restored=False chatgen.event.type=interrupted +1", _listener.Of("chatgen.event.raised"));
    }

    [Fact]
    public async Task A_session_that_is_over_while_interrupted_ends_the_interruption()
    {
        TestSession session = await _bench.StartAsync();
        _bench.Transport.Host!.OnInterrupted();
        _bench.Time.Advance(TimeSpan.FromSeconds(3));
        await session.DisposeAsync();
        Assert.Equal(["chatgen.interruption.duration chatgen.interruption.outcome=over 3 s"], _listener.Of("chatgen.interruption.duration"));
    }

    [Theory]
    [InlineData("ended")]
    [InlineData("lost")]
    [InlineData("left")]
    [InlineData("at once")]
    public async Task The_end_of_a_session_is_counted_once_with_its_reason(string how)
    {
        if (how == "at once")
        {
            _bench.Storage.Stored = new ChatSessionState { SessionId = "stored" };
            _bench.Transport.History = [new EndedEvent { Index = 1, Reason = "agent" }];
            await _bench.RestoreAsync();
        }
        else
        {
            TestSession session = await _bench.StartAsync();
            switch (how)
            {
                case "ended":
                    _bench.Transport.Json("""{"type":"SessionEnded","reason":"agent"}""");
                    break;
                case "lost":
                    _bench.Transport.Host!.OnError(TestProtocol.Error(TestProtocol.UnknownSession));
                    break;
                default:
                    await session.LeaveAsync(Ct);
                    break;
            }

            await session.DisposeAsync();
        }

        await _listener.UntilAsync($"chatgen.session.closed chatgen.session.end={(how == "at once" ? "ended" : how)} +1");
        Assert.Equal(0, _listener.SumOf("chatgen.session.active"));
        Assert.Single(_listener.Of("chatgen.session.closed"));
        Assert.Equal(how == "lost" ? ["chatgen.error.raised error.type=50 +1"] : [], _listener.Of("chatgen.error.raised"));
        Assert.Single(_listener.Of("chatgen.event.raised"), text => text.Contains("=sessionEnded ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Neither_logs_nor_tags_tell_what_was_said_or_what_admits_to_the_session()
    {
        const string Secret = "pelican";
        _bench.Transport.OnStart = _ => Task.FromResult(new ChatSessionState { SessionId = "pelican-session", Values = System.Collections.Immutable.ImmutableDictionary<string, string>.Empty.Add("key", "pelican-key") });
        TestSession session = await _bench.StartAsync();
        _bench.Transport.Message(1, "pelican-message");
        _bench.Transport.Message(1, "pelican-double");
        _bench.Transport.Json("""{"type":"MessageReceived","text":{"pelican":"broken"}}""");
        _bench.Transport.Json("""{"type":"Novelty","text":"pelican"}""");
        _bench.Transport.Json("pelican");
        _bench.Transport.Host!.OnStateChanged(new ChatSessionState { SessionId = "pelican-newer" });
        _bench.Transport.Host.OnError(new ChatException(TestProtocol.CommandFailed, "pelican-failure"));
        _bench.Transport.Host.OnInterrupted();
        _bench.Transport.Host.OnContinued();
        await session.SendMessageAsync("pelican-message", Ct);
        _bench.Transport.OnSend = (_, _) => throw new ChatException(TestProtocol.CommandFailed, "pelican-failure");
        await Assert.ThrowsAsync<ChatException>(() => session.SendMessageAsync("pelican-message", Ct));
        _bench.Transport.OnSend = (_, _) => throw new InvalidOperationException("pelican-failure");
        await Assert.ThrowsAsync<ChatException>(() => session.SendMessageAsync("pelican-message", Ct));
        _bench.Transport.OnSend = (_, _) => throw new ChatException(TestProtocol.UnknownSession, "pelican-session is not known");
        await Assert.ThrowsAsync<ChatException>(() => session.SendMessageAsync("pelican-message", Ct));
        await _listener.UntilAsync("chatgen.session.closed chatgen.session.end=lost +1");
        await session.DisposeAsync();

        IReadOnlyList<LogEntry> log = _bench.Logger.Entries.Items;
        Assert.Contains(log, entry => entry.Text.Contains("sendMessage", StringComparison.Ordinal));
        Assert.All(log, entry => Assert.DoesNotContain(Secret, entry.Text + entry.Exception, StringComparison.OrdinalIgnoreCase));
        Assert.All(_listener.Measurements.Items, text => Assert.DoesNotContain(Secret, text, StringComparison.OrdinalIgnoreCase));
        Assert.All(_listener.Activities.Items, activity =>
        {
            Assert.Empty(activity.Events);
            Assert.Null(activity.StatusDescription);
            Assert.DoesNotContain(Secret, activity.DisplayName + string.Join(' ', activity.TagObjects), StringComparison.OrdinalIgnoreCase);
        });
    }
}
