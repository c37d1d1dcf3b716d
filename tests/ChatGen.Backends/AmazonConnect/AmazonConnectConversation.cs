using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ChatGen.Backends.Infrastructure;

namespace ChatGen.Backends.AmazonConnect;

/// <summary>A chat contact.</summary>
public sealed class AmazonConnectConversation : EmulatedConversation
{
    private readonly TimeProvider _time;
    private readonly CancellationToken _stopping;
    private readonly List<JsonObject> _transcript = [];
    private readonly HashSet<string> _connectionTokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _webSocketTokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Content, JsonObject Reply)> _done = new(StringComparer.Ordinal);
    private readonly List<string> _delivered = [];
    private readonly List<string> _read = [];
    private readonly ConnectParticipant _system = new("SYSTEM_MESSAGE", "SYSTEM");
    private ConnectParticipant? _agent;
    private EmulatorSocket? _socket;
    private bool _hasCrossedEnd;

    internal AmazonConnectConversation(Lock gate, ChangeSignal changes, TimeProvider time, string displayName, CancellationToken stopping)
        : base(gate, changes)
    {
        _time = time;
        _stopping = stopping;
        Customer = new ConnectParticipant(displayName, "CUSTOMER");
        SetVisitorName(displayName);
    }

    /// <summary>The <c>ContactId</c>.</summary>
    public override string Id { get; } = Guid.NewGuid().ToString();

    /// <summary>What a client has to connect with, a secret; in the real world the page's own server gets it when it starts the contact.</summary>
    public string ParticipantToken { get; } = Random();

    /// <summary>Whether the customer has connected: by word, by acknowledging, or by subscribing.</summary>
    public bool IsJoined { get; private set; }

    /// <summary>Whether the customer's WebSocket is open and has subscribed.</summary>
    public bool IsSubscribed => Read(() => _socket is not null);

    /// <summary>The messages that the customer says were delivered, by id.</summary>
    public IReadOnlyList<string> DeliveredMessages => Read(() => _delivered.ToArray());

    /// <summary>The messages that the customer says were read, by id.</summary>
    public IReadOnlyList<string> ReadMessages => Read(() => _read.ToArray());

    internal ConnectParticipant Customer { get; }

    internal List<ConnectUpload> Uploads { get; } = [];

    internal List<EmulatedFile> Attachments { get; } = [];

    internal IReadOnlyList<JsonObject> Transcript => _transcript;

    /// <summary>Waits until the customer's WebSocket has subscribed, or is gone.</summary>
    public Task WaitForSubscriptionAsync(bool isSubscribed, CancellationToken cancellationToken = default) => WaitUntilAsync(() => IsSubscribed == isSubscribed, cancellationToken);

    /// <inheritdoc/>
    public override async Task AgentJoinsAsync(string name)
    {
        await WaitUntilAsync(() => Read(() => IsJoined), _stopping);
        await Act(() =>
        {
            _agent = new ConnectParticipant(name, "AGENT");
            Record(_agent, "EVENT", ConnectTypes.Joined);
        });
    }

    /// <inheritdoc/>
    public override Task AgentWritesAsync(string text) => Act(() => Record(Agent(), "MESSAGE", "text/plain", text));

    /// <summary>The agent types; there is no word for having ceased to.</summary>
    public override Task AgentTypesAsync(bool isTyping) => Act(() =>
    {
        if (isTyping)
        {
            Send(Item(Agent(), "EVENT", ConnectTypes.Typing));
        }
    });

    /// <inheritdoc/>
    public override Task AgentSendsFileAsync(string name, string contentType, byte[] content) => Act(() =>
        Attach(Agent(), [new EmulatedFile(Guid.NewGuid().ToString(), name, contentType, content)]));

    /// <inheritdoc/>
    public override Task AgentLeavesAsync() => Act(() =>
    {
        ConnectParticipant agent = Agent();
        _agent = null;
        Record(agent, "EVENT", ConnectTypes.Left);
        EndContact(EmulatedEnd.Agent);
    });

    /// <summary>The agent says that a message of the customer was read.</summary>
    public Task AgentReadsAsync(string messageId) => Act(() =>
        Send(Item(Agent(), "EVENT", ConnectTypes.Read, new JsonObject { ["messageId"] = messageId }.ToJsonString())));

    /// <summary>Breaks the customer's WebSocket. What happens meanwhile is not sent later; it is in the transcript.</summary>
    public override Task LoseSessionAsync() => TakeSocket(socket => socket.Abort());

    /// <summary>Closes the customer's WebSocket politely.</summary>
    public Task CloseSocketAsync(WebSocketCloseStatus status = WebSocketCloseStatus.EndpointUnavailable) => TakeSocket(socket => socket.Close(status, ""));

    internal string IssueConnectionToken()
    {
        string token = Random();
        _connectionTokens.Add(token);
        return token;
    }

    internal string IssueWebSocketToken(DateTimeOffset until)
    {
        string token = Random();
        _webSocketTokens[token] = until;
        return token;
    }

    internal bool OwnsConnectionToken(string token) => _connectionTokens.Contains(token);

    /// <summary>Takes the token of a WebSocket's address.</summary>
    internal bool TryUseWebSocketToken(string token, bool isReusable) =>
        _webSocketTokens.TryGetValue(token, out DateTimeOffset until) && (isReusable || _webSocketTokens.Remove(token)) && _time.GetUtcNow() <= until;

    internal void Join() => Change(() =>
    {
        if (!IsJoined)
        {
            IsJoined = true;
            Record(Customer, "EVENT", ConnectTypes.Joined);
        }
    });

    internal void Attach(EmulatorSocket socket) => Change(() =>
    {
        if (_socket != socket)
        {
            _socket?.Close(WebSocketCloseStatus.NormalClosure, "another one has subscribed");
        }

        _socket = socket;
        Join();
    });

    internal void Detach(EmulatorSocket socket) => Change(() => _socket = _socket == socket ? null : _socket);

    /// <summary>Does something once, however often it is asked for with the same token.</summary>
    internal JsonObject Once(string operation, string? clientToken, string content, Func<JsonObject> act)
    {
        if (clientToken is null)
        {
            return act();
        }

        string key = $"{operation} {clientToken}";
        if (_done.TryGetValue(key, out (string Content, JsonObject Reply) earlier))
        {
            return earlier.Content == content ? earlier.Reply.DeepClone().AsObject() : throw ConnectRefusals.Conflict("the ClientToken was used for something else");
        }

        JsonObject reply = act();
        _done[key] = (content, reply);
        return reply.DeepClone().AsObject();
    }

    /// <summary>The reply to something that was done already; <see langword="null"/> if it was not.</summary>
    internal JsonObject? FindDone(string operation, string content)
    {
        string? clientToken = JsonMembers.TryParseNode(System.Text.Encoding.UTF8.GetBytes(content)) is JsonObject json ? json["ClientToken"]?.ToString() : null;
        return _done.TryGetValue($"{operation} {clientToken}", out (string Content, JsonObject Reply) earlier) && earlier.Content == content ? earlier.Reply.DeepClone().AsObject() : null;
    }

    internal JsonObject Say(string contentType, string text)
    {
        AddVisitorMessage(text);
        return Confirm(Record(Customer, "MESSAGE", contentType, text));
    }

    internal JsonObject Tell(string contentType, string? messageId)
    {
        Change(() =>
        {
            switch (contentType)
            {
                case ConnectTypes.Typing:
                    SetVisitorTyping(true);
                    break;
                case ConnectTypes.Delivered:
                    _delivered.Add(messageId!);
                    break;
                case ConnectTypes.Read:
                    _read.Add(messageId!);
                    break;
                default:
                    Join();
                    break;
            }
        });
        return Confirm(Item(Customer, "EVENT", contentType));
    }

    internal void Leave() => Change(() =>
    {
        Record(Customer, "EVENT", ConnectTypes.Left);
        EndContact(EmulatedEnd.Visitor);
    });

    internal void Attach(ConnectParticipant sender, IReadOnlyList<EmulatedFile> files)
    {
        Attachments.AddRange(files);
        JsonObject item = Item(sender, "ATTACHMENT", files[0].ContentType);
        item["Attachments"] = new JsonArray([.. files.Select(file => new JsonObject
        {
            ["AttachmentId"] = file.Id,
            ["AttachmentName"] = file.Name,
            ["ContentType"] = file.ContentType,
            ["Status"] = "APPROVED",
        })]);
        Record(item);
    }

    internal bool ExcusesRequestAfterEnd()
    {
        bool isExcused = !_hasCrossedEnd;
        _hasCrossedEnd = true;
        return isExcused;
    }

    private static string Random() => RandomNumberGenerator.GetHexString(48, lowercase: true);

    private static JsonObject Confirm(JsonObject item) => new() { ["Id"] = (string?)item["Id"], ["AbsoluteTime"] = (string?)item["AbsoluteTime"] };

    private ConnectParticipant Agent() => _agent ?? throw new InvalidOperationException("No agent has joined.");

    private void EndContact(EmulatedEnd by)
    {
        End(by);
        Record(_system, "EVENT", ConnectTypes.Ended);
        _socket?.Close(WebSocketCloseStatus.NormalClosure, "");
        _socket = null;
    }

    private JsonObject Record(ConnectParticipant sender, string type, string contentType, string? content = null) => Record(Item(sender, type, contentType, content));

    private JsonObject Record(JsonObject item)
    {
        _transcript.Add(item);
        Send(item);
        return item;
    }

    private JsonObject Item(ConnectParticipant sender, string type, string contentType, string? content = null)
    {
        JsonObject item = new()
        {
            ["AbsoluteTime"] = AmazonConnectEmulator.Format(_time.GetUtcNow()),
            ["ContentType"] = contentType,
            ["Id"] = Guid.NewGuid().ToString(),
            ["Type"] = type,
            ["ParticipantId"] = sender.Id,
            ["ParticipantRole"] = sender.Role,
            ["DisplayName"] = sender.DisplayName,
            ["ContactId"] = Id,
            ["InitialContactId"] = Id,
        };
        if (content is not null)
        {
            item["Content"] = content;
        }

        return item;
    }

    // The frame is inferred.
    private void Send(JsonObject item) => _socket?.Send(new JsonObject { ["topic"] = "aws/chat", ["contentType"] = "application/json", ["content"] = item.ToJsonString() });

    private Task TakeSocket(Action<EmulatorSocket> use)
    {
        EmulatorSocket? taken = null;
        Change(() => (taken, _socket) = (_socket, null));
        if (taken is not null)
        {
            use(taken);
        }

        return Task.CompletedTask;
    }

    private Task Act(Action act)
    {
        Change(() =>
        {
            ThrowIfEnded();
            act();
        });
        return Task.CompletedTask;
    }
}
