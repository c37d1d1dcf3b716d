using System.Globalization;
using System.Net;

namespace ChatGen.Tests;

/// <summary>A backend as the built-in schema maps it to HTTP, that a test scripts.</summary>
public sealed class ScriptedRestBackend
{
    private int _reading;

    public ScriptedRestBackend() => Http.OnRequest = AnswerAsync;

    public ScriptedHttp Http { get; } = new();

    /// <summary>Answers a read from this index on.</summary>
    public Func<int, CancellationToken, Task<HttpResponseMessage>> OnRead { get; set; } = (_, _) => Task.FromResult(Transcript());

    public Func<HttpExchange, Task<HttpResponseMessage>> OnCommand { get; set; } = _ => Task.FromResult(ScriptedHttp.Json("{}"));

    /// <summary>The indexes that were asked for.</summary>
    public Recorder<int> Reads { get; } = new();

    /// <summary>The session ids of the requests after the start.</summary>
    public Recorder<string> SessionIds { get; } = new();

    public bool Overlapped { get; private set; }

    public static ChatProtocol Protocol(TimeSpan interval, bool hasTranscript = true) => TestProtocol.OverRest(
        $$"""
        {
          "headers": { "X-Session": "{sessionId}" },
          "take": { "sessionId": "{/sessionId}" },
          "timeoutSeconds": 120,
          "requests": {
            "startSession": { "method": "POST", "path": "/sessions", "body": {} },
            "getTranscript": { "method": "GET", "path": "/transcript", "query": { "from": "{options.fromIndex}" }, "events": false },
            "sendMessage": { "method": "POST", "path": "/messages", "body": {} }
          },
          "errors": [ { "status": ["4xx", "5xx"], "code": "{/error/code}", "description": "{/error/description}" } ],
          {{(hasTranscript ? $$$"""
          "events": { "poll": { "request": "getTranscript", "options": { "fromIndex": "{nextIndex}" }, "intervalSeconds": {{{interval.TotalSeconds.ToString(CultureInfo.InvariantCulture)}}} }, "entries": "{/transcript}" },
          """ : "")}}
          "leave": "leave"
        }
        """,
        hasTranscript);

    public static HttpResponseMessage Transcript(params string[] entries) => ScriptedHttp.Json($$"""{"transcript":[{{string.Join(",", entries)}}]}""");

    public static string Message(int? index) => index is { } place ? $$"""{"type":"MessageReceived","index":{{place}},"text":"text"}""" : """{"type":"MessageReceived","text":"nowhere"}""";

    public static string End(int index) => $$"""{"type":"SessionEnded","index":{{index}},"reason":"agent"}""";

    public static HttpResponseMessage Error(ChatErrorCode code) => ScriptedHttp.Json($$$"""{"error":{"code":{{{code.Number}}}}}""", HttpStatusCode.BadRequest);

    public RestChatTransport Transport(ChatProtocol protocol) => new(new TestRestApi(Http.Client(), protocol), protocol);

    private async Task<HttpResponseMessage> AnswerAsync(HttpExchange request, CancellationToken cancellationToken)
    {
        if (request.Target == "/base/sessions")
        {
            return ScriptedHttp.Json("""{"sessionId":"secret-1"}""");
        }

        SessionIds.Add(request.Header("X-Session") ?? "");
        if (request.Method != "GET")
        {
            return await OnCommand(request);
        }

        Overlapped |= Interlocked.Increment(ref _reading) > 1;
        int from = int.Parse(request.Target.Split('=')[1], CultureInfo.InvariantCulture);
        Reads.Add(from);
        try
        {
            return await OnRead(from, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _reading);
        }
    }
}
