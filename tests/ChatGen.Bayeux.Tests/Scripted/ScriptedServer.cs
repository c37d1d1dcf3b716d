using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace ChatGen.Bayeux.Tests.Scripted;

/// <summary>A Bayeux server that does what a well-behaved one does, unless the test's script says otherwise.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    public const string Unknown = "402::session_unknown";
    public const string HandshakeAdvice = """{"reconnect":"handshake","interval":0}""";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<string, Channel<ServerMessage>> _received = new();
    private readonly ConcurrentDictionary<string, int> _counts = new();
    private readonly ConcurrentDictionary<WebSocket, SemaphoreSlim> _sockets = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly List<JsonObject> _events = [];
    private TaskCompletionSource _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _sessions;
    private int _upgrades;
    private int _held;
    private int _maxHeld;

    private ScriptedServer(WebApplication application) => _application = application;

    /// <summary>Says what to do about a message; <see langword="null"/> for what a well-behaved server does.</summary>
    public Func<ServerMessage, Reply?> Script { get; set; } = static _ => null;

    /// <summary>Status that upgrades are refused with; 101 to let them through, 0 not to answer them.</summary>
    public int UpgradeStatus { get; set; } = 101;

    public string SupportedTypes { get; set; } = """["websocket","long-polling"]""";

    public int Upgrades => _upgrades;

    /// <summary>The most meta connects that were held at the same time.</summary>
    public int MaxHeld => _maxHeld;

    public Uri Url { get; private set; } = null!;

    public static async Task<ScriptedServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.Protocols = HttpProtocols.Http1));
        WebApplication application = builder.Build();
        var server = new ScriptedServer(application);
        application.UseWebSockets();
        application.Run(server.HandleAsync);
        await application.StartAsync().Soon();
        server.Url = new Uri(application.Urls.First() + "/cometd");
        return server;
    }

    /// <summary>The next message on a channel that no call has returned yet.</summary>
    public Task<ServerMessage> NextAsync(string channel) => ReceivedOn(channel).Reader.ReadAsync().Soon();

    public int CountOf(string channel) => _counts.GetValueOrDefault(channel);

    /// <summary>Delivers an event to the one client: over its socket, or with its next connect.</summary>
    public async Task PushAsync(string channel, string data, string? id = null)
    {
        var message = new JsonObject { ["channel"] = channel, ["data"] = JsonNode.Parse(data) };
        if (id is not null)
        {
            message["id"] = id;
        }

        await PushAsync(message);
    }

    public async Task PushAsync(JsonObject message)
    {
        if (_sockets.Keys.FirstOrDefault(static socket => socket.State == WebSocketState.Open) is { } open)
        {
            await SendAsync(open, Text(new JsonArray(message)));
            return;
        }

        lock (_lock)
        {
            _events.Add(message);
            _wake.TrySetResult();
        }
    }

    /// <summary>Sends text over the socket as it is, in several frames.</summary>
    public async Task PushRawAsync(string text, int fragments = 1)
    {
        WebSocket socket = _sockets.Keys.First(static socket => socket.State == WebSocketState.Open);
        await SendAsync(socket, text, fragments);
    }

    /// <summary>Breaks all sockets without a closing handshake.</summary>
    public void AbortSockets()
    {
        foreach (WebSocket socket in _sockets.Keys)
        {
            socket.Abort();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _application.StopAsync(new CancellationToken(true));
        await _application.DisposeAsync();
    }

    private Channel<ServerMessage> ReceivedOn(string channel) => _received.GetOrAdd(channel, static _ => Channel.CreateUnbounded<ServerMessage>());

    private async Task HandleAsync(HttpContext context)
    {
        try
        {
            if (context.Request.Headers.Upgrade.Count > 0)
            {
                await HandleUpgradeAsync(context);
            }
            else
            {
                await HandlePostAsync(context);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or IOException)
        {
            // The client has gone, or the test is over.
        }
    }

    private async Task HandlePostAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        string body = await reader.ReadToEndAsync(context.RequestAborted);
        var replies = new JsonArray();
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        foreach ((ServerMessage message, Reply scripted) in Receive(body, context, isWebSocket: false))
        {
            Reply reply = scripted;
            while (reply is Reply.Delayed delayed)
            {
                await delayed.Signal.WaitAsync(gone.Token);
                reply = delayed.Then;
            }

            switch (reply)
            {
                case Reply.Aborted:
                    context.Abort();
                    return;
                case Reply.Raw raw:
                    context.Response.StatusCode = raw.Status;
                    context.Response.ContentType = raw.ContentType;
                    await context.Response.WriteAsync(raw.Body, gone.Token);
                    return;
                case Reply.Messages messages:
                    foreach (JsonObject item in messages.Items)
                    {
                        replies.Add(item);
                    }

                    break;
                default:
                    foreach (JsonObject item in await HoldAsync(message, gone.Token))
                    {
                        replies.Add(item);
                    }

                    break;
            }

            if (message.Channel == "/meta/handshake")
            {
                context.Response.Headers.Append("Set-Cookie", "BAYEUX_BROWSER=secret-cookie; HttpOnly");
            }
        }

        context.Response.ContentType = "application/json;charset=UTF-8";
        await context.Response.WriteAsync(Text(replies), gone.Token);
    }

    private async Task HandleUpgradeAsync(HttpContext context)
    {
        Interlocked.Increment(ref _upgrades);
        if (UpgradeStatus == 0)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        }

        if (UpgradeStatus != 101)
        {
            context.Response.StatusCode = UpgradeStatus;
            return;
        }

        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
        _sockets[socket] = new SemaphoreSlim(1);
        var buffer = new MemoryStream();
        byte[] part = new byte[16 * 1024];
        try
        {
            while (true)
            {
                WebSocketReceiveResult result = await socket.ReceiveAsync(part, _stopping.Token);
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    ReceivedOn("closed").Writer.TryWrite(new ServerMessage([], 1, 1, true, "", "", ""));
                    return;
                }

                buffer.Write(part, 0, result.Count);
                if (result.EndOfMessage)
                {
                    string text = Encoding.UTF8.GetString(buffer.ToArray());
                    buffer.SetLength(0);
                    foreach ((ServerMessage message, Reply reply) in Receive(text, context, isWebSocket: true))
                    {
                        _ = AnswerAsync(socket, message, reply);
                    }
                }
            }
        }
        finally
        {
            _sockets.TryRemove(socket, out _);
        }
    }

    private async Task AnswerAsync(WebSocket socket, ServerMessage message, Reply reply)
    {
        try
        {
            while (reply is Reply.Delayed delayed)
            {
                await delayed.Signal.WaitAsync(_stopping.Token);
                reply = delayed.Then;
            }

            switch (reply)
            {
                case Reply.Aborted:
                    socket.Abort();
                    break;
                case Reply.Raw raw:
                    await SendAsync(socket, raw.Body);
                    break;
                case Reply.Messages messages when messages.Items.Length > 0:
                    await SendAsync(socket, Text(new JsonArray([.. messages.Items])));
                    break;
                case Reply.Messages:
                    break;
                default:
                    Interlocked.Increment(ref _held);
                    break;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or ObjectDisposedException or IOException)
        {
            // The client has gone, or the test is over.
        }
    }

    private async Task SendAsync(WebSocket socket, string text, int fragments = 1)
    {
        SemaphoreSlim turn = _sockets[socket];
        await turn.WaitAsync(_stopping.Token);
        try
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            int length = (bytes.Length + fragments - 1) / fragments;
            for (int start = 0; start < bytes.Length; start += length)
            {
                int end = Math.Min(start + length, bytes.Length);
                await socket.SendAsync(bytes.AsMemory(start, end - start), WebSocketMessageType.Text, end == bytes.Length, _stopping.Token);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    private List<(ServerMessage Message, Reply Reply)> Receive(string body, HttpContext context, bool isWebSocket)
    {
        JsonArray batch = JsonNode.Parse(body)!.AsArray();
        var result = new List<(ServerMessage, Reply)>();
        foreach (JsonNode? node in batch)
        {
            JsonObject json = node!.AsObject();
            string channel = (string)json["channel"]!;
            int number = _counts.AddOrUpdate(channel, 1, static (_, count) => count + 1);
            var message = new ServerMessage(json, number, batch.Count, isWebSocket, context.Request.Path, context.Request.Headers.Cookie.ToString(), body);
            Reply reply = Script(message) ?? Default(message);
            ReceivedOn(channel).Writer.TryWrite(message);
            result.Add((message, reply));
        }

        return result;
    }

    private Reply Default(ServerMessage message) => message.Channel switch
    {
        "/meta/handshake" => Reply.Of(HandshakeReply(message)),
        "/meta/connect" when !message.IsImmediate => new Held(),
        _ => Reply.Of(message.Ok()),
    };

    public JsonObject HandshakeReply(ServerMessage message, string advice = """{"reconnect":"retry","interval":0,"timeout":30000}""")
    {
        JsonObject reply = message.Ok(advice);
        reply["version"] = "1.0";
        reply["clientId"] = $"client-{Interlocked.Increment(ref _sessions)}";
        reply["supportedConnectionTypes"] = JsonNode.Parse(SupportedTypes);
        return reply;
    }

    private async Task<List<JsonObject>> HoldAsync(ServerMessage message, CancellationToken gone)
    {
        InterlockedMax(Interlocked.Increment(ref _held));
        try
        {
            while (true)
            {
                Task wake;
                lock (_lock)
                {
                    if (_events.Count > 0)
                    {
                        List<JsonObject> result = [.. _events, message.Ok()];
                        _events.Clear();
                        _wake = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                        return result;
                    }

                    wake = _wake.Task;
                }

                await wake.WaitAsync(gone);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _held);
        }
    }

    // The encoder escapes what is beyond the basic plane; the client has to meet it unescaped too.
    private static string Text(JsonArray messages) => messages.ToJsonString(Plain).Replace(@"\uD83D\uDE00", "😀", StringComparison.Ordinal);

    private void InterlockedMax(int held)
    {
        int max;
        while (held > (max = _maxHeld) && Interlocked.CompareExchange(ref _maxHeld, held, max) != max)
        {
        }
    }

    private sealed record Held : Reply;
}
