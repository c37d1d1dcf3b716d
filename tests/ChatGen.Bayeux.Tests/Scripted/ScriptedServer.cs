using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace ChatGen.Bayeux.Tests.Scripted;

/// <summary>
/// A Bayeux server that does what a well-behaved one does, or what the real server behind it does, unless the test's script says otherwise.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    public const string Unknown = "402::session_unknown";
    public const string HandshakeAdvice = """{"reconnect":"handshake","interval":0}""";
    public const string UsualAdvice = """{"reconnect":"retry","interval":0,"timeout":30000}""";

    private static readonly JsonSerializerOptions s_plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly WebApplication _application;
    private readonly ServerRecord _record = new();
    private readonly HeldEvents _held = new();
    private readonly ConcurrentDictionary<ScriptedSocket, bool> _sockets = new();
    private readonly ConcurrentDictionary<HttpContext, bool> _requests = new();
    private readonly ConcurrentDictionary<string, bool> _forgotten = new();
    private readonly CancellationTokenSource _stopping = new();
    private int _sessions;
    private int _upgrades;
    private int _broken;

    private ScriptedServer(WebApplication application) => _application = application;

    /// <summary>Says what to do about a message; <see langword="null"/> for what a well-behaved server does.</summary>
    public Func<ServerMessage, Reply?> Script { get; set; } = static _ => null;

    /// <summary>The real server that takes what the script leaves alone.</summary>
    public Upstream? Upstream { get; set; }

    /// <summary>Status that upgrades are refused with; 101 to let them through, 0 not to answer them.</summary>
    public int UpgradeStatus { get; set; } = 101;

    /// <summary>Seconds after which a refused upgrade may be repeated, as the answer says.</summary>
    public int? UpgradeRetryAfter { get; set; }

    /// <summary>A cookie that the answer to an upgrade sets.</summary>
    public string? UpgradeCookie { get; set; }

    /// <summary>Leaves out of the answer to an upgrade the header that proves it.</summary>
    public bool OmitsUpgradeProof { get; set; }

    /// <summary>The sub-protocol that the server wants, if clients offer it.</summary>
    public string? SubProtocol { get; set; }

    /// <summary>Chooses the sub-protocol though no client has offered it.</summary>
    public bool ForcesSubProtocol { get; set; }

    /// <summary>Who is let in at all; others get the status 401.</summary>
    public Func<ServerRequest, bool> Admits { get; set; } = static _ => true;

    /// <summary>Breaks every connection, as if the server were not there.</summary>
    public bool IsDown { get; set; }

    /// <summary>How many connections were broken for that.</summary>
    public int Broken => _broken;

    public string SupportedTypes { get; set; } = """["websocket","long-polling"]""";

    public int Upgrades => _upgrades;

    /// <summary>The upgrades that were requested.</summary>
    public ConcurrentQueue<ServerRequest> UpgradeRequests { get; } = new();

    /// <summary>The most meta connects that were held at the same time.</summary>
    public int MaxHeld => _held.MaxHeld;

    public Uri Url { get; private set; } = null!;

    /// <summary>Starts a server.</summary>
    /// <param name="upstream">A real server behind it.</param>
    /// <param name="certificate">For TLS.</param>
    public static async Task<ScriptedServer> StartAsync(Upstream? upstream = null, X509Certificate2? certificate = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        WebApplication application = builder.Build();
        var server = new ScriptedServer(application) { Upstream = upstream };
        application.UseWebSockets();
        application.Run(server.HandleAsync);
        await application.StartAsync().Soon();
        server.Url = new Uri(application.Urls.First() + "/cometd");
        return server;
    }

    /// <summary>The next message on a channel that no call has returned yet.</summary>
    public Task<ServerMessage> NextAsync(string channel) => _record.NextAsync(channel);

    /// <summary>How many messages have been received on a channel.</summary>
    public int CountOf(string channel) => _record.CountOf(channel);

    /// <summary>The next message that was sent on a channel, reply or event, and that no call has returned yet.</summary>
    public Task<JsonObject> NextSentAsync(string channel) => _record.NextSentAsync(channel);

    /// <summary>How many messages have been sent on a channel.</summary>
    public int SentCountOf(string channel) => _record.SentCountOf(channel);

    /// <summary>Delivers an event to the one client: over its socket, or with its next connect. A real server publishes it.</summary>
    public async Task PushAsync(string channel, string data, string? id = null)
    {
        if (Upstream is { } upstream)
        {
            await upstream.PublishAsync(channel, data);
            return;
        }

        var message = new JsonObject { ["channel"] = channel, ["data"] = JsonNode.Parse(data) };
        if (id is not null)
        {
            message["id"] = id;
        }

        await PushAsync(message);
    }

    /// <summary>Delivers one event after the other as fast as it goes.</summary>
    public Task PushEachAsync(string channel, IEnumerable<string> data) => Upstream is { } upstream
        ? upstream.PublishEachAsync(channel, data)
        : PushAsync([.. data.Select(each => new JsonObject { ["channel"] = channel, ["data"] = JsonNode.Parse(each) })]);

    /// <summary>Sends a message of the test's own: over the client's socket, or with its next connect.</summary>
    public async Task PushAsync(params JsonObject[] messages)
    {
        if (OpenSocket() is { } open)
        {
            Sent(messages);
            await open.SendAsync(Text([.. messages]));
            return;
        }

        _held.Add(messages);
    }

    /// <summary>Sends text over the socket as it is, in several frames.</summary>
    public Task PushRawAsync(string text, int fragments = 1) => OpenSocket()!.SendAsync(text, fragments);

    /// <summary>Ends the client's session from the server's side, with an event to deliver first.</summary>
    public Task DisconnectClientAsync(JsonObject? last = null) => Upstream is { } upstream
        ? upstream.DisconnectAsync(_record.LastClient, last)
        : PushAsync([.. last is null ? [] : (JsonObject[])[last], new JsonObject { ["channel"] = "/meta/disconnect", ["successful"] = true }]);

    /// <summary>Delivers to the client on a channel that it need not have subscribed to.</summary>
    public Task DeliverAsync(string channel, string data) => Upstream is { } upstream
        ? upstream.DeliverAsync(_record.LastClient, channel, data)
        : PushAsync(channel, data);

    /// <summary>Forgets every session that there is, and breaks the connections.</summary>
    public void Forget()
    {
        foreach (string client in _record.Clients)
        {
            _forgotten[client] = true;
        }

        AbortSockets();
        AbortRequests();
    }

    /// <summary>Breaks all sockets without a closing handshake.</summary>
    public void AbortSockets()
    {
        foreach (ScriptedSocket socket in _sockets.Keys)
        {
            socket.Abort();
        }
    }

    /// <summary>Closes all sockets in order.</summary>
    public Task CloseSocketsAsync(WebSocketCloseStatus status) => Task.WhenAll(_sockets.Keys.Select(socket => socket.CloseAsync(status)));

    /// <summary>Breaks all requests that have not been answered.</summary>
    public void AbortRequests()
    {
        foreach (HttpContext context in _requests.Keys)
        {
            context.Abort();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _application.StopAsync(new CancellationToken(true));
        await _application.DisposeAsync();
    }

    public JsonObject HandshakeReply(ServerMessage message, string advice = UsualAdvice)
    {
        JsonObject reply = message.Ok(advice);
        reply["version"] = "1.0";
        reply["clientId"] = $"client-{Interlocked.Increment(ref _sessions)}";
        reply["supportedConnectionTypes"] = JsonNode.Parse(SupportedTypes);
        return reply;
    }

    // The encoder escapes what is beyond the basic plane; the client has to meet it unescaped too.
    internal static string Text(JsonArray messages) => messages.ToJsonString(s_plain).Replace(@"\uD83D\uDE00", "😀", StringComparison.Ordinal);

    internal static bool IsEnd(Exception exception) =>
        exception is OperationCanceledException or WebSocketException or ObjectDisposedException or IOException or HttpRequestException or InvalidOperationException;

    internal List<(ServerMessage Message, Reply Reply)> Receive(string body, HttpContext context, bool isWebSocket)
    {
        JsonArray batch = JsonNode.Parse(body)!.AsArray();
        var request = new ServerRequest(context.Request);
        var result = new List<(ServerMessage, Reply)>();
        foreach (JsonNode? node in batch)
        {
            JsonObject json = node!.AsObject();
            int number = _record.Count((string)json["channel"]!);
            var message = new ServerMessage(json, number, batch.Count, isWebSocket, body, request);
            if (message.Channel == "/meta/connect")
            {
                _held.Supersede(message);
            }

            Reply reply = Script(message) ?? Reply.Usual;
            _record.Add(message);
            result.Add((message, reply));
        }

        return result;
    }

    /// <summary>What a well-behaved server answers; nothing yet if it holds the message.</summary>
    internal Reply Default(ServerMessage message) => message.Channel switch
    {
        _ when message.ClientId is { } client && _forgotten.ContainsKey(client) =>
            Reply.Of(message.Refused(Unknown, message.Channel == "/meta/connect" ? HandshakeAdvice : null)),
        "/meta/handshake" => Reply.Of(HandshakeReply(message)),
        "/meta/connect" when !message.IsImmediate => Reply.Usual,
        _ => Reply.Of(message.Ok()),
    };

    /// <summary>A message as the real server gets it. A session that was to be forgotten is one that it has never heard of.</summary>
    internal JsonNode ForUpstream(ServerMessage message)
    {
        JsonNode copy = message.Json.DeepClone();
        if (message.ClientId is { } client && _forgotten.ContainsKey(client))
        {
            copy["clientId"] = "forgotten";
        }

        return copy;
    }

    /// <summary>Events for which no poll was there.</summary>
    internal JsonObject[] TakeHeld() => _held.Take();

    internal void Sent(IEnumerable<JsonObject> messages)
    {
        foreach (JsonObject message in messages)
        {
            _record.AddSent(message);
        }
    }

    internal void Sent(string text, out IEnumerable<string> ids)
    {
        JsonObject[] messages = Messages(text);
        Sent(messages);
        ids = messages.Select(static message => (string?)message["id"]).OfType<string>();
    }

    private static JsonObject[] Messages(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonArray array ? [.. array.OfType<JsonObject>()] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private ScriptedSocket? OpenSocket() => _sockets.Keys.FirstOrDefault(static socket => socket.IsOpen);

    private async Task HandleAsync(HttpContext context)
    {
        // Noted before anything else, so that no request slips through between one that is let in and one that is broken.
        _requests[context] = true;
        try
        {
            if (IsDown)
            {
                Interlocked.Increment(ref _broken);
                context.Abort();
            }
            else if (!Admits(new ServerRequest(context.Request)))
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            }
            else if (context.Request.Headers.Upgrade.Count > 0)
            {
                await HandleUpgradeAsync(context);
            }
            else
            {
                await HandlePostAsync(context);
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // The client has gone, or the test is over. What it waits for does not come.
            context.Abort();
        }
        finally
        {
            _requests.TryRemove(context, out _);
        }
    }

    private async Task HandlePostAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        string body = await reader.ReadToEndAsync(context.RequestAborted);
        var replies = new JsonArray();
        var passedOn = new JsonArray();
        bool isLost = false;
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        foreach ((ServerMessage message, Reply scripted) in Receive(body, context, isWebSocket: false))
        {
            Reply reply = await scripted.ResolveAsync(gone.Token);

            isLost |= reply is Reply.LostAnswer;
            if (reply is Reply.Standard or Reply.LostAnswer)
            {
                if (Upstream is not null)
                {
                    passedOn.Add(ForUpstream(message));
                    continue;
                }

                reply = Default(message);
            }

            switch (reply)
            {
                case Reply.Aborted:
                    context.Abort();
                    return;
                case Reply.Raw raw:
                    await WriteAsync(context, raw, gone.Token);
                    return;
                case Reply.Messages messages:
                    messages.Items.ToList().ForEach(replies.Add);
                    break;
                default:
                    (await _held.HoldAsync(message, gone.Token)).ForEach(replies.Add);
                    break;
            }

            if (message.Channel == "/meta/handshake")
            {
                context.Response.Headers.Append("Set-Cookie", "BAYEUX_BROWSER=secret-cookie; HttpOnly");
            }
        }

        if (passedOn.Count > 0)
        {
            await PassOnAsync(context, passedOn, replies, isLost, gone.Token);
            return;
        }

        if (isLost)
        {
            context.Abort();
            return;
        }

        Sent(replies.OfType<JsonObject>());
        await WriteAsync(context, new Reply.Raw(200, Text(replies), "application/json;charset=UTF-8", []), gone.Token);
    }

    private async Task PassOnAsync(HttpContext context, JsonArray messages, JsonArray replies, bool isLost, CancellationToken cancellationToken)
    {
        using IDisposable? held = messages.Any(static message => (string?)message?["channel"] == "/meta/connect") ? _held.Enter() : null;
        UpstreamResponse response = await Upstream!.PostAsync(context, Text(messages), cancellationToken);
        if (isLost)
        {
            context.Abort();
            return;
        }

        string body = response.Body;
        if (replies.Count > 0 && response.Status == 200)
        {
            Messages(body).ToList().ForEach(message => replies.Add(message.DeepClone()));
            body = Text(replies);
        }

        Sent(body, out _);
        await WriteAsync(context, new Reply.Raw(response.Status, body, response.ContentType, [.. response.SetCookies.Select(static cookie => ("Set-Cookie", cookie))]), cancellationToken);
    }

    private static async Task WriteAsync(HttpContext context, Reply.Raw raw, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = raw.Status;
        context.Response.ContentType = raw.ContentType;
        foreach ((string name, string value) in raw.Headers)
        {
            context.Response.Headers.Append(name, value);
        }

        await context.Response.WriteAsync(raw.Body, cancellationToken);
    }

    private async Task HandleUpgradeAsync(HttpContext context)
    {
        Interlocked.Increment(ref _upgrades);
        UpgradeRequests.Enqueue(new ServerRequest(context.Request));
        if (UpgradeStatus == 0)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        }

        if (UpgradeStatus != 101)
        {
            context.Response.StatusCode = UpgradeStatus;
            context.Response.Headers.RetryAfter = UpgradeRetryAfter?.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return;
        }

        if (OmitsUpgradeProof)
        {
            await using Stream stream = await context.Features.Get<IHttpUpgradeFeature>()!.UpgradeAsync();
            return;
        }

        if (UpgradeCookie is not null)
        {
            context.Response.Headers.SetCookie = UpgradeCookie;
        }

        ClientWebSocket? upstreamSocket = null;
        if (Upstream is not null)
        {
            (upstreamSocket, int status) = await Upstream.OpenAsync(context, context.RequestAborted);
            if (upstreamSocket is null)
            {
                context.Response.StatusCode = status;
                return;
            }
        }

        string? protocol = upstreamSocket?.SubProtocol ?? context.WebSockets.WebSocketRequestedProtocols.FirstOrDefault(offered => offered == SubProtocol)
            ?? (ForcesSubProtocol ? SubProtocol : null);
        using var socket = new ScriptedSocket(this, await context.WebSockets.AcceptWebSocketAsync(protocol), upstreamSocket, _stopping.Token);
        _sockets[socket] = true;
        _requests.TryRemove(context, out _);
        try
        {
            if (IsDown)
            {
                socket.Abort();
            }

            await socket.RunAsync(context);
        }
        finally
        {
            _sockets.TryRemove(socket, out _);
            _record.AddClosed(context);
        }
    }
}
