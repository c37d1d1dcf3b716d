using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;

namespace ChatGen.Tests;

/// <summary>What the REST transport does about errors, by the recovery of their codes.</summary>
public sealed class RestRecoveryTests
{
    private static readonly TimeSpan s_requestTimeout = TimeSpan.FromSeconds(120);

    private const string Mapping = """
        {
          "timeoutSeconds": 120, "take": { "token": "{/token}" },
          "headers": { "X-Token": "{token}" },
          "requests": {
            "startSession": { "method": "POST", "path": "/start" },
            "sendMessage": { "method": "POST", "path": "/send" },
            "getTranscript": { "method": "GET", "path": "/transcript", "events": false },
            "renew": { "method": "POST", "path": "/renew" },
            "poll": { "method": "GET", "path": "/poll" }
          },
          "tables": { "codes": { "401": 150, "404": 50, "500": 52 } },
          "errors": [ { "when": { "{/failed}": "*" }, "code": "{/failed}", "description": "{/why}" }, { "status": [503, "4xx"], "code": "{header.X-Code}" } ],
          "events": { "longPoll": { "request": "poll", "timeoutSeconds": 20 }, "entries": "{/entries}", "resume": "renew" }
        }
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_is_never_sent_again_whatever_its_error()
    {
        await using RestBench bench = await StartAsync();
        bench.On("/send", _ => Error(52));
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => bench.SendAsync());
        Assert.Equal((TestProtocol.CommandFailed, "Try later."), (exception.Code, exception.Message));
        Assert.Single(bench.Sent, sent => sent == "POST /base/send");
    }

    [Fact]
    public async Task A_read_is_sent_again_after_pauses_that_double_and_keep_to_what_the_backend_asks_for()
    {
        await using RestBench bench = await StartAsync();
        bench.On("/transcript", _ => Error(52)).On("/transcript", _ => Error(52, retryAfter: 7)).On("/transcript", """{"transcript":[]}""");
        Task<object?> reading = bench.Transport.SendAsync(TestProtocol.GetTranscript.With(new TranscriptOptions(0)), Ct);
        Assert.Equal(TimeSpan.FromSeconds(2), await PauseAsync(bench, 1));
        Assert.Equal(TimeSpan.FromSeconds(7), await PauseAsync(bench, 2));
        Assert.IsType<Transcript>(await reading);
    }

    [Fact]
    public async Task A_read_is_given_up_after_three_attempts()
    {
        await using RestBench bench = await StartAsync();
        bench.On("/transcript", _ => Error(52));
        Task<object?> reading = bench.Transport.SendAsync(TestProtocol.GetTranscript.With(new TranscriptOptions(0)), Ct);
        await PauseAsync(bench, 1);
        await PauseAsync(bench, 2);
        Assert.Equal(TestProtocol.CommandFailed, (await Assert.ThrowsAsync<ChatException>(() => reading)).Code);
        Assert.Equal(3, bench.Sent.Count(sent => sent == "GET /base/transcript"));
    }

    [Fact]
    public async Task An_error_can_stand_in_an_answer_with_success_and_its_code_in_a_header()
    {
        await using RestBench bench = await StartAsync();
        bench.On("/send", """{"failed":50,"why":"Gone."}""").On("/send", _ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Headers = { { "X-Code", "52" } } });
        ChatException inBand = await Assert.ThrowsAsync<ChatException>(() => bench.SendAsync());
        Assert.Equal((TestProtocol.UnknownSession, "Gone."), (inBand.Code, inBand.Message));
        Assert.Equal(TestProtocol.CommandFailed, (await Assert.ThrowsAsync<ChatException>(() => bench.SendAsync())).Code);
    }

    [Fact]
    public async Task A_rule_whose_code_is_absent_does_not_fit()
    {
        await using RestBench bench = await StartAsync();
        bench.On("/send", _ => new HttpResponseMessage(HttpStatusCode.BadRequest));
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => bench.SendAsync());
        Assert.Equal("The backend answered 400 with no error object.", exception.Message);
    }

    [Fact]
    public async Task The_newest_value_of_the_state_is_sent_and_stored()
    {
        await using RestBench bench = await StartAsync();
        bench.On("/send", """{"token":"secret-b"}""");
        await bench.SendAsync();
        await bench.SendAsync();
        Assert.Equal(["secret-a", "secret-b"], bench.Http.Requests.Items.Where(request => request.Target == "/base/send").Select(request => request.Header("X-Token")));
        Assert.Equal("\"secret-b\"", bench.Host.States.Items[^1].Values["token"]);
    }

    [Fact]
    public async Task A_restored_session_has_the_values_that_were_stored_and_is_resumed()
    {
        await using var bench = new RestBench(Mapping);
        Hold(bench);
        await bench.RestoreAsync(new ChatSessionState { SessionId = "s", Values = ImmutableDictionary<string, string>.Empty.Add("token", "\"secret-z\"") });
        Assert.Equal("POST /base/renew", bench.Sent.First());
        Assert.Equal("secret-z", bench.Http.Requests.Items[0].Header("X-Token"));
    }

    [Fact]
    public async Task A_stored_value_that_is_no_JSON_fails_the_restore_clearly()
    {
        await using var bench = new RestBench(Mapping);
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() =>
            bench.RestoreAsync(new ChatSessionState { SessionId = "s", Values = ImmutableDictionary<string, string>.Empty.Add("token", "{broken") }));
        Assert.Equal("The stored state of the REST transport cannot be read.", exception.Message);
    }

    [Fact]
    public async Task A_long_poll_is_sent_again_at_once_but_not_as_fast_as_a_backend_that_does_not_hold_it_answers()
    {
        await using var bench = new RestBench(Mapping);
        bench.On("/poll", """{"entries":[{"type":"MessageReceived","index":1,"text":"a"}]}""").On("/poll", _ => new HttpResponseMessage(HttpStatusCode.NoContent));
        await bench.StartAsync();
        Assert.Equal(TimeSpan.FromSeconds(1), await PauseAsync(bench, 1));
        Assert.Equal(["GET /base/poll", "GET /base/poll"], bench.Sent.Skip(1).Take(2));
        Assert.Equal(["event 1"], bench.Host.Calls.Items);
        Assert.Contains(bench.Time.Timers.Items, due => due == s_requestTimeout + TimeSpan.FromSeconds(20));
    }

    private static async Task<RestBench> StartAsync()
    {
        var bench = new RestBench(Mapping);
        Hold(bench);
        bench.On("/start", """{"sessionId":"s","token":"secret-a"}""");
        await bench.StartAsync();
        return bench;
    }

    /// <summary>Lets the backend hold the long poll for ever.</summary>
    private static void Hold(RestBench bench)
    {
        Func<HttpExchange, CancellationToken, Task<HttpResponseMessage>> others = bench.Http.OnRequest;
        bench.Http.OnRequest = async (request, stop) =>
        {
            if (request.Target == "/base/poll")
            {
                await Task.Delay(Timeout.Infinite, stop);
            }

            return await others(request, stop);
        };
    }

    private static HttpResponseMessage Error(int code, int? retryAfter = null)
    {
        HttpResponseMessage response = ScriptedHttp.Json($$"""{"failed":{{code}},"why":"Try later."}""", HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter = retryAfter is { } seconds ? new RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds)) : null;
        return response;
    }

    /// <summary>Waits for a pause of the transport and lets it pass.</summary>
    private static async Task<TimeSpan> PauseAsync(RestBench bench, int number)
    {
        IReadOnlyList<TimeSpan> timers = await bench.Time.Timers.UntilAsync(timers => timers.Count(due => due < TimeSpan.FromMinutes(1)) >= number);
        TimeSpan pause = timers.Where(due => due < TimeSpan.FromMinutes(1)).ElementAt(number - 1);
        bench.Time.Advance(pause);
        return pause;
    }
}
