using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ChatGen.Backends.GenesysGms;
using ChatGen.Backends.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ChatGen.Backends.GenesysGmsCometD;

/// <summary>Genesys Mobile Services with Chat API v2 over CometD, and files over HTTP beside it.</summary>
public sealed class GenesysGmsCometDEmulator : ChatBackendEmulator
{
    private const string CometDPath = "/genesys/cometd";
    private const string FilePath = "/genesys/2/chat-ntf";
    private const string CookieName = "BAYEUX_BROWSER";

    private static readonly Dictionary<string, GmsOperation> s_operations = new(StringComparer.Ordinal)
    {
        ["sendMessage"] = GmsOperation.SendMessage,
        ["startTyping"] = GmsOperation.StartTyping,
        ["stopTyping"] = GmsOperation.StopTyping,
        ["updateNickname"] = GmsOperation.UpdateNickname,
        ["pushUrl"] = GmsOperation.PushUrl,
        ["customNotice"] = GmsOperation.CustomNotice,
        ["updateData"] = GmsOperation.UpdateData,
        ["disconnect"] = GmsOperation.Disconnect,
    };

    private static readonly Dictionary<string, GmsOperation> s_fileOperations = new(StringComparer.Ordinal)
    {
        ["fileUpload"] = GmsOperation.UploadFile,
        ["fileGetLimits"] = GmsOperation.GetFileLimits,
        ["fileDownload"] = GmsOperation.DownloadFile,
        ["fileDelete"] = GmsOperation.DeleteFile,
    };

    private readonly GenesysGmsCometDOptions _options;
    private readonly BayeuxServer _bayeux;
    private int _held;

    private GenesysGmsCometDEmulator(GenesysGmsCometDOptions options)
        : base(options)
    {
        _options = options;
        _bayeux = new BayeuxServer(options, OnPublish, OnDisconnect, Complain, Change);
    }

    /// <summary>The address of the Bayeux server, <c>http://127.0.0.1:port/genesys/cometd</c>.</summary>
    public override Uri Address => new(Root, CometDPath);

    /// <summary>The address for files, <c>http://127.0.0.1:port/genesys/2/chat-ntf</c>.</summary>
    public Uri FileAddress => new(Root, FilePath);

    /// <summary>The channel of the chat service.</summary>
    public string Channel => _bayeux.Channel;

    /// <inheritdoc cref="IChatBackendEmulator.Conversation"/>
    public new GenesysGmsCometDConversation? Conversation => (GenesysGmsCometDConversation?)base.Conversation;

    /// <summary>Whether chats can be begun now; if not, they are refused with error 240.</summary>
    public bool IsOpen { get; set; } = true;

    /// <summary>Starts an emulator, which accepts connections when the task is done.</summary>
    public static async Task<GenesysGmsCometDEmulator> StartAsync(GenesysGmsCometDOptions? options = null, CancellationToken cancellationToken = default)
    {
        GenesysGmsCometDEmulator emulator = new(options ?? new GenesysGmsCometDOptions());
        await emulator.ListenAsync(cancellationToken);
        return emulator;
    }

    /// <inheritdoc cref="IChatBackendEmulator.WaitForConversationAsync"/>
    public new async Task<GenesysGmsCometDConversation> WaitForConversationAsync(CancellationToken cancellationToken = default) =>
        (GenesysGmsCometDConversation)await base.WaitForConversationAsync(cancellationToken);

    /// <summary>Waits until the connect of a client is held.</summary>
    public Task WaitForHeldConnectAsync(CancellationToken cancellationToken = default) => Changes.WaitUntilAsync(() => Read(() => _held > 0), cancellationToken);

    /// <summary>Waits until no connect is held, and the time runs in which clients have to connect again.</summary>
    public Task WaitForNoHeldConnectAsync(CancellationToken cancellationToken = default) => Changes.WaitUntilAsync(() => Read(() => _held == 0), cancellationToken);

    private protected override EmulatorAnswer Refuse(RefusalException refusal) => GmsErrors.ToAnswer(refusal);

    private protected override void StopConversations()
    {
        lock (Gate)
        {
            _bayeux.Stop();
        }
    }

    private protected override async Task<EmulatorAnswer> HandleAsync(EmulatorExchange exchange)
    {
        if (exchange.Path == FilePath)
        {
            return await HandleFileAsync(exchange);
        }

        // Clients may append the type of the message.
        if (exchange.Path != CometDPath && !exchange.Path.StartsWith(CometDPath + "/", StringComparison.Ordinal))
        {
            throw GmsRefusals.Plain(404, "there is no such resource");
        }

        if (exchange.IsWebSocket && _options.AllowsWebSockets)
        {
            return EmulatorAnswer.Upgrade((socket, aborted) => TalkAsync(exchange.Path, new EmulatorSocket(socket, aborted), aborted));
        }

        return HttpMethods.IsPost(exchange.Method) ? await PollAsync(exchange) : throw new RefusalException(405, "405", "the verb is not POST") { IsComplaint = !exchange.IsWebSocket };
    }

    private static JsonObject[]? Parse(ReadOnlySpan<byte> utf8Json) => JsonMembers.TryParseNode(utf8Json) switch
    {
        JsonObject only => [only],
        JsonArray { Count: > 0 } array when array.All(item => item is JsonObject) => [.. array.Select(item => item!.AsObject())],
        _ => null,
    };

    private async Task<EmulatorAnswer> PollAsync(EmulatorExchange exchange)
    {
        JsonObject[]? messages = exchange.MediaType == "application/json" ? Parse(exchange.Request.Body.Span) : null;
        bool hasHandshake = messages?.Any(message => message["channel"]?.ToString() == "/meta/handshake") ?? false;
        if (messages is null || (hasHandshake && messages.Length > 1))
        {
            throw GmsRefusals.Plain(400, "the content is not application/json, holds no messages, or a handshake and more");
        }

        string? browserId = exchange.Context.Request.Cookies[CookieName];
        bool isNewBrowser = _options.UsesCookies && hasHandshake && string.IsNullOrEmpty(browserId);
        browserId = isNewBrowser ? RandomNumberGenerator.GetHexString(32, lowercase: true) : browserId;
        BayeuxAnswer[] answers;
        lock (Gate)
        {
            BayeuxOrigin origin = new(exchange.Request, Socket: null, browserId);
            answers = [.. messages.Select(message => _bayeux.Handle(message, origin))];
            foreach (BayeuxAnswer answer in answers)
            {
                answer.Then?.Invoke();
            }
        }

        Changes.Raise();
        BayeuxAnswer? connect = Array.Find(answers, answer => (string?)answer.Reply["channel"] == "/meta/connect");
        if (connect?.Held is { } held)
        {
            await HoldAsync(connect.Session!, held, exchange.Aborted);
            if (held.IsDropped)
            {
                return EmulatorAnswer.Abort();
            }
        }

        JsonArray content = [];
        lock (Gate)
        {
            foreach (JsonObject message in connect?.Session?.Take() ?? [])
            {
                content.Add(message);
            }
        }

        foreach (BayeuxAnswer answer in answers)
        {
            content.Add((answer.Held?.Reply ?? answer.Reply).DeepClone());
        }

        EmulatorAnswer reply = EmulatorAnswer.Respond(200, content.ToJsonString(), "application/json;charset=UTF-8");
        return isNewBrowser ? reply.WithHeader("Set-Cookie", $"{CookieName}={browserId}; Path=/; HttpOnly") : reply;
    }

    private async Task HoldAsync(BayeuxSession session, HeldConnect held, CancellationToken cancellationToken)
    {
        using ITimer timer = Time.CreateTimer(_ => Release(session, held), null, _options.ConnectTimeout, Timeout.InfiniteTimeSpan);
        Change(() => _held++);
        try
        {
            await held.Released.WaitAsync(cancellationToken);
        }
        finally
        {
            Change(() =>
            {
                _held--;
                session.Held = session.Held == held ? null : session.Held;
                if (!session.IsGone && session.Held is null)
                {
                    _bayeux.Await(session);
                }
            });
        }
    }

    private void Release(BayeuxSession session, HeldConnect held)
    {
        lock (Gate)
        {
            if (session.Held == held)
            {
                held.Release();
            }
        }
    }

    private async Task TalkAsync(string path, EmulatorSocket socket, CancellationToken aborted)
    {
        HashSet<BayeuxSession> sessions = [];
        try
        {
            await socket.RunAsync(async frame =>
            {
                if (await AdmitFrameAsync(path, frame, aborted) is not { } request)
                {
                    return false;
                }

                if (Parse(frame) is not { } messages)
                {
                    Complain(request, "the frame holds no messages");
                    return false;
                }

                lock (Gate)
                {
                    foreach (JsonObject message in messages)
                    {
                        BayeuxAnswer answer = _bayeux.Handle(message, new BayeuxOrigin(request, socket, BrowserId: null));
                        if (answer.Session is not null)
                        {
                            sessions.Add(answer.Session);
                        }

                        Send(socket, answer, aborted);
                        answer.Then?.Invoke();
                    }
                }

                Changes.Raise();
                return true;
            });
        }
        finally
        {
            lock (Gate)
            {
                foreach (BayeuxSession session in sessions.Where(session => session.Socket == socket))
                {
                    session.Socket = null;
                    session.Held?.Drop();
                    session.Held = null;
                    if (!session.IsGone)
                    {
                        _bayeux.Await(session);
                    }
                }
            }

            Changes.Raise();
        }
    }

    private void Send(EmulatorSocket socket, BayeuxAnswer answer, CancellationToken aborted)
    {
        if (answer.Held is { } held)
        {
            _ = ReplyLaterAsync(socket, answer.Session!, held, aborted);
        }
        else
        {
            socket.Send(new JsonArray(answer.Reply));
        }
    }

    private async Task ReplyLaterAsync(EmulatorSocket socket, BayeuxSession session, HeldConnect held, CancellationToken aborted)
    {
        try
        {
            await HoldAsync(session, held, aborted);
        }
        catch (OperationCanceledException)
        {
            // The connection is gone, and its reply with it.
            return;
        }

        if (!held.IsDropped)
        {
            socket.Send(new JsonArray(held.Reply));
        }
    }

    private void Change(Action change)
    {
        lock (Gate)
        {
            change();
        }

        Changes.Raise();
    }

    private void OnPublish(BayeuxSession session, JsonObject message, EmulatorRequest request)
    {
        JsonNode? id = message["id"];
        try
        {
            GmsReply reply = Operate(session, message["data"] as JsonObject ?? throw GmsRefusals.Plain(400, "data is no object"), request);
            Deliver(session, id, "data", reply.Fields);
            reply.OnSent?.Invoke();
        }
        catch (RefusalException refusal)
        {
            if (refusal.IsComplaint)
            {
                Complain(request, $"{refusal.Code}: {refusal.Message}");
            }

            // That errors stand beside the data is inferred from clients that look there first; how they look is that of REST.
            Deliver(session, id, "errors", GmsErrors.ToJson(refusal));
        }
    }

    private void Deliver(BayeuxSession session, JsonNode? id, string member, JsonNode content)
    {
        JsonObject message = new() { ["channel"] = Channel, [member] = content };
        if (id is not null && _options.RepliesCarryId)
        {
            message["id"] = id.DeepClone();
        }

        session.Deliver(message);
    }

    private void Notify(GenesysGmsCometDConversation conversation, GmsEntry entry)
    {
        if (conversation.IsReplying || conversation.Listener is not { IsGone: false } listener)
        {
            return;
        }

        GmsReply reply = conversation.Reply([entry], conversation.NextPosition);
        Deliver(listener, id: null, "data", reply.Fields);
        reply.OnSent?.Invoke();
    }

    private void OnDisconnect(BayeuxSession session, JsonObject message)
    {
        if (message["ext"] is JsonObject ext && ext["transcriptPosition"] is { } position && int.TryParse(position.ToString(), out int index)
            && Conversations.OfType<GenesysGmsCometDConversation>().LastOrDefault(conversation => conversation.Listener == session) is { } conversation)
        {
            conversation.GoToBackground(index);
        }
    }

    private GmsReply Operate(BayeuxSession session, JsonObject data, EmulatorRequest request)
    {
        JsonObject given = data.DeepClone().AsObject();
        RemoveAuthentication(given);
        GmsParameters parameters = GmsParameters.FromJson(given);
        string operation = parameters.Required("operation");
        if (operation == "requestChat")
        {
            return RequestChat(session, GmsChatRequest.Read(parameters));
        }

        if (operation != "requestNotifications" && given.ContainsKey("transcriptPosition"))
        {
            throw GmsRefusals.Member(MemberFault.Unknown, "transcriptPosition");
        }

        GenesysGmsCometDConversation conversation = Find(session, parameters);
        if (operation == "requestNotifications")
        {
            return Resume(session, conversation, parameters);
        }

        if (!s_operations.TryGetValue(operation, out GmsOperation known))
        {
            throw GmsRefusals.Plain(400, $"operation '{operation}' is not known");
        }

        if (conversation.IsEnded)
        {
            return AfterEnd(conversation, request);
        }

        if (conversation.Listener != session)
        {
            throw GmsRefusals.Plain(400, "this client has asked for no notifications");
        }

        int first = conversation.NextPosition;
        GmsReply reply = Reply(conversation, () => conversation.Do(known, parameters));
        if ((int)reply.Fields["statusCode"]! == 0)
        {
            reply.Fields["messages"] = new JsonArray([.. conversation.EntriesFrom(first).Select(entry => entry.ToJson())]);
            reply.Fields["nextPosition"] = conversation.NextPosition;
        }

        return reply;
    }

    // Which users there are is not the chat's business; that the member is well formed is.
    private static void RemoveAuthentication(JsonObject data)
    {
        if (data["auth"] is not { } auth)
        {
            return;
        }

        JsonMembers members = new(auth as JsonObject ?? throw GmsRefusals.Member(MemberFault.WrongType, "auth"), "auth.", GmsRefusals.Member);
        if (members.OptionalText("encoded") is null)
        {
            members.RequiredText("username");
            members.RequiredText("password");
        }

        members.RefuseOthers();
        data.Remove("auth");
    }

    private static GmsReply Reply(GenesysGmsCometDConversation conversation, Func<GmsReply> act)
    {
        conversation.IsReplying = true;
        try
        {
            return act();
        }
        finally
        {
            conversation.IsReplying = false;
        }
    }

    private GmsReply RequestChat(BayeuxSession session, GmsChatRequest request)
    {
        if (!IsOpen)
        {
            throw GmsRefusals.Limit(GmsRefusals.ChatNotPossible, "no chat can be started now");
        }

        GenesysGmsCometDConversation conversation = new(Gate, Changes, _options, request.Nickname, _bayeux);
        request.ApplyTo(conversation);
        conversation.Listen(session);
        conversation.OnEntry = entry => Notify(conversation, entry);
        Add(conversation);
        return conversation.Reply(from: 1);
    }

    private static GmsReply Resume(BayeuxSession session, GenesysGmsCometDConversation conversation, GmsParameters parameters)
    {
        int? from = parameters.OptionalPosition("transcriptPosition");
        IReadOnlyDictionary<string, string> userData = parameters.UserData();
        parameters.RefuseOthers();
        if (from > conversation.NextPosition)
        {
            throw GmsRefusals.Plain(400, $"'transcriptPosition' {from} is beyond the transcript");
        }

        conversation.SetUserData(userData);
        conversation.Listen(session);

        // Without a position the whole transcript comes, as with a refresh over REST: inferred.
        return conversation.Reply(from ?? 1);
    }

    private GmsReply AfterEnd(GenesysGmsCometDConversation conversation, EmulatorRequest request)
    {
        if (!conversation.ExcusesRequestAfterEnd())
        {
            Complain(request, "the client was told that the chat has ended");
        }

        return conversation.ReplyThatItIsOver();
    }

    private GenesysGmsCometDConversation Find(BayeuxSession? session, GmsParameters parameters)
    {
        string secureKey = parameters.Required("secureKey");
        string? userId = parameters.Optional("userId");
        string? alias = parameters.Optional("alias");
        GenesysGmsCometDConversation[] conversations = [.. Conversations.OfType<GenesysGmsCometDConversation>()];
        if (Array.Find(conversations, known => known.SecureKey == secureKey) is not { } conversation)
        {
            // Chat Server removes the party then.
            Array.FindLast(conversations, known => session is not null && known.Listener == session && !known.IsEnded)?.RemoveVisitor();
            throw new RefusalException(403, GmsRefusals.SecureKeyWrong, "the secure key is wrong");
        }

        if (conversation.IsVisitorRemoved || (userId is not null && userId != conversation.UserId))
        {
            throw GmsRefusals.UnknownUser();
        }

        return alias is null || conversation.Accepts(alias) ? conversation : throw GmsRefusals.Plain(400, $"alias {alias} is not the newest one");
    }

    private async Task<EmulatorAnswer> HandleFileAsync(EmulatorExchange exchange)
    {
        if (!HttpMethods.IsPost(exchange.Method))
        {
            throw GmsRefusals.Plain(405, "the verb is not POST");
        }

        if (exchange.Request.Query.Length > 0)
        {
            throw GmsRefusals.Plain(400, "parameters belong into the content");
        }

        GmsParameters parameters = await GmsParameters.ReadFormAsync(exchange, GmsParameters.MultipartType);
        lock (Gate)
        {
            string operation = parameters.Required("operation");
            if (!s_fileOperations.TryGetValue(operation, out GmsOperation known))
            {
                throw GmsRefusals.Plain(400, $"operation '{operation}' is not known");
            }

            GenesysGmsCometDConversation conversation = Find(session: null, parameters);
            string? fileId = known is GmsOperation.DownloadFile or GmsOperation.DeleteFile ? parameters.Required("fileId") : null;
            if (conversation.IsEnded)
            {
                return ToAnswer(AfterEnd(conversation, exchange.Request));
            }

            return ToAnswer(conversation.Do(known, parameters, fileId));
        }
    }

    private static EmulatorAnswer ToAnswer(GmsReply reply)
    {
        if (reply.File is not { } file)
        {
            return EmulatorAnswer.Respond(200, reply.Fields.ToJsonString()).ThenCall(reply.OnSent);
        }

        ContentDispositionHeaderValue disposition = new("attachment");
        disposition.SetHttpFileName(file.Name);
        return EmulatorAnswer.Respond(200, file.Content, file.ContentType).WithHeader("Content-Disposition", disposition.ToString());
    }
}
