using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace ChatGen.Testing.Chat;

/// <summary>The sessions and the operations on them, whatever they are called over. Schema: <c>x-chat.start</c>, <c>x-chat.restore</c> and <c>x-chat.commands</c>.</summary>
internal sealed class ChatService(ScriptedAgent agent, TimeProvider timeProvider)
{
    private const int SessionIdBytes = 16;

    private readonly Lock _lock = new();
    private readonly List<ChatBackendSession> _sessions = [];
    private readonly Dictionary<string, ChatBackendSession> _known = new(StringComparer.Ordinal);
    private readonly SessionWatches _watches = new();
    private readonly List<(int Position, TaskCompletionSource<ChatBackendSession> Completion)> _waiters = [];

    public IReadOnlyList<ChatBackendSession> Sessions
    {
        get
        {
            lock (_lock)
            {
                return [.. _sessions];
            }
        }
    }

    /// <summary>Carries out an operation.</summary>
    /// <param name="operation">Its name.</param>
    /// <param name="sessionId">The session; <see langword="null"/> if none is given.</param>
    /// <param name="request">The parameters, and possibly what belongs to the transport.</param>
    /// <param name="sessionIdName">What the transport calls the session id.</param>
    /// <param name="connection">Where events go to; <see langword="null"/> if the visitor polls.</param>
    /// <exception cref="ChatFault">The operation failed.</exception>
    public ChatAnswer Execute(string operation, string? sessionId, JsonObject request, string sessionIdName, IChatConnection? connection)
    {
        ChatParameters parameters = new(request);
        return operation switch
        {
            "startSession" => Start(request, connection),
            "restoreSession" => Restore(Find(), connection),
            "getTranscript" => GetTranscript(Find(evenIfEnded: true), parameters),
            "sendMessage" => SendMessage(Find(), parameters),
            "sendTyping" => SendTyping(Find(), parameters),
            "leave" => Leave(Find()),
            "setUserData" => SetUserData(Find(), parameters),
            "getUserData" => GetUserData(Find(), parameters),
            "deleteUserData" => DeleteUserData(Find(), parameters),
            _ => throw ChatFault.Unknown(operation),
        };

        ChatBackendSession Find(bool evenIfEnded = false)
        {
            if (sessionId is null)
            {
                throw ChatFault.Missing(sessionIdName);
            }

            ChatBackendSession? session;
            lock (_lock)
            {
                _known.TryGetValue(sessionId, out session);
            }

            return session is not null && (evenIfEnded || !session.IsEnded) ? session : throw ChatFault.NoSession();
        }
    }

    public async Task<ChatBackendSession> WaitForSessionAsync(int position, CancellationToken cancellationToken)
    {
        TaskCompletionSource<ChatBackendSession> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (position < _sessions.Count)
            {
                return _sessions[position];
            }

            _waiters.Add((position, completion));
        }

        return await completion.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<ChatBackendSession> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using SessionWatch watch = _watches.Open();
        foreach (ChatBackendSession session in Sessions)
        {
            watch.Tell(session);
        }

        while (true)
        {
            yield return await watch.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Cancels the scripts. What a script does after that reaches nobody, so it is not waited for.</summary>
    public void StopScripts()
    {
        foreach (ChatBackendSession session in Sessions)
        {
            session.StopScript();
        }
    }

    /// <summary>Forgets all sessions: they are unknown from now on.</summary>
    public void Forget()
    {
        ChatBackendSession[] forgotten;
        lock (_lock)
        {
            forgotten = [.. _known.Values];
            _known.Clear();
        }

        foreach (ChatBackendSession session in forgotten)
        {
            session.Forget();
        }
    }

    private ChatAnswer Start(JsonObject request, IChatConnection? connection)
    {
        ChatParameters parameters = new(request);
        string? username = parameters.OptionalString("username");
        string? subject = parameters.OptionalString("subject");
        JsonObject? userData = parameters.OptionalObject("userData");
        ChatBackendSession session = new(
            RandomNumberGenerator.GetHexString(SessionIdBytes * 2, lowercase: true),
            WithoutTransportMembers(request),
            string.IsNullOrEmpty(username) ? "User" : username,
            subject,
            userData?.DeepClone().AsObject() ?? [],
            agent,
            connection,
            timeProvider,
            _watches);
        lock (_lock)
        {
            _known.Add(session.Id, session);
            _sessions.Add(session);
            foreach ((int position, TaskCompletionSource<ChatBackendSession> completion) in _waiters)
            {
                if (position < _sessions.Count)
                {
                    completion.TrySetResult(_sessions[position]);
                }
            }

            _waiters.RemoveAll(waiter => waiter.Completion.Task.IsCompleted);
        }

        _watches.Tell(session);
        return new ChatAnswer(new JsonObject { ["sessionId"] = session.Id }, session, session.StartScript);
    }

    private static ChatAnswer Restore(ChatBackendSession session, IChatConnection? connection)
    {
        session.Attach(connection);
        return new ChatAnswer([], session);
    }

    // A session that the agent has ended can still be read: who polls learns of the end in no other way.
    private static ChatAnswer GetTranscript(ChatBackendSession session, ChatParameters parameters)
    {
        int fromIndex = parameters.OptionalIndex("fromIndex");
        return new ChatAnswer(new JsonObject { ["transcript"] = ArrayOf(session.DeliverTranscript(fromIndex)) }, session);
    }

    private static ChatAnswer SendMessage(ChatBackendSession session, ChatParameters parameters)
    {
        VisitorMessage message = new(parameters.RequireString("message", allowEmpty: false), parameters.OptionalVisitorMessageType("type"));
        return session.ReceiveMessage(message) ? new ChatAnswer([], session, () => session.AnswerMessage(message)) : throw ChatFault.NoSession();
    }

    private static ChatAnswer SendTyping(ChatBackendSession session, ChatParameters parameters)
    {
        session.ReceiveTyping(parameters.OptionalBoolean("isTyping", defaultValue: true), parameters.OptionalString("typedText"));
        return new ChatAnswer([], session);
    }

    private ChatAnswer Leave(ChatBackendSession session)
    {
        IReadOnlyList<JsonObject> undelivered = session.Leave() ?? throw ChatFault.NoSession();
        lock (_lock)
        {
            _known.Remove(session.Id);
        }

        JsonObject result = [];
        if (undelivered.Count > 0)
        {
            result["transcript"] = ArrayOf(undelivered);
        }

        return new ChatAnswer(result, session);
    }

    private static ChatAnswer SetUserData(ChatBackendSession session, ChatParameters parameters)
    {
        session.SetUserData(parameters.RequireObject("userData"));
        return new ChatAnswer([], session);
    }

    private static ChatAnswer GetUserData(ChatBackendSession session, ChatParameters parameters) =>
        new(new JsonObject { ["userData"] = session.GetUserData(parameters.RequireString("key", allowEmpty: false)) }, session);

    private static ChatAnswer DeleteUserData(ChatBackendSession session, ChatParameters parameters)
    {
        session.DeleteUserData(parameters.RequireString("key", allowEmpty: false));
        return new ChatAnswer([], session);
    }

    private static JsonObject WithoutTransportMembers(JsonObject request)
    {
        JsonObject copy = request.DeepClone().AsObject();
        copy.Remove(CometDChatService.OperationMember);
        copy.Remove(CometDChatService.RequestIdMember);
        copy.Remove(CometDChatService.SessionIdMember);
        return copy;
    }

    private static JsonArray ArrayOf(IReadOnlyList<JsonObject> entries) => new([.. entries]);
}
