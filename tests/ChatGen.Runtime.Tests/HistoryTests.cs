namespace ChatGen.Tests;

/// <summary>What a session tells its transport of what it has seen.</summary>
public sealed class HistoryTests
{
    [Fact]
    public async Task The_host_tells_the_last_index_that_was_delivered()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        Assert.Null(bench.Transport.Host!.LastIndex);
        bench.Transport.Message(0);
        Assert.Equal(0, bench.Transport.Host.LastIndex);
        bench.Transport.Message(4);
        bench.Transport.Message(2);
        bench.Transport.Json("""{"type":"AgentTyping","index":9}""");
        Assert.Equal(4, bench.Transport.Host.LastIndex);
        Assert.Equal(4, session.LastIndex);
    }

    [Fact]
    public async Task While_a_session_is_restored_nothing_counts_as_seen_and_afterwards_everything()
    {
        await using var bench = new Bench();
        bench.Storage.Stored = new ChatSessionState { SessionId = "stored", LastIndex = 3 };
        bench.Transport.History = [new MessageEvent { Index = 1, Text = "a" }, new MessageEvent { Index = 2, Text = "b" }];
        int? meanwhile = -1;
        bench.Transport.OnRestore = _ =>
        {
            meanwhile = bench.Transport.Host!.LastIndex;
            return Task.CompletedTask;
        };
        await bench.RestoreAsync();
        Assert.Null(meanwhile);
        Assert.Equal(3, bench.Transport.Host!.LastIndex);
    }

    [Fact]
    public async Task An_event_of_an_unknown_type_is_delivered_once_and_makes_no_other_a_double()
    {
        await using var bench = new Bench();
        TestSession session = await bench.StartAsync();
        const string Unknown = """{"type":"FileShared","index":7}""";
        bench.Transport.Json(Unknown);
        bench.Transport.Message(5);
        bench.Transport.Json(Unknown);
        bench.Transport.Json("""{"type":"CallOffered","index":7}""");
        bench.Transport.Json("""{"type":"Nudged"}""");
        bench.Transport.Json("""{"type":"Nudged"}""");
        bench.Transport.Message(6);
        IReadOnlyList<ChatEvent> events = await Bench.Record(session).LastAsync(e => e.Index == 6);
        Assert.Equal([7, 5, 7, null, null, 6], events.Select(e => e.Index));
        Assert.Equal(6, session.LastIndex);
    }
}
