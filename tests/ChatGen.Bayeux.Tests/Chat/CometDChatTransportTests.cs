using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using ChatGen.Bayeux.Tests.Scripted;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatGen.Bayeux.Tests.Chat;

public sealed class CometDChatTransportTests : IAsyncLifetime
{
    private const string Talk = "/service/talk";
    private readonly List<CometDChatTransport> _transports = [];
    private ScriptedServer _server = null!;
    private Func<ServerMessage, Reply?> _script = static _ => null;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ScriptedServer.StartAsync();
        _server.Script = message => _script(message) ?? Answer(message);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (CometDChatTransport transport in _transports)
        {
            await transport.CloseAsync().AsTask().Soon();
        }

        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_start_is_one_flat_object_and_its_answer_names_the_session(bool disableWebSockets)
    {
        (CometDChatTransport transport, _) = await OpenAsync(options => options with { DisableWebSockets = disableWebSockets });
        ChatSessionState state = await transport.StartSessionAsync(TestProtocol.Start.With("é😀"), Cancelled).Soon();
        Assert.Equal("secret-session", state.SessionId);
        JsonObject request = Request(await _server.NextAsync(Talk));
        Assert.Equal("OPEN", (string?)request["do"]);
        Assert.Equal("é😀", (string?)request["text"]);
        Assert.False(request.ContainsKey("sid"));
        Assert.Equal(["do", "ref", "text"], request.Select(member => member.Key));
        Assert.Equal(disableWebSockets ? 0 : 1, _server.Upgrades);
    }

    [Fact]
    public async Task Commands_carry_the_session_id_and_get_their_own_answers()
    {
        (CometDChatTransport transport, _) = await StartedAsync();
        object?[] results = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => transport.SendAsync(TestProtocol.Say.With($"{number}"), Cancelled))).Soon();
        Assert.Equal(Enumerable.Range(0, 20).Select(number => $"said {number}"), results.Select(result => ((TestResult)result!).SessionId));
        var ids = new HashSet<string?>();
        for (int number = 0; number < 21; number++)
        {
            JsonObject request = Request(await _server.NextAsync(Talk));
            Assert.True(ids.Add((string?)request["ref"]));
            Assert.Equal(number == 0 ? null : "secret-session", (string?)request["sid"]);
        }
    }

    [Fact]
    public async Task An_error_object_becomes_an_exception_with_its_code()
    {
        (CometDChatTransport transport, _) = await StartedAsync();
        _script = message => message.Channel == Talk ? Answered(message, """{"fault":{"no":50,"why":"gone"}}""") : null;
        ChatException exception = await FailsAsync(transport.SendAsync(TestProtocol.Say.With("x"), Cancelled));
        Assert.Equal((50, ChatRecovery.Ended, "gone"), (exception.Code.Number, exception.Recovery, exception.Message));
    }

    [Theory]
    [InlineData("""{"fault":{"no":"E_TEXT","why":"textual"}}""", "E_TEXT")]
    [InlineData("""{"fault":{"no":"E_TEXT"}}""", "E_TEXT")]
    public async Task An_error_code_may_be_text(string answer, string code)
    {
        (CometDChatTransport transport, _) = await StartedAsync();
        _script = message => message.Channel == Talk ? Answered(message, answer) : null;
        Assert.Equal(code, (await FailsAsync(transport.SendAsync(TestProtocol.Say.With("x"), Cancelled))).Code.Text);
    }

    [Theory]
    [InlineData("""{"fault":"text"}""")]
    [InlineData("""{"fault":{"why":"no code"}}""")]
    [InlineData("""{"sid":7}""")]
    [InlineData("""{}""")]
    public async Task An_answer_against_the_schema_is_an_error_of_the_library(string answer)
    {
        (CometDChatTransport transport, _) = await StartedAsync();
        _script = message => message.Channel == Talk ? Answered(message, answer) : null;
        ChatException exception = await FailsAsync(transport.SendAsync(TestProtocol.Say.With("x"), Cancelled));
        Assert.Equal(TestProtocol.Library, exception.Code.Number);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_ends_with_the_request_timeout()
    {
        var time = new FakeTimeProvider();
        _script = message => message.Channel == Talk ? Reply.Of(message.Ok()) : null;
        (CometDChatTransport transport, _) = await OpenAsync(options => options with { RequestTimeout = TimeSpan.FromSeconds(5) }, time: time);
        Task<ChatSessionState> starting = transport.StartSessionAsync(TestProtocol.Start.With("x"), Cancelled);
        await _server.NextAsync(Talk);
        time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(starting.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.2));
        ChatException exception = await FailsAsync(starting);
        Assert.Equal(TestProtocol.Connection, exception.Code.Number);
        Assert.Contains("5 seconds", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rejected", "did not process")]
    [InlineData("lost", "may have processed")]
    public async Task A_publish_that_fails_ends_the_call_at_once(string how, string says)
    {
        (CometDChatTransport transport, _) = await StartedAsync();
        _script = message => message.Channel != Talk ? null : how == "lost" ? Reply.Abort : Reply.Of(message.Refused("403::denied"));
        ChatException exception = await FailsAsync(transport.SendAsync(TestProtocol.Say.With("x"), Cancelled));
        Assert.Equal(TestProtocol.Connection, exception.Code.Number);
        Assert.Contains(says, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operation_that_the_mapping_lacks_is_named()
    {
        (CometDChatTransport transport, _) = await StartedAsync();
        ChatException exception = await FailsAsync(transport.SendAsync(TestProtocol.Forbidden.With("x"), Cancelled));
        Assert.Equal(TestProtocol.Library, exception.Code.Number);
        Assert.Contains("'forbidden' is not available over CometD", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_and_malformed_events_reach_the_host_in_order()
    {
        (_, RecordingHost host) = await StartedAsync();
        await _server.PushAsync(Talk, """{"kind":"x","n":1}""");
        await _server.PushAsync(Talk, "7");
        await _server.PushAsync(Talk, """{"n":2}""");
        await _server.PushAsync(Talk, """{"kind":"x","ref":"nobody's"}""");
        await _server.PushAsync(Talk, """{"kind":"x","n":3,"fault":"of its own"}""");
        Assert.Equal("event 1", await host.NextAsync());
        Assert.Equal($"error {TestProtocol.Library}", await host.NextAsync());
        Assert.Equal($"error {TestProtocol.Library}", await host.NextAsync());
        Assert.Equal("event 3", await host.NextAsync());
    }

    [Fact]
    public async Task A_short_interruption_is_told_once_and_restores_nothing()
    {
        (CometDChatTransport transport, RecordingHost host) = await StartedAsync();
        await WaitUntilHeldAsync();
        _server.AbortSockets();
        Assert.Equal("interrupted", await host.NextAsync());
        Assert.Equal("continued", await host.NextAsync());
        await transport.SendAsync(TestProtocol.Say.With("x"), Cancelled).Soon();
        Assert.Equal(2, _server.CountOf(Talk));
        Assert.False(host.HasMore);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_new_bayeux_session_is_attached_again_before_the_session_continues(bool afterRestore)
    {
        var forget = new TaskCompletionSource();
        var attach = new TaskCompletionSource();
        _script = message => message switch
        {
            { Channel: "/meta/connect", ClientId: "client-1", IsImmediate: false } =>
                Reply.After(forget.Task, Reply.Of(message.Refused(ScriptedServer.Unknown, ScriptedServer.HandshakeAdvice))),
            { Channel: Talk, ClientId: "client-2" } when (string?)Request(message)["do"] == "REOPEN" => Reply.After(attach.Task, Answer(message)!),
            _ => null,
        };
        (CometDChatTransport transport, RecordingHost host) = await OpenAsync();
        if (afterRestore)
        {
            await transport.RestoreSessionAsync(TestProtocol.Restore.With("again"), new ChatSessionState { SessionId = "secret-session" }, Cancelled).Soon();
        }
        else
        {
            await transport.StartSessionAsync(TestProtocol.Start.With("x"), Cancelled).Soon();
        }

        await _server.NextAsync(Talk);
        await _server.NextAsync("/meta/subscribe");
        forget.SetResult();
        Assert.Equal("interrupted", await host.NextAsync());
        Assert.Equal("client-2", (await _server.NextAsync("/meta/subscribe")).ClientId);
        JsonObject restore = Request(await _server.NextAsync(Talk));
        Assert.Equal(("REOPEN", "secret-session", afterRestore ? "again" : null), ((string?)restore["do"], (string?)restore["sid"], (string?)restore["text"]));
        Assert.False(host.HasMore);

        // A command that is sent meanwhile waits until the backend knows whose it is.
        Task<object?> saying = transport.SendAsync(TestProtocol.Say.With("x"), Cancelled);
        attach.SetResult();
        Assert.Equal("continued", await host.NextAsync());
        await saying.Soon();
        Assert.Equal("SAY", (string?)Request(await _server.NextAsync(Talk))["do"]);
    }

    [Fact]
    public async Task A_request_to_attach_again_that_is_lost_is_repeated()
    {
        int restores = 0;
        var forget = new TaskCompletionSource();
        _script = message => message switch
        {
            { Channel: "/meta/connect", ClientId: "client-1", IsImmediate: false } =>
                Reply.After(forget.Task, Reply.Of(message.Refused(ScriptedServer.Unknown, ScriptedServer.HandshakeAdvice))),
            { Channel: Talk, ClientId: "client-2" } when ++restores == 1 => Reply.Http(502),
            _ => null,
        };
        (_, RecordingHost host) = await StartedAsync(options => options with { DisableWebSockets = true });
        forget.SetResult();
        Assert.Equal("interrupted", await host.NextAsync());
        Assert.Equal("continued", await host.NextAsync());
        Assert.Equal(2, restores);
    }

    [Fact]
    public async Task A_session_that_cannot_be_attached_again_is_an_error()
    {
        var forget = new TaskCompletionSource();
        _script = message => message switch
        {
            { Channel: "/meta/connect", ClientId: "client-1", IsImmediate: false } =>
                Reply.After(forget.Task, Reply.Of(message.Refused(ScriptedServer.Unknown, ScriptedServer.HandshakeAdvice))),
            { Channel: Talk, ClientId: "client-2" } => Answered(message, """{"fault":{"no":50,"why":"gone"}}"""),
            _ => null,
        };
        (CometDChatTransport transport, RecordingHost host) = await StartedAsync();
        forget.SetResult();
        Assert.Equal("interrupted", await host.NextAsync());
        Assert.Equal("error 50", await host.NextAsync());
        Assert.Equal(50, (await FailsAsync(transport.SendAsync(TestProtocol.Say.With("x"), Cancelled))).Code.Number);
    }

    [Fact]
    public async Task A_disconnect_by_the_server_is_told_and_fails_what_is_pending()
    {
        (CometDChatTransport transport, RecordingHost host) = await StartedAsync();
        await _server.NextAsync(Talk);
        _script = message => message.Channel == Talk ? Reply.Of(message.Ok()) : null;
        Task<object?> saying = transport.SendAsync(TestProtocol.Say.With("x"), Cancelled);
        await _server.NextAsync(Talk);
        await _server.PushAsync(new JsonObject { ["channel"] = "/meta/disconnect", ["successful"] = true });
        Assert.Equal("interrupted", await host.NextAsync());
        Assert.Equal($"error {TestProtocol.Connection}", await host.NextAsync());
        Assert.Equal(TestProtocol.Connection, (await FailsAsync(saying)).Code.Number);
    }

    [Fact]
    public async Task Closing_is_quiet_can_be_repeated_and_allows_another_initialization()
    {
        (CometDChatTransport transport, RecordingHost host) = await StartedAsync();
        await _server.NextAsync(Talk);
        _script = message => message.Channel == Talk ? Reply.Of(message.Ok()) : null;
        Task<object?> saying = transport.SendAsync(TestProtocol.Say.With("x"), Cancelled);
        await _server.NextAsync(Talk);
        await transport.CloseAsync().AsTask().Soon();
        await transport.CloseAsync().AsTask().Soon();
        Assert.Equal(TestProtocol.Connection, (await FailsAsync(saying)).Code.Number);
        Assert.Equal(1, _server.CountOf("/meta/disconnect"));
        Assert.False(host.HasMore);
        _script = static _ => null;
        await transport.InitializeAsync(host, Cancelled).Soon();
        Assert.Equal("secret-session", (await transport.StartSessionAsync(TestProtocol.Start.With("x"), Cancelled).Soon()).SessionId);
    }

    [Fact]
    public async Task A_server_that_is_down_is_a_connection_error()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var transport = new CometDChatTransport(new Uri($"http://127.0.0.1:{port}/cometd"));
        ChatException exception = await FailsAsync(transport.InitializeAsync(new RecordingHost(TestProtocol.Create()), Cancelled));
        Assert.Equal(TestProtocol.Connection, exception.Code.Number);
        Assert.Equal(BayeuxFaultKind.Unreachable, Assert.IsType<BayeuxException>(exception.InnerException).Kind);
        await Assert.ThrowsAsync<InvalidOperationException>(() => transport.SendAsync(TestProtocol.Say.With("x"), Cancelled));
    }

    [Fact]
    public async Task A_refused_subscription_is_a_connection_error()
    {
        _script = message => message.Channel == "/meta/subscribe" ? Reply.Of(message.Refused("403::denied")) : null;
        ChatException exception = await FailsAsync(OpenAsync());
        Assert.Equal(TestProtocol.Connection, exception.Code.Number);
        Assert.Contains("403 denied", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mapping_without_subscription_subscribes_to_nothing()
    {
        (CometDChatTransport transport, _) = await OpenAsync(protocol: TestProtocol.Create(subscribe: false));
        await transport.StartSessionAsync(TestProtocol.Start.With("x"), Cancelled).Soon();
        Assert.Equal(0, _server.CountOf("/meta/subscribe"));
    }

    [Fact]
    public async Task A_schema_without_mapping_is_refused()
    {
        ChatException exception = await FailsAsync(OpenAsync(protocol: TestProtocol.Create(cometD: false)));
        Assert.Equal(TestProtocol.Library, exception.Code.Number);
    }

    [Fact]
    public async Task On_a_broadcast_channel_the_clients_own_requests_come_back_and_are_neither_answer_nor_event()
    {
        _script = message =>
        {
            if (message.Channel != "/talk")
            {
                return null;
            }

            JsonObject answer = Answer(message, "/talk");
            return Reply.Of(new JsonObject { ["channel"] = "/talk", ["data"] = message.Json["data"]!.DeepClone() }, answer, message.Ok());
        };
        (CometDChatTransport transport, RecordingHost host) = await OpenAsync(protocol: TestProtocol.Create("/talk"));
        Assert.Equal("secret-session", (await transport.StartSessionAsync(TestProtocol.Start.With("x"), Cancelled).Soon()).SessionId);
        Assert.False(host.HasMore);
    }

    [Fact]
    public async Task No_secret_is_logged()
    {
        (CometDChatTransport transport, RecordingHost host) = await StartedAsync(options => options with { DisableWebSockets = true });
        _script = message => message.Channel == Talk ? Reply.Http(500) : null;
        await FailsAsync(transport.SendAsync(TestProtocol.Say.With("private words"), Cancelled));

        // Faults are told apart from answers, and not any more once the transport is closed.
        await host.LogUntilAsync("HTTP status 500");
        await transport.CloseAsync().AsTask().Soon();
        Assert.All((string[])["secret-session", "client-1", "secret-cookie", "private words"], secret => Assert.DoesNotContain(secret, host.LogText, StringComparison.Ordinal));
    }

    private static async Task<ChatException> FailsAsync(Task task) => await Assert.ThrowsAsync<ChatException>(() => task.Soon());

    private static JsonObject Request(ServerMessage message) => message.Json["data"]!.AsObject();

    private static Reply? Answer(ServerMessage message) => message.Channel == Talk ? Reply.Of(Answer(message, Talk), message.Ok()) : null;

    private static JsonObject Answer(ServerMessage message, string channel)
    {
        JsonObject request = Request(message);
        return new JsonObject
        {
            ["channel"] = channel,
            ["data"] = new JsonObject
            {
                ["ref"] = (string?)request["ref"],
                ["sid"] = (string?)request["do"] == "SAY" ? $"said {request["text"]}" : "secret-session",
            },
        };
    }

    private static Reply Answered(ServerMessage message, string json)
    {
        JsonObject answer = JsonNode.Parse(json)!.AsObject();
        answer["ref"] = (string?)Request(message)["ref"];
        return Reply.Of(new JsonObject { ["channel"] = Talk, ["data"] = answer }, message.Ok());
    }

    private async Task WaitUntilHeldAsync()
    {
        await _server.NextAsync("/meta/connect");
        await _server.NextAsync("/meta/connect");
    }

    private async Task<(CometDChatTransport Transport, RecordingHost Host)> OpenAsync(
        Func<CometDChatTransportOptions, CometDChatTransportOptions>? configure = null,
        ChatProtocol? protocol = null,
        TimeProvider? time = null)
    {
        var options = new CometDChatTransportOptions();
        var transport = new CometDChatTransport(_server.Url, configure?.Invoke(options) ?? options);
        _transports.Add(transport);
        var host = new RecordingHost(protocol ?? TestProtocol.Create(history: false), time);
        await transport.InitializeAsync(host, Cancelled).Soon();
        return (transport, host);
    }

    private async Task<(CometDChatTransport Transport, RecordingHost Host)> StartedAsync(Func<CometDChatTransportOptions, CometDChatTransportOptions>? configure = null)
    {
        (CometDChatTransport transport, RecordingHost host) = await OpenAsync(configure);
        await transport.StartSessionAsync(TestProtocol.Start.With("x"), Cancelled).Soon();
        return (transport, host);
    }
}
