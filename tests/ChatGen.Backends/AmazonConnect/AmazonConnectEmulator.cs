using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ChatGen.Backends.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace ChatGen.Backends.AmazonConnect;

/// <summary>Amazon Connect's Participant Service: REST, and events over a WebSocket.</summary>
public sealed class AmazonConnectEmulator : ChatBackendEmulator
{
    private const string Bearer = "X-Amz-Bearer";
    private const string OperationPath = "/participant/";
    private const string StreamPath = "/stream/";
    private const string UploadPath = "/upload/";
    private const string DownloadPath = "/download/";
    private static readonly JsonObject s_subscription = new() { ["topic"] = "aws/subscribe", ["content"] = new JsonObject { ["topics"] = new JsonArray("aws/chat") } };
    private static readonly JsonObject s_heartbeat = new() { ["topic"] = "aws/heartbeat" };
    private static readonly JsonObject s_ping = new() { ["topic"] = "aws/ping" };
    private static readonly TimeSpan s_urlLifetime = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_tokenLifetime = TimeSpan.FromHours(24);

    private readonly AmazonConnectOptions _options;
    private readonly List<AmazonConnectConversation> _contacts = [];

    private AmazonConnectEmulator(AmazonConnectOptions options)
        : base(options) => _options = options;

    /// <summary>The address of the service, <c>http://127.0.0.1:port</c>; the paths begin with <c>/participant</c>.</summary>
    public override Uri Address => Root;

    /// <summary>The newest contact that a customer has connected to.</summary>
    public new AmazonConnectConversation? Conversation => (AmazonConnectConversation?)base.Conversation;

    /// <summary>Starts an emulator, which accepts connections when the task is done.</summary>
    public static async Task<AmazonConnectEmulator> StartAsync(AmazonConnectOptions? options = null, CancellationToken cancellationToken = default)
    {
        AmazonConnectEmulator emulator = new(options ?? new AmazonConnectOptions());
        await emulator.ListenAsync(cancellationToken);
        return emulator;
    }

    /// <summary>Starts a contact, as the page's own server does over another interface, and gets the token that a client connects with.</summary>
    /// <param name="displayName">What the customer is called.</param>
    /// <param name="attributes">What is attached to the contact.</param>
    public AmazonConnectConversation StartContact(string displayName, IReadOnlyDictionary<string, string>? attributes = null)
    {
        AmazonConnectConversation contact = new(Gate, Changes, Time, displayName, Stopping);
        contact.SetUserData(attributes ?? new Dictionary<string, string>());
        lock (Gate)
        {
            _contacts.Add(contact);
        }

        return contact;
    }

    /// <inheritdoc cref="IChatBackendEmulator.WaitForConversationAsync"/>
    public new async Task<AmazonConnectConversation> WaitForConversationAsync(CancellationToken cancellationToken = default) =>
        (AmazonConnectConversation)await base.WaitForConversationAsync(cancellationToken);

    internal static string Format(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private protected override EmulatorAnswer Refuse(RefusalException refusal) => ConnectRefusals.ToAnswer(refusal);

    private protected override Task<EmulatorAnswer> HandleAsync(EmulatorExchange exchange)
    {
        lock (Gate)
        {
            return Task.FromResult(Handle(exchange));
        }
    }

    private static EmulatorAnswer Json(JsonObject json) => EmulatorAnswer.Respond(200, json.ToJsonString());

    private static void RequireVerb(EmulatorExchange exchange, string verb)
    {
        if (exchange.Method != verb)
        {
            throw new RefusalException(405, "ValidationException", $"the verb has to be {verb}") { Field = verb };
        }

        if (exchange.Request.Query.Length > 0)
        {
            throw ConnectRefusals.Validation("there are no query parameters");
        }
    }

    private static JsonMembers ReadBody(EmulatorExchange exchange)
    {
        if (exchange.MediaType != "application/json")
        {
            throw ConnectRefusals.Validation("the content type is not application/json");
        }

        JsonObject json = JsonMembers.TryParse(exchange.Request.Body.Span) ?? throw ConnectRefusals.Validation("the content is no JSON object");
        return new JsonMembers(json, "", ConnectRefusals.Member);
    }

    private static string RequireBearer(EmulatorExchange exchange) => exchange.Header(Bearer) ?? throw ConnectRefusals.AccessDenied($"{Bearer} is missing");

    // The addresses are of other hosts in the real world, which must not see the secret.
    private static void RequireNoBearer(EmulatorExchange exchange)
    {
        if (exchange.Header(Bearer) is not null)
        {
            throw ConnectRefusals.AccessDenied($"{Bearer} where it does not belong");
        }
    }

    private EmulatorAnswer Handle(EmulatorExchange exchange)
    {
        string path = exchange.Path;
        if (path.StartsWith(StreamPath, StringComparison.Ordinal))
        {
            return Stream(exchange, path[StreamPath.Length..]);
        }

        if (path.StartsWith(UploadPath, StringComparison.Ordinal))
        {
            return Upload(exchange, path[UploadPath.Length..]);
        }

        if (path.StartsWith(DownloadPath, StringComparison.Ordinal))
        {
            return Download(exchange, path[DownloadPath.Length..]);
        }

        return path switch
        {
            "/participant/connection" => Connect(exchange),
            "/participant/message" => Do(exchange, operations => operations.SendMessage()),
            "/participant/event" => Do(exchange, operations => operations.SendEvent()),
            "/participant/disconnect" => Do(exchange, operations => operations.Disconnect()),
            "/participant/transcript" => Post(exchange, ConnectTranscriptQuery.Answer),
            "/participant/start-attachment-upload" => Do(exchange, operations => operations.StartUpload(DescribeUpload)),
            "/participant/complete-attachment-upload" => Do(exchange, operations => operations.CompleteUpload()),
            "/participant/attachment" => Do(exchange, operations => operations.GetAttachment(DescribeDownload)),
            "/participant/authentication-url" or "/participant/cancel-authentication" => Post(exchange, (_, _) => throw ConnectRefusals.NotFound("nobody has asked to authenticate")),
            _ when path.StartsWith("/participant/views/", StringComparison.Ordinal) => throw ConnectRefusals.NotFound("there is no such view"),
            _ => throw ConnectRefusals.NotFound("there is no such resource"),
        };
    }

    private EmulatorAnswer Connect(EmulatorExchange exchange)
    {
        RequireVerb(exchange, HttpMethods.Post);
        string token = RequireBearer(exchange);
        AmazonConnectConversation contact = _contacts.Find(known => known.ParticipantToken == token) ?? throw ConnectRefusals.AccessDenied($"{Bearer} is no participant's token");
        RequireGoingOn(contact);
        JsonMembers members = ReadBody(exchange);
        IReadOnlyList<string> types = members.OptionalTexts("Type") ?? throw ConnectRefusals.Member(MemberFault.Missing, "Type");
        bool isConnecting = members.OptionalFlag("ConnectParticipant") ?? false;
        members.RefuseOthers();
        if (types.Count == 0 || types.Distinct().Count() != types.Count || types.Any(type => type is not ("WEBSOCKET" or "CONNECTION_CREDENTIALS")))
        {
            throw ConnectRefusals.Validation("Type holds something else than WEBSOCKET and CONNECTION_CREDENTIALS");
        }

        JsonObject json = [];
        if (types.Contains("WEBSOCKET"))
        {
            DateTimeOffset until = Time.GetUtcNow() + _options.WebSocketUrlLifetime;
            json["Websocket"] = new JsonObject
            {
                ["Url"] = new UriBuilder(Root) { Scheme = "ws", Path = StreamPath + contact.IssueWebSocketToken(until) }.Uri.AbsoluteUri,
                ["ConnectionExpiry"] = Format(until),
            };
        }

        if (types.Contains("CONNECTION_CREDENTIALS"))
        {
            json["ConnectionCredentials"] = new JsonObject { ["ConnectionToken"] = contact.IssueConnectionToken(), ["Expiry"] = Format(Time.GetUtcNow() + s_tokenLifetime) };
        }

        if (isConnecting)
        {
            contact.Join();
        }

        if (!Conversations.Contains(contact))
        {
            Add(contact);
        }

        return Json(json);
    }

    private EmulatorAnswer Do(EmulatorExchange exchange, Func<ConnectOperations, JsonObject> act) =>
        Post(exchange, (members, contact) => act(new ConnectOperations(contact, _options, members, exchange.Request.Text)));

    private EmulatorAnswer Post(EmulatorExchange exchange, Func<JsonMembers, AmazonConnectConversation, JsonObject> act)
    {
        RequireVerb(exchange, HttpMethods.Post);
        string token = RequireBearer(exchange);
        AmazonConnectConversation contact = _contacts.Find(known => known.OwnsConnectionToken(token)) ?? throw ConnectRefusals.AccessDenied($"{Bearer} is no connection's token");
        if (contact.FindDone(exchange.Path[OperationPath.Length..], exchange.Request.Text) is { } earlier)
        {
            // Even the disconnection may be repeated, after which nothing else goes.
            return Json(earlier);
        }

        RequireGoingOn(contact);
        return Json(act(ReadBody(exchange), contact));
    }

    private static void RequireGoingOn(AmazonConnectConversation contact)
    {
        if (contact.IsEnded)
        {
            throw ConnectRefusals.AccessDenied("the contact has ended", isComplaint: !contact.ExcusesRequestAfterEnd());
        }
    }

    // The form of addresses and of what is told of them is inferred.
    private JsonObject DescribeUpload(ConnectUpload upload) => new()
    {
        ["Url"] = new Uri(Root, UploadPath + upload.UrlToken).AbsoluteUri,
        ["UrlExpiry"] = Format(Time.GetUtcNow() + s_urlLifetime),
        ["HeadersToInclude"] = new JsonObject(upload.Headers.Select(header => KeyValuePair.Create(header.Key, (JsonNode?)header.Value))),
    };

    private JsonObject DescribeDownload(EmulatedFile file) => new()
    {
        ["Url"] = new Uri(Root, DownloadPath + file.Id).AbsoluteUri,
        ["UrlExpiry"] = Format(Time.GetUtcNow() + s_urlLifetime),
    };

    private EmulatorAnswer Upload(EmulatorExchange exchange, string token)
    {
        ConnectUpload upload = _contacts.SelectMany(contact => contact.Uploads).FirstOrDefault(known => known.UrlToken == token) ?? throw ConnectRefusals.NotFound("there is no such upload");
        RequireVerb(exchange, HttpMethods.Put);
        RequireNoBearer(exchange);
        if (upload.Headers.FirstOrDefault(header => exchange.Header(header.Key) != header.Value) is { Key: { } missing })
        {
            throw ConnectRefusals.AccessDenied($"header field '{missing}' is missing or wrong");
        }

        if (exchange.Request.Body.Length != upload.Size)
        {
            throw ConnectRefusals.Validation("the size is not the one that was told");
        }

        upload.Content = exchange.Request.Body.ToArray();
        return EmulatorAnswer.Respond(200);
    }

    private EmulatorAnswer Download(EmulatorExchange exchange, string id)
    {
        EmulatedFile file = _contacts.SelectMany(contact => contact.Attachments).FirstOrDefault(known => known.Id == id) ?? throw ConnectRefusals.NotFound("there is no such attachment");
        RequireVerb(exchange, HttpMethods.Get);
        RequireNoBearer(exchange);
        return EmulatorAnswer.Respond(200, file.Content, file.ContentType);
    }

    private EmulatorAnswer Stream(EmulatorExchange exchange, string token)
    {
        if (!exchange.IsWebSocket)
        {
            throw ConnectRefusals.Validation("it has to be a WebSocket");
        }

        RequireNoBearer(exchange);
        AmazonConnectConversation contact = _contacts.Find(known => known.TryUseWebSocketToken(token, _options.AllowsWebSocketUrlReuse))
            ?? throw ConnectRefusals.AccessDenied("the address is not known, was used, or has expired");
        RequireGoingOn(contact);
        return EmulatorAnswer.Upgrade((socket, aborted) => StreamAsync(exchange, contact, new EmulatorSocket(socket, aborted), aborted));
    }

    private async Task StreamAsync(EmulatorExchange exchange, AmazonConnectConversation contact, EmulatorSocket socket, CancellationToken aborted)
    {
        try
        {
            await socket.RunAsync(async frame =>
            {
                if (await AdmitFrameAsync(exchange.Path, frame, aborted) is not { } request)
                {
                    return false;
                }

                Answer(request, contact, socket, frame);
                return true;
            });
        }
        finally
        {
            contact.Detach(socket);
        }
    }

    // All frames are inferred, but for the client's subscription, which the vendor shows.
    private void Answer(EmulatorRequest request, AmazonConnectConversation contact, EmulatorSocket socket, byte[] frame)
    {
        JsonObject? json = JsonMembers.TryParse(frame);
        if (JsonNode.DeepEquals(json, s_subscription))
        {
            socket.Send(new JsonObject { ["topic"] = "aws/subscribe", ["content"] = new JsonObject { ["status"] = "success", ["topics"] = new JsonArray("aws/chat") } });
            contact.Attach(socket);
        }
        else if (JsonNode.DeepEquals(json, s_heartbeat))
        {
            socket.Send(new JsonObject { ["topic"] = "aws/heartbeat" });
        }
        else if (JsonNode.DeepEquals(json, s_ping))
        {
            socket.Send(new JsonObject { ["topic"] = "aws/ping", ["statusCode"] = 200, ["statusContent"] = "OK" });
        }
        else
        {
            Complain(request, $"a frame that is not understood: {Encoding.UTF8.GetString(frame)}");
        }
    }
}
