using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatGen.Backends.GenesysGmsCometD;

/// <summary>What the Bayeux protocol says to each message. Guarded by the emulator's lock.</summary>
/// <param name="options">How it is configured.</param>
/// <param name="onPublish">Takes what is published.</param>
/// <param name="onDisconnect">Learns of clients that disconnect, with the message.</param>
/// <param name="complain">Learns of what a correct client does not send.</param>
/// <param name="change">Does within the lock what comes from outside of it.</param>
internal sealed class BayeuxServer(
    GenesysGmsCometDOptions options,
    Action<BayeuxSession, JsonObject, EmulatorRequest> onPublish,
    Action<BayeuxSession, JsonObject> onDisconnect,
    Action<EmulatorRequest, string> complain,
    Action<Action> change)
{
    private readonly Dictionary<string, BayeuxSession> _sessions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _forgotten = new(StringComparer.Ordinal);

    /// <summary>The channel of the chat service.</summary>
    public string Channel => $"/service/chatV2/{options.ServiceName}";

    public BayeuxAnswer Handle(JsonObject message, BayeuxOrigin origin)
    {
        if (Text(message["channel"]) is not { } channel)
        {
            return Refuse(message, origin, null, "400::channel_missing");
        }

        if (channel == "/meta/handshake")
        {
            return Handshake(message, origin);
        }

        if (Find(message, origin) is not { } session)
        {
            return new BayeuxAnswer(UnknownSession(message));
        }

        return channel switch
        {
            "/meta/connect" => Connect(message, session, origin),
            "/meta/subscribe" => Subscribe(message, session, origin),
            "/meta/unsubscribe" => Unsubscribe(message, session),
            "/meta/disconnect" => Disconnect(message, session),
            _ => Publish(message, session, origin, channel),
        };
    }

    /// <summary>Forgets a client, who learns of it at its next request.</summary>
    public void Forget(BayeuxSession session)
    {
        Remove(session);
        _forgotten.Add(session.Id);
        if (session.Held is { } held)
        {
            held.Release(UnknownSession(held.Reply));
            session.Held = null;
        }
    }

    /// <summary>Begins to count the time in which a client has to connect.</summary>
    public void Await(BayeuxSession session) => session.Expiry!.Change(options.MaxInterval, Timeout.InfiniteTimeSpan);

    public void Stop()
    {
        foreach (BayeuxSession session in _sessions.Values)
        {
            session.Expiry!.Dispose();
        }
    }

    private static string? Text(JsonNode? node) => node?.GetValueKind() is JsonValueKind.String ? node.GetValue<string>() : null;

    private static JsonObject Reply(JsonObject message, bool isSuccessful)
    {
        JsonObject reply = [];
        if (message["id"] is { } id)
        {
            reply["id"] = id.DeepClone();
        }

        if (message["channel"] is { } channel)
        {
            reply["channel"] = channel.DeepClone();
        }

        reply["successful"] = isSuccessful;
        return reply;
    }

    private static JsonObject UnknownSession(JsonObject message)
    {
        JsonObject reply = Reply(message, isSuccessful: false);
        reply["error"] = "402::session_unknown";
        reply["advice"] = new JsonObject { ["reconnect"] = "handshake", ["interval"] = 0 };
        return reply;
    }

    private JsonObject RetryAdvice() => new()
    {
        ["reconnect"] = "retry",
        ["interval"] = 0,
        ["timeout"] = (long)options.ConnectTimeout.TotalMilliseconds,
    };

    private BayeuxAnswer Refuse(JsonObject message, BayeuxOrigin origin, BayeuxSession? session, string error)
    {
        complain(origin.Request, error);
        JsonObject reply = Reply(message, isSuccessful: false);
        reply["error"] = error;
        return new BayeuxAnswer(reply, session);
    }

    private BayeuxSession? Find(JsonObject message, BayeuxOrigin origin)
    {
        if (Text(message["clientId"]) is not { } id)
        {
            complain(origin.Request, "a message has no clientId");
            return null;
        }

        if (!_sessions.TryGetValue(id, out BayeuxSession? session))
        {
            if (!_forgotten.Contains(id))
            {
                complain(origin.Request, "the clientId was never given");
            }

            return null;
        }

        if (options.UsesCookies && origin.Socket is null && (session.BrowserId is null || session.BrowserId != origin.BrowserId))
        {
            complain(origin.Request, "cookie BAYEUX_BROWSER is missing or wrong");
            return null;
        }

        return session;
    }

    private BayeuxAnswer Handshake(JsonObject message, BayeuxOrigin origin)
    {
        string[] offered = options.AllowsWebSockets ? ["websocket", "long-polling"] : ["long-polling"];
        bool isUnderstood = Text(message["version"]) is "1.0" && message["supportedConnectionTypes"] is JsonArray types && types.Any(type => offered.Contains(Text(type)));
        if (!isUnderstood || message.ContainsKey("clientId"))
        {
            BayeuxAnswer refusal = Refuse(message, origin, null, "403::handshake_failed");
            refusal.Reply["advice"] = new JsonObject { ["reconnect"] = "none" };
            return refusal;
        }

        BayeuxSession session = new(origin.Socket is null ? origin.BrowserId : null) { Socket = origin.Socket };
        session.Expiry = options.TimeProvider.CreateTimer(_ => change(() => Expire(session)), null, options.MaxInterval, Timeout.InfiniteTimeSpan);
        _sessions[session.Id] = session;
        JsonObject reply = Reply(message, isSuccessful: true);
        reply["version"] = "1.0";
        reply["minimumVersion"] = "1.0";
        reply["supportedConnectionTypes"] = new JsonArray([.. offered.Select(type => JsonValue.Create(type))]);
        reply["clientId"] = session.Id;
        reply["advice"] = RetryAdvice();
        return new BayeuxAnswer(reply, session);
    }

    private BayeuxAnswer Connect(JsonObject message, BayeuxSession session, BayeuxOrigin origin)
    {
        if (Text(message["connectionType"]) != origin.ConnectionType)
        {
            return Refuse(message, origin, session, $"400::connectionType_is_not_{origin.ConnectionType}");
        }

        session.Held?.Release();
        session.Held = null;
        session.Socket = origin.Socket;
        if (origin.Socket is not null && session.HasMessages)
        {
            origin.Socket.Send(new JsonArray([.. session.Take()]));
        }

        JsonObject reply = Reply(message, isSuccessful: true);
        bool isPolling = message["advice"] is JsonObject advice && advice["timeout"] is { } timeout && timeout.GetValueKind() is JsonValueKind.Number && timeout.GetValue<double>() == 0;
        if (!session.HasConnected || isPolling || (origin.Socket is null && session.HasMessages))
        {
            session.HasConnected = true;
            reply["advice"] = RetryAdvice();
            Await(session);
            return new BayeuxAnswer(reply, session);
        }

        session.Held = new HeldConnect(reply);
        session.Expiry!.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return new BayeuxAnswer(reply, session, session.Held);
    }

    private BayeuxAnswer Subscribe(JsonObject message, BayeuxSession session, BayeuxOrigin origin)
    {
        string?[] channels = message["subscription"] is JsonArray several ? [.. several.Select(Text)] : [Text(message["subscription"])];
        if (channels.Length == 0 || channels.Contains(null))
        {
            return Refuse(message, origin, session, "403::subscription_missing");
        }

        if (channels.FirstOrDefault(channel => channel != Channel) is { } other)
        {
            return Refuse(message, origin, session, $"403:{other}:subscribe_denied");
        }

        session.Subscriptions.Add(Channel);
        return Confirm(message, session);
    }

    private static BayeuxAnswer Unsubscribe(JsonObject message, BayeuxSession session)
    {
        session.Subscriptions.Clear();
        return Confirm(message, session);
    }

    private static BayeuxAnswer Confirm(JsonObject message, BayeuxSession session)
    {
        JsonObject reply = Reply(message, isSuccessful: true);
        reply["subscription"] = message["subscription"]?.DeepClone();
        return new BayeuxAnswer(reply, session);
    }

    private BayeuxAnswer Disconnect(JsonObject message, BayeuxSession session)
    {
        Remove(session);
        onDisconnect(session, message);
        if (session.Held is { } held)
        {
            held.Reply["advice"] = new JsonObject { ["reconnect"] = "none" };
            held.Release();
            session.Held = null;
        }

        // A connect may have crossed it.
        _forgotten.Add(session.Id);
        return new BayeuxAnswer(Reply(message, isSuccessful: true), session);
    }

    private BayeuxAnswer Publish(JsonObject message, BayeuxSession session, BayeuxOrigin origin, string channel)
    {
        if (channel != Channel || !session.Subscriptions.Contains(channel))
        {
            return Refuse(message, origin, session, $"403:{channel}:publish_denied");
        }

        return new BayeuxAnswer(Reply(message, isSuccessful: true), session, Then: () => onPublish(session, message, origin.Request));
    }

    private void Remove(BayeuxSession session)
    {
        _sessions.Remove(session.Id);
        session.Expiry!.Dispose();
        session.IsGone = true;
    }

    private void Expire(BayeuxSession session)
    {
        if (session.Held is null && !session.IsGone)
        {
            Forget(session);
        }
    }
}
