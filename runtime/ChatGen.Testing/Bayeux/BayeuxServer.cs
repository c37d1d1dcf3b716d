using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatGen.Testing.Bayeux;

/// <summary>What the protocol says to each message, whatever it came over.</summary>
internal sealed class BayeuxServer(ChatBackendOptions options, IReadOnlyList<IBayeuxService> services, ChatBackendRequests requests)
{
    private const int ClientIdBytes = 16;
    private const string LongPolling = "long-polling";
    private const string WebSocket = "websocket";

    private readonly FrozenDictionary<string, IBayeuxService> _services = services.ToFrozenDictionary(service => service.Channel, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, BayeuxSession> _sessions = new(StringComparer.Ordinal);

    /// <summary>The clients that are known now.</summary>
    public IEnumerable<BayeuxSession> Clients => _sessions.Values;

    /// <summary>Handles one message.</summary>
    public BayeuxAnswer Handle(JsonObject message, BayeuxOrigin origin)
    {
        if (BayeuxFrame.TryGetString(message, "channel") is not { } channel)
        {
            return new BayeuxAnswer(BayeuxReplies.Failed(message, channel: null, "400::channel_missing"));
        }

        if (channel == BayeuxChannels.Handshake)
        {
            return Handshake(message, origin);
        }

        if (Find(message, origin) is not { } session || (session.IsLeaving && channel != BayeuxChannels.Connect))
        {
            return new BayeuxAnswer(BayeuxReplies.UnknownSession(message, channel));
        }

        return channel switch
        {
            BayeuxChannels.Connect => Connect(message, session, origin),
            BayeuxChannels.Subscribe => Subscribe(message, session, session.Subscribe, channel),
            BayeuxChannels.Unsubscribe => Subscribe(message, session, session.Unsubscribe, channel),
            BayeuxChannels.Disconnect => Disconnect(message, session),
            _ => Publish(message, session, channel),
        };
    }

    /// <summary>Forgets a client, who is not told.</summary>
    /// <param name="session">The client.</param>
    /// <param name="outcome">What becomes of its held connect.</param>
    public void Forget(BayeuxSession session, HeldConnectOutcome outcome)
    {
        _sessions.TryRemove(session.Id, out _);
        session.Remove(outcome);
    }

    private BayeuxSession? Find(JsonObject message, BayeuxOrigin origin)
    {
        if (BayeuxFrame.TryGetString(message, "clientId") is not { } clientId || !_sessions.TryGetValue(clientId, out BayeuxSession? session))
        {
            return null;
        }

        // Over long-polling the cookie vouches for the client, as with the CometD servers. Bayeux rule 49.
        bool isVouchedFor = !options.UseCookies || origin.Socket is not null || (session.BrowserId is not null && session.BrowserId == origin.BrowserId);
        return isVouchedFor ? session : null;
    }

    // Bayeux rules 11 and 15.
    private BayeuxAnswer Handshake(JsonObject message, BayeuxOrigin origin)
    {
        if (BayeuxFrame.TryGetString(message, "version") is null)
        {
            return new BayeuxAnswer(RefuseHandshake(message, "400::version_missing"));
        }

        if (message["supportedConnectionTypes"] is not JsonArray connectionTypes)
        {
            return new BayeuxAnswer(RefuseHandshake(message, "400::supportedConnectionTypes_missing"));
        }

        string[] offered = options.AllowWebSockets ? [WebSocket, LongPolling] : [LongPolling];
        if (!connectionTypes.Any(type => offered.Contains(BayeuxFrame.TryGetString(type))))
        {
            return new BayeuxAnswer(RefuseHandshake(message, "405::no_transport"));
        }

        bool acknowledges = options.AllowAcknowledgement && (message["ext"] as JsonObject)?["ack"] is JsonValue offer && offer.TryGetValue(out bool isOffered) && isOffered;
        BayeuxSession session = new(
            RandomNumberGenerator.GetHexString(ClientIdBytes * 2, lowercase: true),
            origin,
            acknowledges,
            options.TimeProvider,
            options.MaxInterval,
            gone => _sessions.TryRemove(gone.Id, out _));
        _sessions[session.Id] = session;
        requests.CountHandshake();

        JsonObject reply = BayeuxReplies.Successful(message, BayeuxChannels.Handshake);
        reply["version"] = "1.0";
        reply["minimumVersion"] = "1.0";
        reply["supportedConnectionTypes"] = new JsonArray([.. offered.Select(type => JsonValue.Create(type))]);
        reply["clientId"] = session.Id;
        reply["advice"] = BayeuxReplies.Retry(options);
        return new BayeuxAnswer(reply, session, Events: Greet(reply, session, acknowledges));
    }

    // Bayeux rule 19. Who acknowledges is told the batch in the extension's newer form.
    private IReadOnlyList<JsonObject>? Greet(JsonObject reply, BayeuxSession session, bool acknowledges)
    {
        if (options.HandshakeMessages.Count == 0)
        {
            if (acknowledges)
            {
                reply["ext"] = new JsonObject { ["ack"] = true };
            }

            return null;
        }

        (IReadOnlyList<JsonObject> messages, long? batch) = session.TakeForHandshake(
            options.HandshakeMessages.Select(message => new JsonObject { ["channel"] = message.Channel, ["data"] = message.Data?.DeepClone() }));
        reply["x-messages"] = messages.Count;
        if (batch is not null)
        {
            reply["ext"] = new JsonObject { ["ack"] = new JsonObject { ["enabled"] = true, ["batch"] = batch } };
        }

        return messages;
    }

    private static JsonObject RefuseHandshake(JsonObject message, string error)
    {
        JsonObject reply = BayeuxReplies.Failed(message, BayeuxChannels.Handshake, error);
        reply["advice"] = BayeuxReplies.NoReconnect();
        return reply;
    }

    private BayeuxAnswer Connect(JsonObject message, BayeuxSession session, BayeuxOrigin origin)
    {
        JsonObject reply = BayeuxReplies.Successful(message, BayeuxChannels.Connect);
        HeldConnect? held = session.Connect(origin.Socket, TimeoutOf(message), AcknowledgedBy(message), out bool isFirst);
        if (isFirst || held is null)
        {
            reply["advice"] = BayeuxReplies.Retry(options);
        }

        return new BayeuxAnswer(reply, session, held);
    }

    // A client may shorten the time for which its connect is held, but not lengthen it. Bayeux rule 22.
    private TimeSpan TimeoutOf(JsonObject message)
    {
        bool isGiven = (message["advice"] as JsonObject)?["timeout"] is JsonValue value
            && value.GetValueKind() == JsonValueKind.Number
            && value.TryGetValue(out double given)
            && given >= 0
            && given < options.MetaConnectTimeout.TotalMilliseconds;
        return isGiven ? TimeSpan.FromMilliseconds((double)message["advice"]!["timeout"]!) : options.MetaConnectTimeout;
    }

    private static long? AcknowledgedBy(JsonObject message) =>
        (message["ext"] as JsonObject)?["ack"] is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out long batch) ? batch : null;

    // Bayeux rules 5, 6 and 38.
    private static BayeuxAnswer Subscribe(JsonObject message, BayeuxSession session, Action<string> apply, string channel)
    {
        List<string> subscriptions = [];
        JsonNode?[] given = message["subscription"] is JsonArray several ? [.. several] : [message["subscription"]];
        foreach (JsonNode? node in given)
        {
            if (BayeuxFrame.TryGetString(node) is not { } subscription || !BayeuxChannels.IsWellFormed(subscription))
            {
                return new BayeuxAnswer(BayeuxReplies.Failed(message, channel, "400::subscription_invalid"), session);
            }

            if (BayeuxChannels.IsMeta(subscription))
            {
                JsonObject denied = BayeuxReplies.Failed(message, channel, $"403:{subscription}:subscribe_denied");
                denied["subscription"] = message["subscription"]!.DeepClone();
                return new BayeuxAnswer(denied, session);
            }

            subscriptions.Add(subscription);
        }

        if (subscriptions.Count == 0)
        {
            return new BayeuxAnswer(BayeuxReplies.Failed(message, channel, "400::subscription_missing"), session);
        }

        foreach (string subscription in subscriptions.Where(subscription => !BayeuxChannels.IsService(subscription)))
        {
            apply(subscription);
        }

        JsonObject reply = BayeuxReplies.Successful(message, channel);
        reply["subscription"] = message["subscription"]!.DeepClone();
        return new BayeuxAnswer(reply, session);
    }

    private BayeuxAnswer Disconnect(JsonObject message, BayeuxSession session)
    {
        Forget(session, HeldConnectOutcome.Disconnected);
        return new BayeuxAnswer(BayeuxReplies.Successful(message, BayeuxChannels.Disconnect), session);
    }

    private BayeuxAnswer Publish(JsonObject message, BayeuxSession session, string channel)
    {
        if (!BayeuxChannels.IsWellFormed(channel))
        {
            return new BayeuxAnswer(BayeuxReplies.Failed(message, channel, $"400:{channel}:channel_invalid"), session);
        }

        if (BayeuxChannels.IsMeta(channel))
        {
            return new BayeuxAnswer(BayeuxReplies.Failed(message, channel, $"404:{channel}:unknown_meta_channel"), session);
        }

        if (!message.ContainsKey("data"))
        {
            return new BayeuxAnswer(BayeuxReplies.Failed(message, channel, "400::data_missing"), session);
        }

        JsonNode? id = message["id"]?.DeepClone();
        JsonNode? data = message["data"]?.DeepClone();
        Action then = _services.TryGetValue(channel, out IBayeuxService? service) ? () => service.OnMessage(session, id, data) : () => Broadcast(channel, data);
        return new BayeuxAnswer(BayeuxReplies.Successful(message, channel), session, Then: then);
    }

    private void Broadcast(string channel, JsonNode? data)
    {
        if (BayeuxChannels.IsService(channel))
        {
            return;
        }

        foreach (BayeuxSession session in _sessions.Values.Where(session => session.IsSubscribedTo(channel)))
        {
            session.TryDeliver(channel, data?.DeepClone());
        }
    }
}
