using System.Globalization;
using System.Text.Json.Nodes;
using ChatGen.Backends.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace ChatGen.Backends.GenesysCloud;

/// <summary>Genesys Cloud's chat for guests: REST, and events over a WebSocket.</summary>
public sealed class GenesysCloudEmulator : ChatBackendEmulator
{
    private const string BasePath = "/api/v2/webchat/guest/conversations";
    private const string StreamPath = "/chat/websocket";
    private const string TokenStart = "Bearer ";
    private const int MaxResults = 100;
    private const int PageSize = 25;

    private readonly GenesysCloudOptions _options;
    private readonly ITimer _heartbeat;

    private GenesysCloudEmulator(GenesysCloudOptions options)
        : base(options)
    {
        _options = options;
        _heartbeat = options.TimeProvider.CreateTimer(_ => SendHeartbeats(), null, options.HeartbeatInterval, options.HeartbeatInterval);
    }

    /// <summary>The address of the conversations, <c>http://127.0.0.1:port/api/v2/webchat/guest/conversations</c>.</summary>
    public override Uri Address => new(Root, BasePath);

    /// <inheritdoc cref="IChatBackendEmulator.Conversation"/>
    public new GenesysCloudConversation? Conversation => (GenesysCloudConversation?)base.Conversation;

    /// <summary>Whether the deployment is enabled; if not, conversations are refused with <c>chat.deployment.disabled</c>.</summary>
    public bool IsOpen { get; set; } = true;

    /// <summary>Starts an emulator, which accepts connections when the task is done.</summary>
    public static async Task<GenesysCloudEmulator> StartAsync(GenesysCloudOptions? options = null, CancellationToken cancellationToken = default)
    {
        GenesysCloudEmulator emulator = new(options ?? new GenesysCloudOptions());
        await emulator.ListenAsync(cancellationToken);
        return emulator;
    }

    /// <inheritdoc cref="IChatBackendEmulator.WaitForConversationAsync"/>
    public new async Task<GenesysCloudConversation> WaitForConversationAsync(CancellationToken cancellationToken = default) =>
        (GenesysCloudConversation)await base.WaitForConversationAsync(cancellationToken);

    private protected override EmulatorAnswer Refuse(RefusalException refusal) => CloudRefusals.ToAnswer(refusal);

    private protected override void StopConversations()
    {
        _heartbeat.Dispose();
        foreach (GenesysCloudConversation conversation in Conversations.OfType<GenesysCloudConversation>())
        {
            conversation.Stop();
        }
    }

    private protected override Task<EmulatorAnswer> HandleAsync(EmulatorExchange exchange)
    {
        lock (Gate)
        {
            return Task.FromResult(Handle(exchange));
        }
    }

    private static EmulatorAnswer Json(JsonNode json) => EmulatorAnswer.Respond(200, json.ToJsonString());

    private static void RequireVerb(EmulatorExchange exchange, params string[] verbs)
    {
        if (!verbs.Contains(exchange.Method))
        {
            throw new RefusalException(405, CloudCodes.WrongVerb, $"the verb has to be {string.Join(" or ", verbs)}") { Field = string.Join(", ", verbs) };
        }
    }

    private static JsonMembers ReadBody(EmulatorExchange exchange)
    {
        if (exchange.MediaType != "application/json")
        {
            throw new RefusalException(415, CloudCodes.UnsupportedMediaType, "the content type is not application/json");
        }

        JsonObject json = JsonMembers.TryParse(exchange.Request.Body.Span) ?? throw CloudRefusals.BadRequest("the content is no JSON object");
        return new JsonMembers(json, "", CloudRefusals.Member);
    }

    private static void RequireNoBody(EmulatorExchange exchange)
    {
        if (!exchange.Request.Body.IsEmpty)
        {
            throw CloudRefusals.BadRequest("there is content where none belongs");
        }
    }

    private static void RequireQuery(EmulatorExchange exchange, params string[] names)
    {
        if (exchange.Query.Keys.FirstOrDefault(key => !names.Contains(key)) is { } unknown)
        {
            throw CloudRefusals.BadRequest($"query parameter '{unknown}' is not known", CloudCodes.InvalidQueryParameter);
        }
    }

    private static int Number(EmulatorExchange exchange, string name, int standard, int max)
    {
        if (exchange.Query[name] is not [{ } text])
        {
            return standard;
        }

        bool isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= max;
        return isNumber ? number : throw CloudRefusals.BadRequest($"query parameter '{name}' is wrong", CloudCodes.InvalidQueryParameter);
    }

    private EmulatorAnswer Handle(EmulatorExchange exchange)
    {
        if (exchange.Path == BasePath)
        {
            return Create(exchange);
        }

        if (exchange.Path.StartsWith(StreamPath + "/", StringComparison.Ordinal))
        {
            return Attach(exchange, exchange.Path[(StreamPath.Length + 1)..].Split('/'));
        }

        if (!exchange.Path.StartsWith(BasePath + "/", StringComparison.Ordinal))
        {
            throw CloudRefusals.NotFound();
        }

        string[] segments = exchange.Path[(BasePath.Length + 1)..].Split('/');
        GenesysCloudConversation conversation = Authorize(exchange, segments[0]);
        return segments[1..] switch
        {
            ["members"] => ListMembers(exchange, conversation),
            ["members", { Length: > 0 } member] => Member(exchange, conversation, member),
            ["members", { Length: > 0 } member, "messages"] => Send(exchange, conversation, member),
            ["members", { Length: > 0 } member, "typing"] => Type(exchange, conversation, member),
            ["messages"] => ListMessages(exchange, conversation),
            ["messages", { Length: > 0 } message] => Message(exchange, conversation, message),
            ["mediarequests"] => ListMediaRequests(exchange),
            ["mediarequests", { Length: > 0 }] => MediaRequest(exchange),
            _ => throw CloudRefusals.NotFound(),
        };
    }

    private EmulatorAnswer Create(EmulatorExchange exchange)
    {
        RequireVerb(exchange, HttpMethods.Post);
        RequireQuery(exchange);
        CloudChatRequest request = CloudChatRequest.Read(ReadBody(exchange), _options);
        if (!IsOpen)
        {
            throw CloudRefusals.BadRequest("the deployment is disabled", CloudCodes.DeploymentDisabled, isComplaint: false);
        }

        GenesysCloudConversation conversation = new(Gate, Changes, Time, request.DisplayName, Stopping);
        conversation.SetUserData(request.CustomFields);
        Add(conversation);
        return Json(new JsonObject
        {
            ["id"] = conversation.Id,
            ["jwt"] = conversation.Jwt,
            ["eventStreamUri"] = new UriBuilder(Root) { Scheme = "ws", Path = $"{StreamPath}/{conversation.Id}/{conversation.StreamToken}" }.Uri.AbsoluteUri,
            ["member"] = conversation.Visitor.ToJson(),
        });
    }

    private GenesysCloudConversation? Find(string id) => Conversations.OfType<GenesysCloudConversation>().FirstOrDefault(conversation => conversation.Id == id);

    private EmulatorAnswer Attach(EmulatorExchange exchange, string[] segments)
    {
        GenesysCloudConversation conversation = segments is [_, _] ? Find(segments[0]) ?? throw CloudRefusals.NotFound() : throw CloudRefusals.NotFound();
        if (segments[1] != conversation.StreamToken)
        {
            throw CloudRefusals.NotFound();
        }

        if (conversation.IsEnded)
        {
            throw CloudRefusals.BadRequest("the conversation is over", CloudCodes.ConversationState, isComplaint: !conversation.ExcusesRequestAfterEnd());
        }

        return exchange.IsWebSocket ? EmulatorAnswer.Upgrade((socket, aborted) => StreamAsync(exchange, conversation, new EmulatorSocket(socket, aborted), aborted)) : throw CloudRefusals.BadRequest("it has to be a WebSocket");
    }

    private async Task StreamAsync(EmulatorExchange exchange, GenesysCloudConversation conversation, EmulatorSocket socket, CancellationToken aborted)
    {
        conversation.Attach(socket);
        try
        {
            await socket.RunAsync(async frame =>
            {
                Complain(exchange.Request, "a frame, where clients have nothing to say");
                return await AdmitFrameAsync(exchange.Path, frame, aborted) is not null;
            });
        }
        finally
        {
            conversation.Detach(socket);
        }
    }

    private GenesysCloudConversation Authorize(EmulatorExchange exchange, string id)
    {
        if (exchange.Header("Authorization") is not { } authorization || !authorization.StartsWith(TokenStart, StringComparison.Ordinal))
        {
            throw new RefusalException(401, CloudCodes.AuthenticationRequired, "header field 'Authorization: Bearer' is missing");
        }

        GenesysCloudConversation owner = Conversations.OfType<GenesysCloudConversation>().FirstOrDefault(conversation => conversation.Jwt == authorization[TokenStart.Length..])
            ?? throw new RefusalException(401, CloudCodes.BadCredentials, "the token is not known");
        if (owner.IsJwtExpired)
        {
            throw new RefusalException(401, CloudCodes.CredentialsExpired, "the token has expired") { IsComplaint = false };
        }

        GenesysCloudConversation conversation = Find(id) ?? throw new RefusalException(404, CloudCodes.ChatNotFound, "there is no such conversation");
        return conversation == owner ? conversation : throw new RefusalException(403, CloudCodes.NotAuthorized, "the token is that of another conversation");
    }

    private static void RequireOwn(GenesysCloudConversation conversation, string member)
    {
        if (member != conversation.MemberId)
        {
            throw conversation.Members.Any(other => other.Id == member) ? new RefusalException(403, CloudCodes.NotAuthorized, "it is another member") : CloudRefusals.NotFound("there is no such member");
        }

        if (conversation.IsEnded)
        {
            string code = conversation.EndedBy is EmulatedEnd.Visitor ? CloudCodes.MemberState : CloudCodes.ConversationState;
            throw CloudRefusals.BadRequest("the conversation is over", code, isComplaint: !conversation.ExcusesRequestAfterEnd());
        }
    }

    private EmulatorAnswer Send(EmulatorExchange exchange, GenesysCloudConversation conversation, string member)
    {
        RequireVerb(exchange, HttpMethods.Post);
        RequireQuery(exchange);
        RequireOwn(conversation, member);
        JsonMembers members = ReadBody(exchange);
        string body = members.RequiredText("body");
        string bodyType = members.OptionalText("bodyType") ?? "standard";
        members.RefuseOthers();
        if (bodyType is not ("standard" or "notice"))
        {
            throw CloudRefusals.BadRequest("guests send 'standard' and 'notice' alone", CloudCodes.InvalidValue);
        }

        if (body.Length > _options.MaxMessageLength)
        {
            throw new RefusalException(413, CloudCodes.TooLarge, "the message is too long") { IsComplaint = false };
        }

        return Json(conversation.Say(body, bodyType).DeepClone());
    }

    private static EmulatorAnswer Type(EmulatorExchange exchange, GenesysCloudConversation conversation, string member)
    {
        RequireVerb(exchange, HttpMethods.Post);
        RequireQuery(exchange);
        RequireNoBody(exchange);
        RequireOwn(conversation, member);
        return Json(conversation.Type());
    }

    private static EmulatorAnswer Member(EmulatorExchange exchange, GenesysCloudConversation conversation, string member)
    {
        RequireVerb(exchange, HttpMethods.Get, HttpMethods.Delete);
        RequireQuery(exchange);
        RequireNoBody(exchange);
        if (HttpMethods.IsDelete(exchange.Method))
        {
            RequireOwn(conversation, member);
            conversation.Leave();
            return EmulatorAnswer.Respond(204);
        }

        return Json((conversation.Members.FirstOrDefault(known => known.Id == member) ?? throw CloudRefusals.NotFound("there is no such member")).ToJson());
    }

    // The form of lists is inferred.
    private static EmulatorAnswer ListMembers(EmulatorExchange exchange, GenesysCloudConversation conversation)
    {
        RequireVerb(exchange, HttpMethods.Get);
        RequireQuery(exchange, "pageSize", "pageNumber", "excludeDisconnectedMembers");
        int size = Number(exchange, "pageSize", PageSize, MaxResults);
        int page = Number(exchange, "pageNumber", 1, int.MaxValue);
        bool isExcluding = exchange.Query["excludeDisconnectedMembers"] == "true";
        CloudMember[] members = [.. conversation.Members.Where(member => !isExcluding || member.State != "DISCONNECTED")];
        return Json(new JsonObject
        {
            ["entities"] = new JsonArray([.. members.Skip((page - 1) * size).Take(size).Select(member => member.ToJson())]),
            ["pageSize"] = size,
            ["pageNumber"] = page,
            ["total"] = members.Length,
            ["pageCount"] = (members.Length + size - 1) / size,
        });
    }

    private static EmulatorAnswer ListMessages(EmulatorExchange exchange, GenesysCloudConversation conversation)
    {
        RequireVerb(exchange, HttpMethods.Get);
        RequireQuery(exchange, "after", "before", "sortOrder", "maxResults");
        int count = Number(exchange, "maxResults", MaxResults, MaxResults);
        string order = exchange.Query["sortOrder"] is [{ } given] ? given : "ascending";
        if (order is not ("ascending" or "descending"))
        {
            throw CloudRefusals.BadRequest("query parameter 'sortOrder' is wrong", CloudCodes.InvalidQueryParameter);
        }

        int after = exchange.Query["after"] is [{ } first] ? IndexOf(conversation, first) : -1;
        int before = exchange.Query["before"] is [{ } last] ? IndexOf(conversation, last) : conversation.Messages.Count;
        IEnumerable<JsonObject> messages = conversation.Messages.Take(before).Skip(after + 1);
        messages = order == "descending" ? messages.Reverse() : messages;
        return Json(new JsonObject { ["pageSize"] = count, ["entities"] = new JsonArray([.. messages.Take(count).Select(message => message.DeepClone())]) });
    }

    private static int IndexOf(GenesysCloudConversation conversation, string id)
    {
        int index = conversation.Messages.ToList().FindIndex(message => (string?)message["id"] == id);
        return index >= 0 ? index : throw CloudRefusals.BadRequest($"there is no message '{id}'", CloudCodes.InvalidQueryParameter);
    }

    private static EmulatorAnswer Message(EmulatorExchange exchange, GenesysCloudConversation conversation, string id)
    {
        RequireVerb(exchange, HttpMethods.Get);
        RequireQuery(exchange);
        return Json((conversation.Messages.FirstOrDefault(message => (string?)message["id"] == id) ?? throw CloudRefusals.NotFound("there is no such message")).DeepClone());
    }

    private static EmulatorAnswer ListMediaRequests(EmulatorExchange exchange)
    {
        RequireVerb(exchange, HttpMethods.Get);
        return Json(new JsonObject { ["entities"] = new JsonArray() });
    }

    private static EmulatorAnswer MediaRequest(EmulatorExchange exchange)
    {
        RequireVerb(exchange, HttpMethods.Get, HttpMethods.Patch);
        throw CloudRefusals.NotFound("there is no such media request");
    }

    private void SendHeartbeats()
    {
        lock (Gate)
        {
            foreach (GenesysCloudConversation conversation in Conversations.OfType<GenesysCloudConversation>())
            {
                conversation.SendHeartbeat();
            }
        }
    }
}
