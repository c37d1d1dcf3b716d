using System.Net.Sockets;
using ChatGen.Specification.Tests.Doubles;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Refit;

namespace ChatGen.Specification.Tests;

/// <summary>
/// Start and restore against servers that are down or bad: an error that a person understands, in time, and what was stored of an earlier
/// session is still there.
/// </summary>
public sealed class BadServerTests : IDisposable
{
    private const string EarlierSession = "earlier-session-secret";

    private static readonly TimeSpan s_maxOfflineDuration = TimeSpan.FromDays(30);

    private static readonly Dictionary<string, RequestDelegate> s_servers = new()
    {
        ["HTML"] = BadServer.Answering(200, "text/html", "<!DOCTYPE html><html><body>Welcome!</body></html>"),
        ["HTML with status 500"] = BadServer.Answering(500, "text/html", "<html><body>Internal Server Error</body></html>"),
        ["truncated array"] = BadServer.Answering(200, "application/json", "[{\"channel\":\"/meta/handshake\",\"successful\":tr"),
        ["truncated object"] = BadServer.Answering(200, "application/json", "{\"sessionId\":\"ab"),
        ["hung up"] = BadServer.HangingUp,
        ["cut off"] = BadServer.CuttingOff,
        ["empty"] = BadServer.Answering(200, "application/json", ""),
        ["redirect"] = BadServer.Redirecting,
        ["no chat"] = BadServer.Answering(200, "application/json", "{\"hello\":\"world\"}"),
        ["not found"] = BadServer.Answering(404, "text/plain", "Not Found"),
    };

    private readonly string _directory = Directory.CreateTempSubdirectory("chatgen-").FullName;

    private string StateFile => Path.Combine(_directory, "state.json");

    public static TheoryData<string, int, string> OverCometD => new()
    {
        { "HTML", 150, "The server answered with a page of HTML or XML instead of Bayeux messages." },
        { "HTML with status 500", 150, "The server answered with HTTP status 500." },
        { "truncated array", 150, "The server's response is not made of Bayeux messages: " },
        { "hung up", 150, "The connection to the server broke." },
        { "cut off", 150, "The connection to the server broke." },
        { "empty", 150, "The server's response is empty." },
        { "redirect", 150, "The server answered with HTTP status 302." },
        { "no chat", 150, "The server's response is not made of Bayeux messages: " },
        { "not found", 150, "The server answered with HTTP status 404." },
    };

    public static TheoryData<string, int, string> OverRest => new()
    {
        { "HTML", 0, "is a page of HTML or XML instead of JSON." },
        { "HTML with status 500", 150, "The backend answered 500 with no error object." },
        { "truncated object", 0, "is not JSON: " },
        { "hung up", 150, "The connection to the backend broke before '" },
        { "cut off", 150, "The connection to the backend broke before '" },
        { "empty", 0, "is empty." },
        { "redirect", 0, "to another address. That is not followed, since the request carries what admits to the session; use the address that it redirects to." },
        { "no chat", 0, "is missing" },
        { "not found", 150, "The backend answered 404 with no error object." },
    };

    [Theory]
    [MemberData(nameof(OverCometD))]
    public async Task Start_over_CometD(string answer, int code, string message)
    {
        await using BadServer server = await BadServer.StartAsync(s_servers[answer]);
        await StoreEarlierSessionAsync(server.Url);
        ChatException exception = await FailureAsync(client => client.StartSessionAsync(CometD(server.Url), Deadline.Token));
        await AssertClearAsync(exception, code, "Cannot connect to the CometD server 127.0.0.1: " + message);
    }

    [Theory]
    [MemberData(nameof(OverCometD))]
    public async Task Restore_over_CometD(string answer, int code, string message)
    {
        await using BadServer server = await BadServer.StartAsync(s_servers[answer]);
        await StoreEarlierSessionAsync(server.Url);
        ChatException exception = await FailureAsync(client => client.RestoreSessionAsync(CometD(), Deadline.Token));
        await AssertClearAsync(exception, code, "Cannot connect to the CometD server 127.0.0.1: " + message);
    }

    [Theory]
    [MemberData(nameof(OverRest))]
    public async Task Start_over_REST(string answer, int code, string message)
    {
        await using BadServer server = await BadServer.StartAsync(s_servers[answer]);
        await StoreEarlierSessionAsync(null);
        using HttpClient httpClient = HttpClientOf(server.Url);
        ChatException exception = await FailureAsync(client => client.StartSessionAsync(RestStart(httpClient), Deadline.Token));
        await AssertClearAsync(exception, code, message);
    }

    [Theory]
    [MemberData(nameof(OverRest))]
    public async Task Restore_over_REST(string answer, int code, string message)
    {
        await using BadServer server = await BadServer.StartAsync(s_servers[answer]);
        await StoreEarlierSessionAsync(null);
        using HttpClient httpClient = HttpClientOf(server.Url);
        ChatException exception = await FailureAsync(client => client.RestoreSessionAsync(RestRestore(httpClient), Deadline.Token));
        await AssertClearAsync(exception, code, message);
    }

    [Fact]
    public async Task Nobody_listens()
    {
        Uri url = BadServer.RefusedUrl(out Socket socket);
        using Socket taken = socket;
        using HttpClient httpClient = HttpClientOf(url);

        await StoreEarlierSessionAsync(url);
        await AssertClearAsync(await FailureAsync(client => client.StartSessionAsync(CometD(url), Deadline.Token)), 150, "Cannot connect to the CometD server 127.0.0.1: The server cannot be reached.");
        await AssertClearAsync(await FailureAsync(client => client.RestoreSessionAsync(CometD(), Deadline.Token)), 150, "Cannot connect to the CometD server 127.0.0.1: The server cannot be reached.");
        await AssertClearAsync(await FailureAsync(client => client.StartSessionAsync(RestStart(httpClient), Deadline.Token)), 150, "The backend cannot be reached: ");
        await AssertClearAsync(await FailureAsync(client => client.RestoreSessionAsync(RestRestore(httpClient), Deadline.Token)), 150, "The backend cannot be reached: ");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_server_never_answers_over_CometD(bool start)
    {
        await using BadServer server = await BadServer.StartAsync(BadServer.Silent);
        await StoreEarlierSessionAsync(server.Url);
        var clock = new FastTimeProvider(50);
        ChatException exception = start
            ? await FailureAsync(client => client.StartSessionAsync(CometD(server.Url), Deadline.Token), clock)
            : await FailureAsync(client => client.RestoreSessionAsync(CometD(), Deadline.Token), clock);
        await server.Called;
        await AssertClearAsync(exception, 150, "Cannot connect to the CometD server 127.0.0.1: The server did not answer in time.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_server_never_answers_over_REST(bool start)
    {
        await using BadServer server = await BadServer.StartAsync(BadServer.Silent);
        await StoreEarlierSessionAsync(null);
        using HttpClient httpClient = HttpClientOf(server.Url);
        httpClient.Timeout = TimeSpan.FromSeconds(0.2);
        ChatException exception = start
            ? await FailureAsync(client => client.StartSessionAsync(RestStart(httpClient), Deadline.Token))
            : await FailureAsync(client => client.RestoreSessionAsync(RestRestore(httpClient), Deadline.Token));
        await AssertClearAsync(exception, 150, $"The backend did not answer '{(start ? "startSession" : "restoreSession")}' in time.");
    }

    [Fact]
    public async Task The_caller_gives_up_on_a_server_that_never_answers()
    {
        await using BadServer server = await BadServer.StartAsync(BadServer.Silent);
        await StoreEarlierSessionAsync(server.Url);
        using var caller = new CancellationTokenSource();
        await using ChatClient client = Client(TimeProvider.System);
        Task<ChatSession> starting = client.StartSessionAsync(CometD(server.Url), caller.Token);
        Task<ChatSession?> restoring = client.RestoreSessionAsync(CometD(), caller.Token);
        using HttpClient httpClient = HttpClientOf(server.Url);
        Task<ChatSession> startingOverRest = client.StartSessionAsync(RestStart(httpClient), caller.Token);
        await server.Called;
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting.InTime());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => restoring.InTime());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => startingOverRest.InTime());
        await AssertStillStoredAsync();
    }

    [Fact]
    public async Task The_backend_takes_the_operation_and_never_answers_it()
    {
        // An answer with another's request id is nobody's.
        await using BadServer server = await BadServer.StartAsync(BadServer.Bayeux(_ => "\"requestId\":\"another's\""));
        await StoreEarlierSessionAsync(server.Url);
        ChatException exception = await FailureAsync(client => client.StartSessionAsync(CometD(server.Url), Deadline.Token), new FastTimeProvider(50));
        await AssertClearAsync(exception, 150, "The backend did not answer 'startSession' within 30 seconds. It may have processed it all the same.");
    }

    [Theory]
    [InlineData("\"sessionId\":5", "The answer to 'startSession' breaks the schema: $.sessionId: must be a string, but is a number")]
    [InlineData("\"sessionId\":null", "The answer to 'startSession' breaks the schema: $.sessionId: must be a string, but is null")]
    [InlineData("\"session\":\"abc\"", "The answer to 'startSession' breaks the schema: $.sessionId: is missing")]
    [InlineData("\"error\":\"no\"", "The backend's error object is malformed: ")]
    public async Task The_answer_to_a_start_over_CometD_breaks_the_schema(string members, string message)
    {
        await using BadServer server = await BadServer.StartAsync(BadServer.Bayeux(_ => members));
        await StoreEarlierSessionAsync(server.Url);
        await AssertClearAsync(await FailureAsync(client => client.StartSessionAsync(CometD(server.Url), Deadline.Token)), 0, message);
    }

    [Theory]
    [InlineData("\"transcript\":\"none\"", "The answer to 'getTranscript' breaks the schema: $.transcript: must be an array, but is a string")]
    [InlineData("\"transcript\":[{\"type\":\"MessageReceived\",\"index\":1}]", "The answer to 'getTranscript' breaks the schema: $.transcript[0].party: is missing")]
    [InlineData("\"nothing\":true", "The answer to 'getTranscript' breaks the schema: $.transcript: is missing")]
    public async Task The_answer_to_a_restore_over_CometD_breaks_the_schema(string members, string message)
    {
        await using BadServer server = await BadServer.StartAsync(BadServer.Bayeux(_ => members));
        await StoreEarlierSessionAsync(server.Url);
        await AssertClearAsync(await FailureAsync(client => client.RestoreSessionAsync(CometD(), Deadline.Token)), 0, message);
    }

    [Theory]
    [InlineData("{\"sessionId\":5}", "The backend's answer to 'startSession' breaks the schema: $.sessionId: must be a string, but is a number")]
    [InlineData("[]", "The backend's answer to 'startSession' breaks the schema: $: must be an object, but is an array")]
    [InlineData("null", "The backend's answer to 'startSession' breaks the schema: $: ")]
    public async Task The_answer_to_a_start_over_REST_breaks_the_schema(string body, string message)
    {
        await using BadServer server = await BadServer.StartAsync(BadServer.Answering(200, "application/json", body));
        await StoreEarlierSessionAsync(null);
        using HttpClient httpClient = HttpClientOf(server.Url);
        await AssertClearAsync(await FailureAsync(client => client.StartSessionAsync(RestStart(httpClient), Deadline.Token)), 0, message);
    }

    [Fact]
    public async Task The_answer_to_a_restore_over_REST_breaks_the_schema()
    {
        await using BadServer server = await BadServer.StartAsync(BadServer.Answering(200, "application/json", "{\"transcript\":[{\"type\":\"SessionEnded\",\"index\":\"1\"}]}"));
        await StoreEarlierSessionAsync(null);
        using HttpClient httpClient = HttpClientOf(server.Url);
        await AssertClearAsync(
            await FailureAsync(client => client.RestoreSessionAsync(RestRestore(httpClient), Deadline.Token)),
            0,
            "The backend's answer to 'getTranscript' breaks the schema: $.transcript[0].index: must be an integer, but is a string");
    }

    [Fact]
    public async Task Only_a_backend_that_does_not_know_the_session_makes_it_forgotten()
    {
        const string Error = "\"error\":{\"code\":50,\"description\":\"Who are you?\"}";
        await using BadServer cometD = await BadServer.StartAsync(BadServer.Bayeux(_ => Error));
        await StoreEarlierSessionAsync(cometD.Url);
        ChatException exception = await FailureAsync(client => client.RestoreSessionAsync(CometD(), Deadline.Token));
        Assert.Equal((ErrorCode.UnknownSession, "Who are you?"), (exception.Code, exception.Message));
        Assert.False(File.Exists(StateFile));

        await using BadServer rest = await BadServer.StartAsync(BadServer.Answering(404, "application/json", $"{{{Error}}}"));
        await StoreEarlierSessionAsync(null);
        using HttpClient httpClient = HttpClientOf(rest.Url);
        exception = await FailureAsync(client => client.RestoreSessionAsync(RestRestore(httpClient), Deadline.Token));
        Assert.Equal((ErrorCode.UnknownSession, "Who are you?"), (exception.Code, exception.Message));
        Assert.False(File.Exists(StateFile));
    }

    [Theory]
    [InlineData(52, "The command failed while it was executed.")]
    [InlineData(100, "Chat Server cannot be reached.")]
    [InlineData(101, "The login to Chat Server failed.")]
    [InlineData(4711, "The backend reported error 4711.")]
    public async Task The_backend_refuses_with_a_code_alone(int code, string message)
    {
        await using BadServer server = await BadServer.StartAsync(BadServer.Bayeux(_ => $"\"error\":{{\"code\":{code}}}"));
        await StoreEarlierSessionAsync(server.Url);
        await AssertClearAsync(await FailureAsync(client => client.StartSessionAsync(CometD(server.Url), Deadline.Token)), code, message);
        await AssertClearAsync(await FailureAsync(client => client.RestoreSessionAsync(CometD(), Deadline.Token)), code, message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not JSON at all")]
    [InlineData("{\"expires\":\"2999-01-01T00:00:00Z\",\"state\":{\"sessionId\":\"a")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"expires\":\"soon\",\"state\":{\"sessionId\":\"a\"}}")]
    [InlineData("{\"expires\":\"2999-01-01T00:00:00Z\",\"state\":{\"lastIndex\":1}}")]
    [InlineData("{\"expires\":\"2999-01-01T00:00:00Z\",\"state\":{\"sessionId\":\"\"}}")]
    [InlineData("{\"expires\":\"2999-01-01T00:00:00Z\",\"state\":{\"sessionId\":\"a\",\"serverUrl\":7}}")]
    public async Task Stored_state_that_is_corrupted_is_moved_aside_and_the_next_start_works(string content)
    {
        await using Bench bench = await Bench.StartAsync();
        await File.WriteAllTextAsync(bench.StateFile, content, Deadline.Token);
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => bench.Client().RestoreSessionAsync(cancellationToken: Deadline.Token));
        Assert.Equal(ErrorCode.Unspecified, exception.Code);
        Assert.Equal(
            $"The stored state could not be read: The file holds no state of a chat session; it was moved to '{bench.StateFile}.unreadable'.", exception.Message);
        Assert.Equal(content, await File.ReadAllTextAsync(bench.StateFile + ".unreadable", Deadline.Token));

        Assert.Null(await bench.Client().RestoreSessionAsync(cancellationToken: Deadline.Token));
        ChatSession session = await bench.Client().StartSessionAsync(bench.Start, Deadline.Token);
        await session.DisposeAsync();
        Assert.NotNull(await bench.Client().RestoreSessionAsync(cancellationToken: Deadline.Token));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static StartSessionOptions CometD(Uri url) => new() { ServerUrl = url, MaxOfflineDuration = s_maxOfflineDuration };

    private static RestoreSessionOptions CometD() => new() { MaxOfflineDuration = s_maxOfflineDuration };

    private static HttpClient HttpClientOf(Uri url) => new() { BaseAddress = url };

    private static StartSessionOptions RestStart(HttpClient client) =>
        new() { Transport = new RestTransport(RestService.ForGenerated<IChatApi>(client)), MaxOfflineDuration = s_maxOfflineDuration };

    private static RestoreSessionOptions RestRestore(HttpClient client) =>
        new() { Transport = new RestTransport(RestService.ForGenerated<IChatApi>(client)), MaxOfflineDuration = s_maxOfflineDuration };

    private ChatClient Client(TimeProvider timeProvider) =>
        new(new ChatClientSettings { StateFilePath = StateFile, TimeProvider = timeProvider, Logger = NullLogger.Instance });

    private async Task<ChatException> FailureAsync(Func<ChatClient, Task> call, TimeProvider? timeProvider = null)
    {
        await using ChatClient client = Client(timeProvider ?? TimeProvider.System);
        return await Assert.ThrowsAsync<ChatException>(() => call(client).InTime());
    }

    private ValueTask StoreEarlierSessionAsync(Uri? serverUrl) => new FileChatStateStorage(StateFile, s_maxOfflineDuration)
        .WriteAsync(new ChatSessionState { SessionId = EarlierSession, ServerUrl = serverUrl, LastIndex = 3 }, Deadline.Token);

    private async Task AssertClearAsync(ChatException exception, int code, string message)
    {
        Assert.Equal(ErrorCode.Catalog.Find(code), exception.Code);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(EarlierSession, exception.ToString(), StringComparison.Ordinal);
        await AssertStillStoredAsync();
    }

    private async Task AssertStillStoredAsync()
    {
        ChatSessionState? state = await new FileChatStateStorage(StateFile, s_maxOfflineDuration).ReadAsync(Deadline.Token);
        Assert.Equal((EarlierSession, 3), (state?.SessionId, state?.LastIndex));
    }
}
