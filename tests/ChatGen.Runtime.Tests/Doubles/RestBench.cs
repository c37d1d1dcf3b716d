namespace ChatGen.Tests;

/// <summary>A REST transport over a mapping of the test's own, and a backend that the test scripts by path.</summary>
public sealed class RestBench : IAsyncDisposable
{
    private readonly Dictionary<string, Queue<Func<HttpExchange, HttpResponseMessage>>> _answers = new(StringComparer.Ordinal);

    /// <param name="mapping">The mapping; <c>startSession</c> and <c>sendMessage</c> go to paths of their names unless it says otherwise.</param>
    public RestBench(string mapping)
    {
        Http.OnRequest = (request, _) => Task.FromResult(AnswerTo(request));
        Host = new RecordingHost(Time, TestProtocol.OverRest(mapping));
        Transport = new RestChatTransport(new TestRestApi(Http.Client(), Host.Protocol), Host.Protocol);
    }

    public SignallingTimeProvider Time { get; } = new();

    public ScriptedHttp Http { get; } = new();

    public RecordingHost Host { get; }

    public RestChatTransport Transport { get; }

    /// <summary>The requests as method and target.</summary>
    public IEnumerable<string> Sent => Http.Requests.Items.Select(request => request.ToString());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Answers the next request to a path; the last answer stays.</summary>
    public RestBench On(string path, Func<HttpExchange, HttpResponseMessage> answer)
    {
        lock (_answers)
        {
            if (!_answers.TryGetValue(path, out Queue<Func<HttpExchange, HttpResponseMessage>>? queue))
            {
                _answers.Add(path, queue = new Queue<Func<HttpExchange, HttpResponseMessage>>());
            }

            queue.Enqueue(answer);
        }

        return this;
    }

    public RestBench On(string path, string json) => On(path, _ => ScriptedHttp.Json(json));

    public async Task<ChatSessionState> StartAsync()
    {
        await Transport.InitializeAsync(Host, Ct);
        return await Transport.StartSessionAsync(TestProtocol.Start.With(new StartOptions("Jane")), Ct);
    }

    public async Task RestoreAsync(ChatSessionState state)
    {
        await Transport.InitializeAsync(Host, Ct);
        await Transport.RestoreSessionAsync(TestProtocol.Restore.With(null), state, Ct);
    }

    public Task<object?> SendAsync(string message = "Hello") => Transport.SendAsync(TestProtocol.SendMessage.With(new MessageOptions(message)), Ct);

    public ValueTask DisposeAsync() => Transport.CloseAsync();

    private HttpResponseMessage AnswerTo(HttpExchange request)
    {
        string path = request.Target.Split('?')[0]["/base".Length..];
        Func<HttpExchange, HttpResponseMessage>? answer = null;
        lock (_answers)
        {
            if (_answers.TryGetValue(path, out Queue<Func<HttpExchange, HttpResponseMessage>>? queue))
            {
                answer = queue.Count > 1 ? queue.Dequeue() : queue.Peek();
            }
        }

        return answer?.Invoke(request) ?? ScriptedHttp.Json(path == "/start" ? """{"sessionId":"secret-1"}""" : "{}");
    }
}
