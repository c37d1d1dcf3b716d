using ChatGen.Bayeux.Scenarios.Harness;
using Xunit;

namespace ChatGen.Bayeux.Scenarios.Handshake;

public sealed class HandshakeTests : ScenarioTest
{
    [Theory, Scenario("HandshakeThenConnect")]
    public async Task HandshakeThenConnect(Against column)
    {
        await StartAsync(column);
        BayeuxClient client = await ConnectAsync();
        ServerMessage handshake = await Server.NextAsync("/meta/handshake");
        Assert.Equal(1, handshake.BatchSize);
        Assert.Equal("1.0", (string?)handshake.Json["version"]);
        Assert.Null(handshake.ClientId);
        ServerMessage connect = await Server.NextAsync("/meta/connect");
        Assert.True(connect.IsImmediate);
        Assert.Equal(column.IsWebSocket(), connect.IsWebSocket);
        Assert.Equal(column.Title().Transport, (string?)connect.Json["connectionType"]);
        ServerMessage held = await Server.NextAsync("/meta/connect");
        Assert.False(held.IsImmediate);
        Assert.Equal(connect.ClientId, held.ClientId);
        Assert.Equal(BayeuxClientState.Connected, client.State);
        Assert.Equal(1, client.SessionNumber);
    }

    [Theory, Scenario("HandshakeThenConnect")]
    [NotAgainst(Against.Real, "The server knows the sessions that it has just made.")]
    public async Task HandshakeThenConnect_a_refused_first_connect_hints_at_cookies(Against column)
    {
        await StartAsync(column);
        Server.Script = static message => message.Channel == "/meta/connect"
            ? Reply.Of(message.Refused(ScriptedServer.Unknown, ScriptedServer.HandshakeAdvice))
            : null;
        BayeuxException exception = await Assert.ThrowsAsync<BayeuxException>(() => ConnectAsync());
        Assert.Equal((BayeuxFaultKind.ConnectRejected, 402), (exception.Kind, exception.Error?.Code));
        Assert.Equal(!column.IsWebSocket(), exception.Message.Contains("cookies", StringComparison.Ordinal));
    }

    [Theory, Scenario("HandshakeProps")]
    public async Task HandshakeProps(Against column)
    {
        await StartAsync(column);
        var refused = new List<Exception?>();
        await ConnectAsync(options => options with
        {
            PrepareHandshake = message =>
            {
                message.SetField("custom", "{\"token\":1}"u8.ToArray());
                message.SetExt("credentials", "\"x\""u8.ToArray());
                refused.Add(Xunit.Record.Exception(() => message.SetField("version", "\"2.0\""u8.ToArray())));
                refused.Add(Xunit.Record.Exception(() => message.SetField("other", "{"u8.ToArray())));
            },
        });
        Assert.Equal(2, refused.Count);
        Assert.All(refused, static exception => Assert.IsType<ArgumentException>(exception));
        ServerMessage handshake = await Server.NextAsync("/meta/handshake");
        Assert.Equal("""{"token":1}""", handshake.Json["custom"]!.ToJsonString());
        Assert.Equal("x", (string?)handshake.Json["ext"]?["credentials"]);
        Assert.Equal("1.0", (string?)handshake.Json["version"]);
        Assert.Null((await Server.NextAsync("/meta/connect")).Json["custom"]);
    }

    [Theory, Scenario("HandshakeDynamicProps")]
    public async Task HandshakeDynamicProps_are_asked_for_at_every_handshake(Against column)
    {
        await StartAsync(column);
        int number = 0;
        await ConnectAsync(options => options with
        {
            PrepareHandshake = message => message.SetField("custom", System.Text.Encoding.UTF8.GetBytes($"{++number}")),
        });
        Server.Forget();
        await StateAsync(BayeuxClientState.Reconnecting);
        await StateAsync(BayeuxClientState.Connected);
        Assert.Equal(1, (int?)(await Server.NextAsync("/meta/handshake")).Json["custom"]);
        Assert.Equal(2, (int?)(await Server.NextAsync("/meta/handshake")).Json["custom"]);
    }

    [Theory, Scenario("HandshakeDenied")]
    [NotAgainst(Against.Faye, "The server never forbids to try again.")]
    public async Task HandshakeDenied(Against column)
    {
        await StartAsync(column);
        if (!column.IsReal())
        {
            Server.Script = message => Reply.Of(message.Refused("403:x:denied_by_policy", """{"reconnect":"none"}"""));
        }

        using var handler = new HeaderHandler("X-Scenario", "deny");
        BayeuxException exception = await Assert.ThrowsAsync<BayeuxException>(
            () => ConnectAsync(options => options with { MaxConnectAttempts = 9, HttpMessageHandler = handler }));
        Assert.Equal((BayeuxFaultKind.HandshakeRejected, 403), (exception.Kind, exception.Error?.Code));
        Assert.DoesNotContain("x:", exception.Message, StringComparison.Ordinal);
        Assert.Equal(BayeuxClientState.Disconnected, Client.State);
        Assert.Equal(1, Server.CountOf("/meta/handshake"));
    }

    [Theory, Scenario("HandshakeFailure")]
    [NotAgainst(Against.Real, Because.OfAnswers)]
    [NotAgainst(Against.ScriptedWebSocket, Because.OfHttp)]
    [Case(500, "", BayeuxFaultKind.HttpStatus)]
    [Case(404, "<html>", BayeuxFaultKind.HttpStatus)]
    [Case(200, "<html><body>Sign in</body></html>", BayeuxFaultKind.InvalidResponse)]
    [Case(200, "", BayeuxFaultKind.InvalidResponse)]
    [Case(200, "[]", BayeuxFaultKind.InvalidResponse)]
    [Case(200, "[{\"channel\":\"/meta/hand", BayeuxFaultKind.InvalidResponse)]
    [Case(200, "[{\"channel\":\"/other\",\"data\":1}]", BayeuxFaultKind.InvalidResponse)]
    public async Task HandshakeFailure(Against column, int status, string body, BayeuxFaultKind kind)
    {
        await StartAsync(column);
        Server.Script = message => Reply.Http(status, body, "text/html");
        BayeuxException exception = await Assert.ThrowsAsync<BayeuxException>(() => ConnectAsync());
        Assert.Equal(kind, exception.Kind);
        Assert.Equal(status == 200 ? null : status, exception.HttpStatus);
        Assert.Equal(1, Server.CountOf("/meta/handshake"));
    }

    [Theory, Scenario("HandshakeOverHTTPReportsHTTPFailure")]
    [NotAgainst(Against.WebSocket, Because.OfHttp)]
    public async Task HandshakeOverHTTPReportsHTTPFailure(Against column)
    {
        await StartAsync(column);
        Server.Script = message => message is { Channel: "/meta/handshake", Number: 1 } ? Reply.Http(500) : null;
        await ConnectAsync(options => options with { MaxConnectAttempts = 2 });
        BayeuxFault fault = await FaultAsync(BayeuxFaultKind.HttpStatus);
        Assert.Equal(500, fault.HttpStatus);
    }

    [Theory, Scenario("HandshakeRetries")]
    [NotAgainst(Against.WebSocket, "A handshake that fails on WebSocket is repeated on long-polling; see TransportNegotiation.")]
    public async Task HandshakeRetries(Against column)
    {
        await StartAsync(column);
        Server.Script = message => message is { Channel: "/meta/handshake", Number: < 3 } ? Reply.Http(503) : null;
        await ConnectAsync(options => options with { MaxConnectAttempts = 3 });
        Assert.Equal(3, Server.CountOf("/meta/handshake"));
    }

    [Theory, Scenario("HandshakeExpiration")]
    public async Task HandshakeExpiration(Against column)
    {
        await StartAsync(column);
        var late = new TaskCompletionSource();
        Server.Script = message => message is { Channel: "/meta/handshake" } ? Reply.After(late.Task, Reply.Usual) : null;
        BayeuxException exception = await Assert.ThrowsAsync<BayeuxException>(
            () => ConnectAsync(options => options with { MaxNetworkDelay = TimeSpan.FromMilliseconds(200) }));
        Assert.Equal(BayeuxFaultKind.Timeout, exception.Kind);
        late.SetResult();
        Server.Script = static _ => null;
        await using BayeuxClient patient = Create();
        await patient.ConnectAsync(Cancellation).Soon();

        // By now the late reply has arrived too, if it could.
        Assert.Equal((BayeuxClientState.Disconnected, 0), (Client.State, Client.SessionNumber));
    }

    [Theory, Scenario("DuplicateHandshake")]
    public async Task DuplicateHandshake(Against column)
    {
        await StartAsync(column);
        var answer = new TaskCompletionSource();
        Server.Script = message => message.Channel == "/meta/handshake" ? Reply.After(answer.Task, Reply.Usual) : null;
        Task connecting = Create().ConnectAsync(Cancellation);
        await Server.NextAsync("/meta/handshake");
        await Assert.ThrowsAsync<InvalidOperationException>(() => Client.ConnectAsync(Cancellation).Soon());
        answer.SetResult();
        await connecting.Soon();
        Assert.Equal(1, Server.CountOf("/meta/handshake"));
    }

    [Theory, Scenario("MultipleHandshakes")]
    public async Task MultipleHandshakes(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => Client.ConnectAsync(Cancellation).Soon());
        Assert.Equal(BayeuxClientState.Connected, Client.State);
        Assert.Equal(1, Server.CountOf("/meta/handshake"));
    }

    [Theory, Scenario("HandshakeWithExpiredSession")]
    public async Task HandshakeWithExpiredSession(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        await Server.NextAsync("/meta/handshake");
        ServerMessage before = await Server.NextAsync("/meta/connect");
        Server.Forget();
        await StateAsync(BayeuxClientState.Reconnecting);
        Assert.Equal(2, (await StateAsync(BayeuxClientState.Connected)).SessionNumber);
        ServerMessage again = await Server.NextAsync("/meta/handshake");
        Assert.Null(again.ClientId);
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("1")).Outcome);
        Assert.NotEqual(before.ClientId, (await Server.NextAsync(A)).ClientId);
    }

    [Theory, Scenario("HandshakeReconnect")]
    [NotAgainst(Against.Real, "The server does not say for how long it remembers a session.")]
    public async Task HandshakeReconnect_spares_the_question_for_a_session_that_is_forgotten(Against column)
    {
        await StartAsync(column);
        Server.Script = message => message switch
        {
            { Channel: "/meta/handshake", Number: 1 } =>
                Reply.Of(Server.HandshakeReply(message, """{"reconnect":"retry","interval":0,"timeout":10,"maxInterval":10}""")),
            { Channel: "/meta/connect", ClientId: "client-1", Number: > 1 } => Reply.Abort,
            _ => null,
        };
        await ConnectAsync();
        Assert.Equal(BayeuxFaultKind.ConnectionClosed, (await StateAsync(BayeuxClientState.Reconnecting)).Cause?.Kind);
        Assert.Equal(2, (await StateAsync(BayeuxClientState.Connected)).SessionNumber);
        Assert.Equal(2, Server.CountOf("/meta/handshake"));
    }

    [Theory, Scenario("RestartAfterConnectWithFatalException")]
    public async Task RestartAfterConnectWithFatalException(Against column)
    {
        await StartAsync(column);
        Server.Script = message => message is { Channel: "/meta/handshake", Number: 1 }
            ? Reply.Of(message.Refused("500::broken", """{"reconnect":"none"}"""))
            : null;
        await Assert.ThrowsAsync<BayeuxException>(() => ConnectAsync());
        await Client.ConnectAsync(Cancellation).Soon();
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("1")).Outcome);
    }

    [Theory, Scenario("HandshakeFailsNoTransports")]
    [NotAgainst(Against.Real, Because.OfAnswers)]
    public async Task HandshakeFailsNoTransports(Against column)
    {
        await StartAsync(column);
        Server.SupportedTypes = """["callback-polling"]""";
        BayeuxException exception = await Assert.ThrowsAsync<BayeuxException>(() => ConnectAsync());
        Assert.Equal((BayeuxFaultKind.NoCommonTransport, 405), (exception.Kind, exception.Error?.Code));
    }
}
