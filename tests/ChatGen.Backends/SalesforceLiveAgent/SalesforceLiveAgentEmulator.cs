using System.Globalization;
using System.Text.Json.Nodes;
using ChatGen.Backends.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace ChatGen.Backends.SalesforceLiveAgent;

/// <summary>Salesforce Live Agent ("Chat") over REST with long polls.</summary>
public sealed class SalesforceLiveAgentEmulator : ChatBackendEmulator
{
    private const string BasePath = "/chat/rest";
    private const int OldestApiVersion = 29;

    // A client that gives up a poll and begins another one may be overtaken by itself.
    private static readonly TimeSpan s_pollGrace = TimeSpan.FromSeconds(1);

    private readonly SalesforceLiveAgentOptions _options;
    private readonly List<SalesforceLiveAgentConversation> _sessions = [];

    private SalesforceLiveAgentEmulator(SalesforceLiveAgentOptions options)
        : base(options) => _options = options;

    /// <summary>The address that all paths are relative to, <c>http://127.0.0.1:port/chat/rest</c>.</summary>
    public override Uri Address => new(Root, BasePath);

    /// <inheritdoc cref="IChatBackendEmulator.Conversation"/>
    public new SalesforceLiveAgentConversation? Conversation => (SalesforceLiveAgentConversation?)base.Conversation;

    /// <summary>Whether agents are there; if not, chats are refused with <c>ChatRequestFail</c>.</summary>
    public bool IsOpen { get; set; } = true;

    /// <summary>Starts an emulator, which accepts connections when the task is done.</summary>
    public static async Task<SalesforceLiveAgentEmulator> StartAsync(SalesforceLiveAgentOptions? options = null, CancellationToken cancellationToken = default)
    {
        SalesforceLiveAgentEmulator emulator = new(options ?? new SalesforceLiveAgentOptions());
        await emulator.ListenAsync(cancellationToken);
        return emulator;
    }

    /// <inheritdoc cref="IChatBackendEmulator.WaitForConversationAsync"/>
    public new async Task<SalesforceLiveAgentConversation> WaitForConversationAsync(CancellationToken cancellationToken = default) =>
        (SalesforceLiveAgentConversation)await base.WaitForConversationAsync(cancellationToken);

    /// <summary>Waits until a client's poll is held, since there are no messages.</summary>
    public Task WaitForHeldPollAsync(CancellationToken cancellationToken = default) =>
        Changes.WaitUntilAsync(() => Read(() => _sessions.Exists(session => session.Mailbox.Held is not null)), cancellationToken);

    // That errors are plain text is inferred: the vendor says that the content holds status and message.
    internal static EmulatorAnswer ToAnswer(RefusalException refusal)
    {
        EmulatorAnswer answer = EmulatorAnswer.Respond(refusal.Status, $"{refusal.Status} {refusal.Message}", "text/plain");
        return refusal.Status == 405 ? answer.WithHeader("Allow", refusal.Field!) : answer;
    }

    private protected override EmulatorAnswer Refuse(RefusalException refusal) => ToAnswer(refusal);

    private protected override void StopConversations()
    {
        lock (Gate)
        {
            _sessions.ForEach(session => session.Expiry?.Dispose());
        }
    }

    private protected override Task<EmulatorAnswer> HandleAsync(EmulatorExchange exchange)
    {
        string path = exchange.Path.StartsWith(BasePath + "/", StringComparison.Ordinal) ? exchange.Path[(BasePath.Length + 1)..] : throw LiveAgentRefusals.NotFound();
        return path.Split('/') switch
        {
            ["System", "SessionId"] => GetAsync(exchange, Open),
            ["System", "SessionId", { Length: > 0 } key] => CloseAsync(exchange, Uri.UnescapeDataString(key)),
            ["System", "Messages"] => PollAsync(exchange),
            ["System", "ReconnectSession"] => GetAsync(exchange, Reconnect),
            ["System", "ResyncSession"] => GetAsync(exchange, Resync),
            ["Visitor", "Availability"] => GetAsync(exchange, TellAvailability),
            ["System", "MultiNoun"] or ["Chasitor", _] => PostAsync(exchange, path),
            _ => throw LiveAgentRefusals.NotFound(),
        };
    }

    private static void RequireVerb(EmulatorExchange exchange, string verb)
    {
        if (exchange.Method != verb)
        {
            throw LiveAgentRefusals.WrongVerb(verb);
        }

        if (exchange.Header(LiveAgentHeaders.ApiVersion) is not { } version || !int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < OldestApiVersion)
        {
            throw LiveAgentRefusals.BadRequest($"{LiveAgentHeaders.ApiVersion} is missing or wrong");
        }
    }

    private static string RequireQuery(EmulatorExchange exchange, string name)
    {
        if (exchange.Query.Keys.FirstOrDefault(key => key != name) is { } unknown)
        {
            throw LiveAgentRefusals.BadRequest($"query parameter '{unknown}' is not known");
        }

        return exchange.Query[name] is [{ Length: > 0 } value] ? value : throw LiveAgentRefusals.BadRequest($"query parameter '{name}' is missing");
    }

    private static void RequireNoQuery(EmulatorExchange exchange)
    {
        if (exchange.Request.Query.Length > 0)
        {
            throw LiveAgentRefusals.BadRequest("there are no query parameters");
        }
    }

    private Task<EmulatorAnswer> GetAsync(EmulatorExchange exchange, Func<EmulatorExchange, EmulatorAnswer> get)
    {
        RequireVerb(exchange, HttpMethods.Get);
        lock (Gate)
        {
            return Task.FromResult(get(exchange));
        }
    }

    private EmulatorAnswer Open(EmulatorExchange exchange)
    {
        RequireNoQuery(exchange);
        if (exchange.Header(LiveAgentHeaders.Affinity) != LiveAgentHeaders.NoAffinity)
        {
            throw LiveAgentRefusals.BadRequest($"{LiveAgentHeaders.Affinity} is not 'null'");
        }

        if (exchange.Header(LiveAgentHeaders.SessionKey) is not null)
        {
            throw LiveAgentRefusals.BadRequest($"{LiveAgentHeaders.SessionKey} in the request for a session");
        }

        SalesforceLiveAgentConversation session = new(Gate, Changes, Time);
        session.Expiry = Time.CreateTimer(_ => Expire(session), null, _options.ClientPollTimeout, Timeout.InfiniteTimeSpan);
        _sessions.Add(session);
        return Json(new JsonObject
        {
            ["id"] = session.Id,
            ["key"] = session.Key,
            ["affinityToken"] = session.Affinity,
            ["clientPollTimeout"] = (int)_options.ClientPollTimeout.TotalSeconds,
        });
    }

    private Task<EmulatorAnswer> CloseAsync(EmulatorExchange exchange, string key)
    {
        RequireVerb(exchange, HttpMethods.Delete);
        RequireNoQuery(exchange);
        lock (Gate)
        {
            SalesforceLiveAgentConversation session = FindAtHome(exchange);
            if (key != session.Key)
            {
                throw LiveAgentRefusals.SessionNotValid("the key in the path is not that of the session");
            }

            session.Close(EmulatedEnd.Visitor, ToAnswer(LiveAgentRefusals.SessionNotValid("the session was closed", isComplaint: false)));
            return Task.FromResult(EmulatorAnswer.Respond(200));
        }
    }

    private SalesforceLiveAgentConversation Find(EmulatorExchange exchange)
    {
        string key = exchange.Header(LiveAgentHeaders.SessionKey) ?? throw LiveAgentRefusals.SessionNotValid($"{LiveAgentHeaders.SessionKey} is missing");
        return _sessions.FirstOrDefault(session => session.Key == key && !session.IsClosed) ?? throw LiveAgentRefusals.SessionNotValid("the session is not valid");
    }

    private SalesforceLiveAgentConversation FindAtHome(EmulatorExchange exchange)
    {
        string affinity = exchange.Header(LiveAgentHeaders.Affinity) ?? throw LiveAgentRefusals.BadRequest($"{LiveAgentHeaders.Affinity} is missing");
        SalesforceLiveAgentConversation session = Find(exchange);
        if (session.IsElsewhere || affinity != session.Affinity)
        {
            throw LiveAgentRefusals.AffinityChanged(!session.Excuses(affinity));
        }

        return session;
    }

    private async Task<EmulatorAnswer> PollAsync(EmulatorExchange exchange)
    {
        RequireVerb(exchange, HttpMethods.Get);
        if (!long.TryParse(RequireQuery(exchange, "ack"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long ack))
        {
            throw LiveAgentRefusals.BadRequest("'ack' is no number");
        }

        Task<EmulatorAnswer>? earlier = Read(() => FindAtHome(exchange).Mailbox.Held);
        if (earlier is not null)
        {
            await GiveUpAsync(earlier, exchange.Aborted);
        }

        SalesforceLiveAgentConversation session;
        Task<EmulatorAnswer> answer;
        SentAnswer? repeated;
        lock (Gate)
        {
            session = FindAtHome(exchange);
            if (session.Mailbox.Held is not null)
            {
                session.Close(EmulatedEnd.Backend, ToAnswer(LiveAgentRefusals.DuplicatePoll()));
                throw LiveAgentRefusals.DuplicatePoll();
            }

            answer = session.Mailbox.Poll(ack, out repeated) ?? throw LiveAgentRefusals.BadRequest($"ack {ack} is not the sequence of the last messages");
            if (session.IsEnded && !answer.IsCompleted)
            {
                session.Mailbox.Abandon(answer);
                throw LiveAgentRefusals.SessionNotValid("the chat has ended", isComplaint: !session.ExcusesPollAfterEnd());
            }

            session.IsRestoring = false;
            session.Expiry!.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        // The timer comes first, for a test that moves the clock when it sees the poll.
        using ITimer hold = Time.CreateTimer(_ => Release(session, answer), null, _options.PollHold, Timeout.InfiniteTimeSpan);
        Changes.Raise();
        try
        {
            if (repeated is not null && await repeated.HasArrivedAsync(exchange.Aborted))
            {
                Complain(exchange.Request, $"ack {ack} is not the sequence of the last messages, which were sent");
            }

            SentAnswer sent = new(exchange.ConnectionClosed);
            return (await answer.WaitAsync(exchange.Aborted)).ThenCall(() => Note(() => session.Mailbox.NoteSent(sent)));
        }
        finally
        {
            lock (Gate)
            {
                session.Mailbox.Abandon(answer);
                if (!session.IsClosed && session.Mailbox.Held is null)
                {
                    session.Expiry!.Change(_options.ClientPollTimeout, Timeout.InfiniteTimeSpan);
                }
            }

            Changes.Raise();
        }
    }

    private async Task GiveUpAsync(Task<EmulatorAnswer> poll, CancellationToken cancellationToken)
    {
        using CancellationTokenSource grace = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        grace.CancelAfter(s_pollGrace);
        try
        {
            await Changes.WaitUntilAsync(() => Read(() => !_sessions.Exists(session => session.Mailbox.Held == poll)), grace.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The client has not given it up: there are two polls.
        }
    }

    private void Release(SalesforceLiveAgentConversation session, Task<EmulatorAnswer> poll)
    {
        lock (Gate)
        {
            if (session.Mailbox.Held == poll)
            {
                session.Mailbox.Release(EmulatorAnswer.Respond(204));
            }
        }
    }

    private EmulatorAnswer Reconnect(EmulatorExchange exchange)
    {
        string offset = RequireQuery(exchange, "ReconnectSession.offset");
        SalesforceLiveAgentConversation session = FindElsewhere(exchange);
        if (!long.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out long number) || !session.TryReconnect(number))
        {
            throw LiveAgentRefusals.BadRequest($"'ReconnectSession.offset' {offset} is not that of the last messages");
        }

        return Message("ReconnectSession", new JsonObject { ["resetSequence"] = true, ["affinityToken"] = session.Affinity });
    }

    // The form of the older way is inferred from the newer one's.
    private EmulatorAnswer Resync(EmulatorExchange exchange)
    {
        string id = RequireQuery(exchange, "SessionId");
        SalesforceLiveAgentConversation session = FindElsewhere(exchange);
        if (id != session.Id)
        {
            throw LiveAgentRefusals.BadRequest("'SessionId' is not that of the session");
        }

        session.TryReconnect(offset: null);
        return Message("ResyncSession", new JsonObject { ["isValid"] = true, ["key"] = session.Key, ["affinityToken"] = session.Affinity });
    }

    private SalesforceLiveAgentConversation FindElsewhere(EmulatorExchange exchange)
    {
        string affinity = exchange.Header(LiveAgentHeaders.Affinity) ?? throw LiveAgentRefusals.BadRequest($"{LiveAgentHeaders.Affinity} is missing");
        SalesforceLiveAgentConversation session = Find(exchange);
        if (!session.IsElsewhere)
        {
            throw LiveAgentRefusals.BadRequest("the session is where it was");
        }

        // The vendor's example has 'null'; its table does not say whether the old one will do: inferred.
        return affinity == LiveAgentHeaders.NoAffinity || session.Excuses(affinity) ? session : throw LiveAgentRefusals.BadRequest($"{LiveAgentHeaders.Affinity} is neither 'null' nor the old one");
    }

    // The path and the names of the query are inferred.
    private EmulatorAnswer TellAvailability(EmulatorExchange exchange)
    {
        if (exchange.Query["org_id"] != _options.OrganizationId || exchange.Query["deployment_id"] != _options.DeploymentId || exchange.Query["Availability.ids"] is not [{ Length: > 0 } ids])
        {
            throw LiveAgentRefusals.BadRequest("'org_id', 'deployment_id' or 'Availability.ids' is missing or wrong");
        }

        JsonArray results = [.. ids.Split(',').Select(id => new JsonObject { ["id"] = id, ["isAvailable"] = IsOpen && id == _options.ButtonId })];
        return Message("Availability", new JsonObject { ["results"] = results });
    }

    private async Task<EmulatorAnswer> PostAsync(EmulatorExchange exchange, string path)
    {
        EmulatorAnswer answer = Post(exchange, path, out SentAnswer? earlier);
        if (earlier is not null && await earlier.HasArrivedAsync(exchange.Aborted))
        {
            Complain(exchange.Request, $"{LiveAgentHeaders.Sequence} comes again though it was answered");
        }

        return answer;
    }

    private EmulatorAnswer Post(EmulatorExchange exchange, string path, out SentAnswer? earlier)
    {
        earlier = null;
        LiveAgentNouns.RequireKnown(path);
        RequireVerb(exchange, HttpMethods.Post);
        RequireNoQuery(exchange);
        lock (Gate)
        {
            SalesforceLiveAgentConversation session = FindAtHome(exchange);
            bool isResync = path == LiveAgentNouns.ResyncState;
            if (session.IsRestoring && !isResync)
            {
                Complain(exchange.Request, "a message before the data of the session was asked for");
                return ToAnswer(LiveAgentRefusals.AffinityChanged(isComplaint: true));
            }

            long? sequence = ReadSequence(exchange, isRequired: !isResync);
            if (sequence is not null)
            {
                NoteAnsweredOtherwise(exchange, session);
                switch (session.Sequence.Judge(sequence.Value, exchange.Request, out earlier))
                {
                    case LiveAgentSequenceVerdict.Wrong:
                        throw LiveAgentRefusals.BadRequest($"{LiveAgentHeaders.Sequence} {sequence} is not the next one");
                    case LiveAgentSequenceVerdict.Duplicate:
                        return Accept();
                }
            }

            if (exchange.MediaType is { } type && type != "application/json" && exchange.Request.Body.Length > 0)
            {
                throw LiveAgentRefusals.BadRequest($"content type '{type}' instead of application/json");
            }

            bool isNew = !session.IsRequested;
            new LiveAgentNouns(session, _options, IsOpen).Post(path, exchange.Request.Body);
            if (isNew && session.IsRequested)
            {
                Add(session);
            }

            SentAnswer sent = new(exchange.ConnectionClosed);
            return Accept().ThenCall(() => Note(() => session.Sequence.NoteSent(sequence ?? 0, sent)));
        }
    }

    // What the answer holds is inferred; the status is not.
    private static EmulatorAnswer Accept() => EmulatorAnswer.Respond(202, "OK", "text/plain");

    private static long? ReadSequence(EmulatorExchange exchange, bool isRequired)
    {
        if (exchange.Header(LiveAgentHeaders.Sequence) is not { } text)
        {
            return isRequired ? throw LiveAgentRefusals.BadRequest($"{LiveAgentHeaders.Sequence} is missing") : null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : throw LiveAgentRefusals.BadRequest($"{LiveAgentHeaders.Sequence} is no number");
    }

    private static EmulatorAnswer Json(JsonObject json) => EmulatorAnswer.Respond(200, json.ToJsonString());

    private static EmulatorAnswer Message(string type, JsonObject message) => Json(new JsonObject { ["messages"] = new JsonArray(new JsonObject { ["type"] = type, ["message"] = message }) });

    private void Note(Action note)
    {
        lock (Gate)
        {
            note();
        }
    }

    // Numbers of requests that a test has answered in the backend's place are used up, as far as the client knows.
    private void NoteAnsweredOtherwise(EmulatorExchange exchange, SalesforceLiveAgentConversation session)
    {
        foreach (EmulatorRequest request in Requests.TakeWhile(request => request != exchange.Request).Where(request => request.IsAnsweredByTest))
        {
            if (request.Headers.TryGetValue(LiveAgentHeaders.SessionKey, out string? key) && key == session.Key
                && request.Headers.TryGetValue(LiveAgentHeaders.Affinity, out string? affinity) && affinity == session.Affinity
                && request.Headers.TryGetValue(LiveAgentHeaders.Sequence, out string? text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            {
                session.Sequence.Note(number);
            }
        }
    }

    private void Expire(SalesforceLiveAgentConversation session)
    {
        lock (Gate)
        {
            if (session.IsClosed || session.IsEnded)
            {
                return;
            }

            session.Close(EmulatedEnd.Backend, EmulatorAnswer.Respond(204));
        }

        Complain($"session {session.Id}: no poll for {_options.ClientPollTimeout.TotalSeconds} s");
    }
}
