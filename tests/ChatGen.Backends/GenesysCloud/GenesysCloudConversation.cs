using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ChatGen.Backends.Infrastructure;

namespace ChatGen.Backends.GenesysCloud;

/// <summary>A conversation of a guest.</summary>
public sealed class GenesysCloudConversation : EmulatedConversation
{
    // As long as the vendor lets an indicator be shown.
    private static readonly TimeSpan s_typingTime = TimeSpan.FromSeconds(4);

    private readonly TimeProvider _time;
    private readonly CancellationToken _stopping;
    private readonly List<JsonObject> _messages = [];
    private readonly List<CloudMember> _members = [];
    private readonly ITimer _typing;
    private CloudMember? _agent;
    private EmulatorSocket? _socket;
    private bool _wasAttached;
    private bool _hasCrossedEnd;

    internal GenesysCloudConversation(Lock gate, ChangeSignal changes, TimeProvider time, string displayName, CancellationToken stopping)
        : base(gate, changes)
    {
        _time = time;
        _stopping = stopping;
        _typing = time.CreateTimer(_ => SetVisitorTyping(false), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Visitor = new CloudMember(displayName, "CUSTOMER", time.GetUtcNow());
        _members.Add(Visitor);
        SetVisitorName(displayName);
    }

    /// <inheritdoc/>
    public override string Id { get; } = Guid.NewGuid().ToString();

    /// <summary>The visitor's id among the members.</summary>
    public string MemberId => Visitor.Id;

    /// <summary>The visitor's JWT, a secret.</summary>
    public string Jwt { get; } = $"{Random()}.{Random()}.{Random()}";

    /// <summary>Whether the visitor's WebSocket is open.</summary>
    public bool IsAttached => Read(() => _socket is not null);

    internal CloudMember Visitor { get; }

    internal string StreamToken { get; } = Random();

    internal bool IsJwtExpired { get; private set; }

    internal IReadOnlyList<JsonObject> Messages => _messages;

    internal IReadOnlyList<CloudMember> Members => _members;

    /// <summary>Waits until the visitor's WebSocket is open, or is not.</summary>
    public Task WaitForAttachmentAsync(bool isAttached, CancellationToken cancellationToken = default) => WaitUntilAsync(() => IsAttached == isAttached, cancellationToken);

    /// <inheritdoc/>
    public override async Task AgentJoinsAsync(string name)
    {
        // It is not routed before the visitor listens.
        await WaitUntilAsync(() => Read(() => _wasAttached), _stopping);
        await Act(() =>
        {
            _agent = new CloudMember(name, "AGENT", _time.GetUtcNow()) { State = "ALERTING" };
            _members.Add(_agent);
            SendMemberChange(_agent);
            _agent.State = "CONNECTED";
            SendMemberChange(_agent);
            Record(_agent, "member-join", body: null);
        });
    }

    /// <inheritdoc/>
    public override Task AgentWritesAsync(string text) => Act(() => Record(Agent(), "standard", text));

    /// <summary>The agent types; there is no word for having ceased to.</summary>
    public override Task AgentTypesAsync(bool isTyping) => Act(() =>
    {
        if (isTyping)
        {
            Send("messages", "typing-indicator", Event(Agent()));
        }
    });

    /// <inheritdoc/>
    public override Task AgentLeavesAsync() => Act(() =>
    {
        CloudMember agent = Agent();
        _agent = null;
        Record(agent, "member-leave", body: null);
        agent.State = "DISCONNECTED";
        SendMemberChange(agent);
        DisconnectVisitor(EmulatedEnd.Agent);
    });

    /// <summary>The agent hands over to another one.</summary>
    public Task AgentHandsOverAsync() => Act(() =>
    {
        CloudMember agent = Agent();
        _agent = null;
        Record(agent, "member-leave", body: null);
        agent.State = "DISCONNECTED";
        SendMemberChange(agent);
    });

    /// <summary>Breaks the visitor's WebSocket. What happens meanwhile is not sent later; it is in the history.</summary>
    public override Task LoseSessionAsync() => TakeSocket(socket => socket.Abort());

    /// <summary>Closes the visitor's WebSocket politely.</summary>
    public Task CloseSocketAsync(WebSocketCloseStatus status = WebSocketCloseStatus.EndpointUnavailable) => TakeSocket(socket => socket.Close(status, ""));

    /// <summary>Lets the visitor's JWT expire.</summary>
    public void ExpireJwt() => Change(() => IsJwtExpired = true);

    internal void Attach(EmulatorSocket socket) => Change(() =>
    {
        _socket?.Close(WebSocketCloseStatus.NormalClosure, "another one was opened");
        _socket = socket;
        SendHeartbeat();
        if (!_wasAttached)
        {
            _wasAttached = true;
            SendMemberChange(Visitor);
            Record(Visitor, "member-join", body: null);
        }
    });

    internal void Detach(EmulatorSocket socket) => Change(() => _socket = _socket == socket ? null : _socket);

    // The frame is inferred but for its text, and that it has no metadata.
    internal void SendHeartbeat() =>
        _socket?.Send(new JsonObject { ["topicName"] = "channel.metadata", ["version"] = "2", ["eventBody"] = new JsonObject { ["message"] = "WebSocket Heartbeat" } });

    internal JsonObject Say(string text, string bodyType)
    {
        if (bodyType == "standard")
        {
            AddVisitorMessage(text);
        }

        return Record(Visitor, bodyType, text);
    }

    internal JsonObject Type()
    {
        SetVisitorTyping(true);
        _typing.Change(s_typingTime, Timeout.InfiniteTimeSpan);
        return Event(Visitor);
    }

    internal void Leave() => Change(() =>
    {
        Record(Visitor, "member-leave", body: null);
        DisconnectVisitor(EmulatedEnd.Visitor);
    });

    internal void Stop() => _typing.Dispose();

    internal bool ExcusesRequestAfterEnd()
    {
        bool isExcused = !_hasCrossedEnd;
        _hasCrossedEnd = true;
        return isExcused;
    }

    private static string Random() => RandomNumberGenerator.GetHexString(24, lowercase: true);

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

    private CloudMember Agent() => _agent ?? throw new InvalidOperationException("No agent has joined.");

    private void DisconnectVisitor(EmulatedEnd by)
    {
        Visitor.State = "DISCONNECTED";
        End(by);
        SendMemberChange(Visitor);
        _socket?.Close(WebSocketCloseStatus.NormalClosure, "");
        _socket = null;
    }

    private JsonObject Record(CloudMember sender, string bodyType, string? body)
    {
        JsonObject message = Event(sender);
        if (body is not null)
        {
            message["body"] = body;
        }

        message["bodyType"] = bodyType;
        _messages.Add(message);
        Send("messages", "message", message.DeepClone());
        return message;
    }

    private JsonObject Event(CloudMember sender) => new()
    {
        ["id"] = Guid.NewGuid().ToString(),
        ["conversation"] = new JsonObject { ["id"] = Id },
        ["sender"] = new JsonObject { ["id"] = sender.Id },
        ["timestamp"] = CloudTime.Format(_time.GetUtcNow()),
    };

    private void SendMemberChange(CloudMember member) => Send("members", "member-change", new JsonObject
    {
        ["id"] = Guid.NewGuid().ToString(),
        ["conversation"] = new JsonObject { ["id"] = Id },
        ["member"] = new JsonObject { ["id"] = member.Id, ["state"] = member.State },
        ["timestamp"] = CloudTime.Format(_time.GetUtcNow()),
    });

    // How topics are named is inferred.
    private void Send(string topic, string type, JsonNode eventBody) => _socket?.Send(new JsonObject
    {
        ["topicName"] = $"v2.conversations.chats.{Id}.{topic}",
        ["version"] = "2",
        ["eventBody"] = eventBody,
        ["metadata"] = new JsonObject { ["CorrelationId"] = Guid.NewGuid().ToString(), ["type"] = type },
    });

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
