using ChatGen.Bayeux.Tests.Scripted;
using Xunit;

namespace ChatGen.Bayeux.Tests.Chat;

/// <summary>More events than may be held arrive while a session is being resumed.</summary>
public sealed class OverflowTests : IAsyncLifetime
{
    private readonly RecordingHost _host = new(TestProtocol.Create());
    private int _marks;
    private ChatBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await ChatBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task The_history_is_asked_again_until_nothing_is_missing()
    {
        await using TestChat chat = Chat();
        TestChatSession session = await chat.StartAsync(Setup());
        Assert.Equal("OPEN", await _bench.NextOperationAsync());
        TaskCompletionSource first = Hold("HISTORY");
        await _bench.ForgetAsync();
        Assert.Equal("REOPEN", await _bench.NextOperationAsync());
        Assert.Equal("HISTORY", await _bench.NextOperationAsync());
        await SayAsync(1, 25);
        TaskCompletionSource second = Hold("HISTORY");
        first.SetResult();
        Assert.Equal("HISTORY", await _bench.NextOperationAsync());
        await SayAsync(26, 50);
        _bench.Script = static _ => null;
        second.SetResult();
        Assert.Equal(["cut", .. Enumerable.Range(1, 50).Select(static index => $"said {index} x"), "back"], await session.ReadUntilAsync(TestEvent.Back));
        Assert.Equal("26", (string?)ChatBench.RequestOf(await _bench.NextAsync())["from"]);
        Assert.Equal(5, _bench.Server.CountOf(ChatBench.Talk));
        Assert.DoesNotContain("were dropped", _host.LogText, StringComparison.Ordinal);
        Assert.DoesNotContain("were lost", _host.LogText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_in_no_history_is_dropped_and_logged()
    {
        await using TestChat chat = Chat();
        TestChatSession session = await chat.StartAsync(Setup());
        Assert.Equal("OPEN", await _bench.NextOperationAsync());
        TaskCompletionSource read = Hold("HISTORY");
        await _bench.ForgetAsync();
        Assert.Equal("REOPEN", await _bench.NextOperationAsync());
        Assert.Equal("HISTORY", await _bench.NextOperationAsync());
        await _bench.SayAsync(1, "x");
        for (int number = 0; number < 30; number++)
        {
            await _bench.Server.PushAsync(ChatBench.Talk, """{"kind":"typing"}""");
        }

        await SayAsync(2, 2);
        _bench.Script = static _ => null;
        read.SetResult();
        List<string> events = await session.ReadUntilAsync(TestEvent.Back);
        Assert.Equal(["cut", "said 1 x", "said 2 x", "back"], events.Where(static text => text != "typing"));
        Assert.InRange(events.Count, 5, 14);
        await _host.LogUntilAsync($"{30 - (events.Count - 4)} events that are in no history were dropped");
    }

    [Fact]
    public async Task Without_a_history_the_oldest_are_lost_and_that_is_told()
    {
        var host = new RecordingHost(TestProtocol.Create(history: false));
        await _bench.StartedAsync(host, Few);
        TaskCompletionSource attach = Hold("REOPEN");
        await _bench.ForgetAsync();
        Assert.Equal("REOPEN", await _bench.NextOperationAsync());
        await SayAsync(1, 15, host);
        attach.SetResult();
        Assert.Equal(
            ["interrupted", .. Enumerable.Range(6, 10).Select(static index => $"event {index}"), $"error {TestProtocol.Library}", "continued"],
            await ToldUntilContinuedAsync(host));
        await host.LogUntilAsync("5 events were lost");
    }

    [Fact]
    public async Task A_history_that_cannot_be_read_leaves_what_is_missing_lost_and_that_is_told()
    {
        await _bench.StartedAsync(_host, Few);
        _bench.Answers = static (operation, _) => operation == "HISTORY" ? """{"fault":{"no":70,"why":"never"}}""" : null;
        TaskCompletionSource read = Hold("HISTORY");
        await _bench.ForgetAsync();
        Assert.Equal("REOPEN", await _bench.NextOperationAsync());
        Assert.Equal("HISTORY", await _bench.NextOperationAsync());
        await SayAsync(1, 15);
        read.SetResult();
        Assert.Equal(
            ["interrupted", "error 70", $"error {TestProtocol.Library}", "event 12", "event 13", "event 14", "event 15", "continued"],
            await ToldUntilContinuedAsync(_host));
        await _host.LogUntilAsync("11 events were lost");
    }

    [Fact]
    public async Task An_attachment_that_fails_for_good_leaves_what_is_missing_lost_and_that_is_told()
    {
        await _bench.StartedAsync(_host, Few);
        _bench.Answers = static (operation, _) => operation == "REOPEN" ? """{"fault":{"no":70,"why":"never"}}""" : null;
        TaskCompletionSource attach = Hold("REOPEN");
        await _bench.ForgetAsync();
        Assert.Equal("REOPEN", await _bench.NextOperationAsync());
        await SayAsync(1, 11);
        attach.SetResult();
        Assert.Equal("interrupted", await _host.NextAsync());
        Assert.Equal($"error {TestProtocol.Library}", await _host.NextAsync());
        Assert.Equal("error 70", await _host.NextAsync());
        await _host.LogUntilAsync("11 events were lost");
    }

    private static CometDChatTransportOptions Few(CometDChatTransportOptions options) => options with { MaxHeldEvents = 10 };

    private static async Task<List<string>> ToldUntilContinuedAsync(RecordingHost host)
    {
        var told = new List<string>();
        do
        {
            told.Add(await host.NextAsync());
        }
        while (told[^1] != "continued");

        return told;
    }

    private static TestChat Chat() => new(new ChatClientSettings { CometD = Few(ChatBench.Quick) });

    private ChatSessionSetup Setup() => new() { ServerUrl = _bench.Server.Url, StateStorage = new MemoryChatStateStorage(), Logger = _host, Validation = default };

    /// <summary>Answers an operation only after a signal, as it would have been answered when it came.</summary>
    private TaskCompletionSource Hold(string operation)
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _bench.Script = message =>
            message.Channel == ChatBench.Talk && ChatBench.OperationOf(message) == operation ? Reply.After(signal.Task, _bench.Well(message)) : null;
        return signal;
    }

    /// <summary>Lets messages be said, and waits until they have arrived.</summary>
    private async Task SayAsync(int first, int last, RecordingHost? host = null)
    {
        for (int index = first; index <= last; index++)
        {
            await _bench.SayAsync(index, "x");
        }

        await _bench.Server.PushAsync(ChatBench.Talk, """{"kind":"x","ref":"nobody's"}""");
        await (host ?? _host).LogUntilAsync("nobody waits for", ++_marks);
    }
}
