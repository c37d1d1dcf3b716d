using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ChatGen.Backends.Infrastructure;

namespace ChatGen.Backends.SalesforceLiveAgent;

/// <summary>A session of Live Agent, and the chat in it.</summary>
public sealed class SalesforceLiveAgentConversation : EmulatedConversation
{
    private readonly TimeProvider _time;
    private readonly List<JsonObject> _transcript = [];
    private readonly List<KeyValuePair<string, string>> _customEvents = [];
    private readonly HashSet<string> _earlierAffinities = new(StringComparer.Ordinal);
    private string? _agentName;
    private string _agentId = "";
    private bool _hasCrossed;
    private bool _hasCrossedEnd;

    internal SalesforceLiveAgentConversation(Lock gate, ChangeSignal changes, TimeProvider time)
        : base(gate, changes) => _time = time;

    /// <summary>The session's id.</summary>
    public override string Id { get; } = Guid.NewGuid().ToString();

    /// <summary>The session's key, a secret.</summary>
    public string Key { get; } = $"{Guid.NewGuid()}!{RandomNumberGenerator.GetHexString(32, lowercase: true)}";

    /// <summary>The affinity that is valid now; a client is told of a new one when it reconnects.</summary>
    public string Affinity { get; private set; } = NewAffinity();

    /// <summary>Events of the page's own, by type and data, oldest first.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> CustomEvents => Read(() => _customEvents.ToArray());

    internal LiveAgentMailbox Mailbox { get; } = new();

    internal LiveAgentSequence Sequence { get; } = new();

    /// <summary>Whether a chat was requested.</summary>
    internal bool IsRequested { get; private set; }

    /// <summary>Whether the session was closed or is gone.</summary>
    internal bool IsClosed { get; private set; }

    /// <summary>Whether the client has to reconnect.</summary>
    internal bool IsElsewhere { get; private set; }

    /// <summary>Whether the client has reconnected, and has not been handed the session's data yet.</summary>
    internal bool IsRestoring { get; set; }

    /// <summary>Ends the session when nobody polls.</summary>
    internal ITimer? Expiry { get; set; }

    /// <inheritdoc/>
    public override Task AgentJoinsAsync(string name) => Act(() =>
    {
        TakeOver(name);
        Mailbox.Put("ChatEstablished", new JsonObject { ["name"] = name, ["userId"] = _agentId, ["sneakPeekEnabled"] = true });
    });

    /// <inheritdoc/>
    public override Task AgentWritesAsync(string text) => Act(() =>
    {
        string name = Agent();
        Note("Agent", name, text);
        Mailbox.Put("ChatMessage", new JsonObject { ["name"] = name, ["text"] = text });
    });

    /// <inheritdoc/>
    public override Task AgentTypesAsync(bool isTyping) => Act(() =>
    {
        Agent();
        Mailbox.Put(isTyping ? "AgentTyping" : "AgentNotTyping", []);
    });

    /// <inheritdoc/>
    public override Task AgentLeavesAsync() => Act(() =>
    {
        Agent();
        EndChat(EmulatedEnd.Agent, "agent");
    });

    /// <summary>The agent's connection is lost; the chat goes on with whoever takes it.</summary>
    public Task AgentDisconnectsAsync() => Act(() =>
    {
        Agent();
        _agentName = null;
        Mailbox.Put("AgentDisconnect", []);
    });

    /// <summary>Another agent takes the chat.</summary>
    public Task AgentTransfersAsync(string name) => Act(() =>
    {
        Agent();
        TakeOver(name);
        Note("OperatorTransferred", name, "");
        Mailbox.Put("ChatTransferred", new JsonObject { ["name"] = name, ["userId"] = _agentId, ["sneakPeekEnabled"] = false });
    });

    /// <summary>The visitor is at another place in the queue.</summary>
    public Task QueueMovesAsync(int position, int estimatedWaitSeconds) =>
        Act(() => Mailbox.Put("QueueUpdate", new JsonObject { ["position"] = position, ["estimatedWaitTime"] = estimatedWaitSeconds }));

    /// <summary>The agent's desktop sends an event of its own.</summary>
    public Task AgentSendsEventAsync(string type, string data) => Act(() => Mailbox.Put("CustomEvent", new JsonObject { ["type"] = type, ["data"] = data }));

    /// <summary>Another server takes over: everything is answered with 503 until the client reconnects.</summary>
    public override Task LoseSessionAsync() => Act(() =>
    {
        _earlierAffinities.Add(Affinity);
        Affinity = NewAffinity();
        IsElsewhere = true;
        _hasCrossed = false;
        Mailbox.Release(SalesforceLiveAgentEmulator.ToAnswer(LiveAgentRefusals.AffinityChanged(isComplaint: false)));
    });

    /// <summary>Whether a request with another affinity is excused: of a client that has not reconnected yet, and once more, since it may have crossed the reconnection.</summary>
    internal bool Excuses(string affinity)
    {
        if (!_earlierAffinities.Contains(affinity) || (!IsElsewhere && _hasCrossed))
        {
            return false;
        }

        _hasCrossed |= !IsElsewhere;
        return true;
    }

    internal bool ExcusesPollAfterEnd()
    {
        bool isExcused = !_hasCrossedEnd;
        _hasCrossedEnd = true;
        return isExcused;
    }

    /// <summary>Begins the chat.</summary>
    internal void Request(string visitorName, IEnumerable<KeyValuePair<string, string>> details, JsonArray customDetails)
    {
        IsRequested = true;
        SetVisitorName(visitorName);
        SetUserData(details);
        JsonObject success = State();
        success["estimatedWaitTime"] = -1;
        success["customDetails"] = customDetails;
        success["visitorId"] = Guid.NewGuid().ToString();
        Mailbox.Put("ChatRequestSuccess", success);
    }

    /// <summary>Says that nobody takes the chat.</summary>
    internal void RefuseRequest(string reason)
    {
        IsRequested = true;
        End(EmulatedEnd.Backend);
        Mailbox.Put("ChatRequestFail", new JsonObject { ["reason"] = reason, ["postChatUrl"] = "" });
    }

    internal void Say(string text)
    {
        Note("Chasitor", VisitorName!, text);
        AddVisitorMessage(text);
    }

    internal void AddCustomEvent(string type, string data) => Change(() => _customEvents.Add(new(type, data)));

    internal void EndChat(EmulatedEnd by, string reason)
    {
        End(by);
        Mailbox.Put("ChatEnded", new JsonObject { ["reason"] = reason });
    }

    /// <summary>Ends the session, and with it the chat.</summary>
    internal void Close(EmulatedEnd by, EmulatorAnswer toHeldPoll)
    {
        IsClosed = true;
        Expiry?.Dispose();
        End(by);
        Mailbox.Release(toHeldPoll);
    }

    internal bool TryReconnect(long? offset)
    {
        JsonObject data = State();
        data["sneakPeekEnabled"] = true;
        data["chatMessages"] = new JsonArray([.. _transcript.Select(entry => entry.DeepClone())]);
        if (!Mailbox.TryReconnect(offset, data))
        {
            return false;
        }

        IsElsewhere = false;
        IsRestoring = true;
        Sequence.Reset();
        return true;
    }

    private static string NewAffinity() => RandomNumberGenerator.GetHexString(8, lowercase: true);

    private static JsonObject State() => new()
    {
        ["queuePosition"] = 1,
        ["geoLocation"] = new JsonObject { ["countryCode"] = "DE", ["countryName"] = "Germany" },
        ["url"] = "https://www.example.com/",
        ["oref"] = "https://www.example.com/search",
        ["postChatUrl"] = "",
    };

    private void TakeOver(string name)
    {
        _agentName = name;
        _agentId = Guid.NewGuid().ToString();
    }

    private string Agent() => _agentName ?? throw new InvalidOperationException("No agent has joined.");

    private void Note(string type, string name, string content) => _transcript.Add(new JsonObject
    {
        ["type"] = type,
        ["name"] = name,
        ["content"] = content,
        ["timestamp"] = _time.GetUtcNow().ToUnixTimeMilliseconds(),
        ["sequence"] = _transcript.Count + 1,
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
