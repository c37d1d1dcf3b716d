using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using ChatGen.Bayeux.Tests.Scripted;
using Xunit;

namespace ChatGen.Bayeux.Tests.Chat;

/// <summary>A backend of the test protocol behind a scripted Bayeux server, and a transport to it. It forgets Bayeux clients, not chat sessions.</summary>
internal sealed class ChatBench : IAsyncDisposable
{
    public const string Talk = "/service/talk";

    /// <summary>Short pauses, so that tests which go through some are quick; how long they are is another test's.</summary>
    public static readonly CometDChatTransportOptions Quick = new()
    {
        Configure = static bayeux => bayeux with { InitialBackoff = TimeSpan.FromMilliseconds(20), MaxBackoff = TimeSpan.FromMilliseconds(100) },
    };

    private readonly List<CometDChatTransport> _transports = [];
    private readonly Channel<TaskCompletionSource> _connects = Channel.CreateUnbounded<TaskCompletionSource>();

    private ChatBench(ScriptedServer server) => Server = server;

    public ScriptedServer Server { get; }

    /// <summary>What the server does about a message before anything else is asked; <see langword="null"/> leaves it to the rest.</summary>
    public Func<ServerMessage, Reply?> Script { get; set; } = static _ => null;

    /// <summary>What the backend answers to an operation, as JSON without the reference; <see langword="null"/> for what a well-behaved one does.</summary>
    public Func<string, JsonObject, string?> Answers { get; set; } = static (_, _) => null;

    /// <summary>The chat session's history, as JSON.</summary>
    public List<string> History { get; } = [];

    public static async Task<ChatBench> StartAsync()
    {
        var bench = new ChatBench(await ScriptedServer.StartAsync());
        bench.Server.Script = bench.OnMessage;
        return bench;
    }

    public static JsonObject RequestOf(ServerMessage message) => message.Json["data"]!.AsObject();

    public static string OperationOf(ServerMessage message) => (string)RequestOf(message)["do"]!;

    public CometDChatTransport Transport(Func<CometDChatTransportOptions, CometDChatTransportOptions>? configure = null)
    {
        var transport = new CometDChatTransport(Server.Url, configure?.Invoke(Quick) ?? Quick);
        _transports.Add(transport);
        return transport;
    }

    /// <summary>A transport that has started a session.</summary>
    public async Task<CometDChatTransport> StartedAsync(RecordingHost host, Func<CometDChatTransportOptions, CometDChatTransportOptions>? configure = null)
    {
        CometDChatTransport transport = Transport(configure);
        await transport.InitializeAsync(host, TestContext.Current.CancellationToken).Soon();
        await transport.StartSessionAsync(TestProtocol.Start.With("x"), TestContext.Current.CancellationToken).Soon();
        Assert.Equal("OPEN", await NextOperationAsync());
        return transport;
    }

    /// <summary>Lets the Bayeux server forget its client, which is told so by the end of its connect.</summary>
    public async Task ForgetAsync() => (await _connects.Reader.ReadAsync().Soon()).SetResult();

    /// <summary>Waits until the next operation arrives.</summary>
    public async Task<string> NextOperationAsync() => OperationOf(await NextAsync());

    public Task<ServerMessage> NextAsync() => Server.NextAsync(Talk);

    /// <summary>Adds a message to the history and, over WebSocket, sends it to the visitor.</summary>
    public async Task SayAsync(int index, string text, bool push = true)
    {
        string json = string.Create(CultureInfo.InvariantCulture, $$"""{"kind":"said","n":{{index}},"text":"{{text}}"}""");
        lock (History)
        {
            History.Add(json);
        }

        if (push)
        {
            await Server.PushAsync(Talk, json);
        }
    }

    /// <summary>What the backend answers, with the acknowledgement.</summary>
    public Reply Well(ServerMessage message) => Reply.Of(Answer(message), message.Ok());

    public async ValueTask DisposeAsync()
    {
        foreach (CometDChatTransport transport in _transports)
        {
            await transport.CloseAsync().AsTask().Soon();
        }

        await Server.DisposeAsync();
    }

    private Reply? OnMessage(ServerMessage message) => Script(message) ?? message switch
    {
        { Channel: "/meta/connect", IsImmediate: false } => Held(message),
        { Channel: Talk } => Well(message),
        _ => null,
    };

    private Reply Held(ServerMessage message)
    {
        var forgotten = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _connects.Writer.TryWrite(forgotten);
        return Reply.After(forgotten.Task, Reply.Of(message.Refused(ScriptedServer.Unknown, ScriptedServer.HandshakeAdvice)));
    }

    private JsonObject Answer(ServerMessage message)
    {
        JsonObject request = RequestOf(message);
        string operation = OperationOf(message);
        JsonObject data = Answers(operation, request) is { } json ? JsonNode.Parse(json)!.AsObject() : Default(operation, request);
        data["ref"] = (string?)request["ref"];
        return new JsonObject { ["channel"] = Talk, ["data"] = data };
    }

    private JsonObject Default(string operation, JsonObject request)
    {
        if (operation != "HISTORY")
        {
            return new JsonObject { ["sid"] = operation == "SAY" ? $"said {request["text"]}" : "secret-session" };
        }

        int from = int.Parse((string)request["from"]!, CultureInfo.InvariantCulture);
        lock (History)
        {
            return new JsonObject { ["entries"] = new JsonArray([.. History.Select(entry => JsonNode.Parse(entry)!).Where(entry => (int)entry["n"]! >= from)]) };
        }
    }
}
