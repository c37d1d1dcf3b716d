using System.Text.Json.Nodes;
using System.Threading.Channels;
using ChatGen.Testing.Bayeux;
using ChatGen.Testing.Chat;

namespace ChatGen.Testing;

/// <summary>A chat session as the backend sees it.</summary>
/// <remarks>Thread-safe. What the properties give is a snapshot.</remarks>
#pragma warning disable CA1001 // The token source has neither a timer nor a wait handle: there is nothing to dispose of.
public sealed class ChatBackendSession
#pragma warning restore CA1001
{
    private const string VisitorPartyId = "1";
    private const string AgentPartyId = "2";
    private const int CommandFailed = 52;

    private readonly Lock _lock = new();
    private readonly TimeProvider _timeProvider;
    private readonly SessionWatches _watches;
    private readonly ScriptedAgent _script;
    private readonly JsonObject _startRequest;
    private readonly JsonObject _userData;
    private readonly List<JsonObject> _transcript = [];
    private readonly List<(Func<ChatBackendSession, bool> Condition, TaskCompletionSource Completion)> _waiters = [];
    private readonly Channel<Func<CancellationToken, Task>> _agentWork = Channel.CreateUnbounded<Func<CancellationToken, Task>>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _over = new();
    private IChatConnection? _connection;
    private volatile bool _agentIsConnected;
    private int _deliveredIndex;
    private string? _endReason;
    private bool _isVisitorTyping;
    private string? _typedText;
    private Exception? _agentException;

    internal ChatBackendSession(string id, JsonObject startRequest, string username, string? subject, JsonObject userData, ScriptedAgent script, IChatConnection? connection, TimeProvider timeProvider, SessionWatches watches)
    {
        Id = id;
        _startRequest = startRequest;
        Username = username;
        Subject = subject;
        _userData = userData;
        _script = script;
        _connection = connection;
        _timeProvider = timeProvider;
        _watches = watches;
        Agent = new AgentConversation(this, script.Name);
        _ = RunScriptAsync();
    }

    /// <summary>Identifies the session and admits to it: a secret.</summary>
    public string Id { get; }

    /// <summary>Name of the visitor; <c>User</c> if none was given.</summary>
    public string Username { get; }

    /// <summary>What the chat is about; <see langword="null"/> if nothing was given.</summary>
    public string? Subject { get; }

    /// <summary>Everything the session was started with, as it arrived, also what only a variant of the schema knows; without what belongs to the transport.</summary>
    public JsonObject StartRequest => _startRequest.DeepClone().AsObject();

    /// <summary>Data attached to the session now: what it was started with, and what was set and deleted since. Empty if there is none.</summary>
    public JsonObject UserData
    {
        get
        {
            lock (_lock)
            {
                return _userData.DeepClone().AsObject();
            }
        }
    }

    /// <summary>The history, oldest first, as entries of the schema's <c>Transcript</c>.</summary>
    public IReadOnlyList<JsonObject> Transcript => ReadTranscript(0);

    /// <summary>Texts of the messages in the transcript, the visitor's and the agent's, oldest first.</summary>
    public IReadOnlyList<string> Messages
    {
        get
        {
            lock (_lock)
            {
                return [.. _transcript.Select(entry => (string?)entry["content"]?["text"]).OfType<string>()];
            }
        }
    }

    /// <summary>Whether the visitor is typing.</summary>
    public bool IsVisitorTyping
    {
        get
        {
            lock (_lock)
            {
                return _isVisitorTyping;
            }
        }
    }

    /// <summary>What the visitor has typed so far; <see langword="null"/> if they have not told.</summary>
    public string? TypedText
    {
        get
        {
            lock (_lock)
            {
                return _typedText;
            }
        }
    }

    /// <summary>Whether the agent is in the session: has joined and not left it.</summary>
    public bool IsAgentConnected => _agentIsConnected;

    /// <summary>Whether the session is over.</summary>
    public bool IsEnded => EndReason is not null;

    /// <summary>Why the session is over: <c>leaveRequest</c>, <c>agent</c>, or <c>forgotten</c> by a restart; <see langword="null"/> while it goes on.</summary>
    public string? EndReason
    {
        get
        {
            lock (_lock)
            {
                return _endReason;
            }
        }
    }

    /// <summary>What the <see cref="ScriptedAgent"/> threw first; <see langword="null"/> if nothing.</summary>
    public Exception? AgentException
    {
        get
        {
            lock (_lock)
            {
                return _agentException;
            }
        }
    }

    /// <summary>Acts for the agent.</summary>
    public AgentConversation Agent { get; }

    /// <summary>Waits until the session is as a test expects it, for example <c>session => session.IsVisitorTyping</c>.</summary>
    /// <param name="condition">Checked now and after every change, possibly on several threads.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task WaitUntilAsync(Func<ChatBackendSession, bool> condition, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(condition);
        TaskCompletionSource completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiters.Add((condition, completion));
        }

        try
        {
            if (!condition(this))
            {
                await completion.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            lock (_lock)
            {
                _waiters.RemoveAll(waiter => waiter.Completion == completion);
            }
        }
    }

    /// <summary>Drops the connection over which the visitor is attached, as a broken network would. The Bayeux client stays known and may come back.</summary>
    /// <remarks>Does nothing for a visitor over REST, or over long-polling while no request is held. For other faults see <see cref="ChatBackend.Faults"/>.</remarks>
    public void DropConnections() => Client?.DropConnection(answerFirst: false);

    /// <summary>The visitor's Bayeux client; <see langword="null"/> over REST, and after the end.</summary>
    internal BayeuxSession? Client
    {
        get
        {
            lock (_lock)
            {
                return _connection?.Client;
            }
        }
    }

    internal void Attach(IChatConnection? connection)
    {
        lock (_lock)
        {
            _connection = connection;
        }
    }

    internal void StartScript() => _agentWork.Writer.TryWrite(cancellationToken => _script.OnStarted(Agent, cancellationToken));

    /// <summary>Takes a message of the visitor, who sees it as an event too.</summary>
    /// <returns><see langword="false"/> if the session is over.</returns>
    internal bool ReceiveMessage(VisitorMessage message)
    {
        lock (_lock)
        {
            if (_endReason is not null)
            {
                return false;
            }

            Publish(ChatEvents.MessageReceived(Visitor(), message.Text, message.Type));
        }

        OnChanged();
        return true;
    }

    internal void AnswerMessage(VisitorMessage message) => _agentWork.Writer.TryWrite(cancellationToken => _script.OnMessage(Agent, message, cancellationToken));

    internal void ReceiveTyping(bool isTyping, string? typedText)
    {
        lock (_lock)
        {
            _isVisitorTyping = isTyping;
            _typedText = typedText;
        }

        OnChanged();
    }

    internal JsonObject GetUserData(string key)
    {
        lock (_lock)
        {
            return _userData.TryGetPropertyValue(key, out JsonNode? value) ? new JsonObject { [key] = value?.DeepClone() } : [];
        }
    }

    internal void SetUserData(JsonObject userData)
    {
        lock (_lock)
        {
            foreach ((string key, JsonNode? value) in userData)
            {
                _userData[key] = value?.DeepClone();
            }
        }

        OnChanged();
    }

    internal void DeleteUserData(string key)
    {
        lock (_lock)
        {
            _userData.Remove(key);
        }

        OnChanged();
    }

    internal IReadOnlyList<JsonObject> ReadTranscript(int fromIndex)
    {
        lock (_lock)
        {
            return [.. _transcript.Where(entry => ChatEvents.IndexOf(entry) >= fromIndex).Select(entry => entry.DeepClone().AsObject())];
        }
    }

    /// <summary>Reads the transcript for the visitor, who then has been delivered all of it.</summary>
    internal IReadOnlyList<JsonObject> DeliverTranscript(int fromIndex)
    {
        lock (_lock)
        {
            IReadOnlyList<JsonObject> entries = ReadTranscript(fromIndex);
            _deliveredIndex = _transcript.Count;
            return entries;
        }
    }

    /// <summary>Ends the session for the visitor, who raises SessionEnded on their own: it is in the transcript, but not delivered.</summary>
    /// <returns>What has not been delivered yet; <see langword="null"/> if the session is over already.</returns>
    internal IReadOnlyList<JsonObject>? Leave()
    {
        IReadOnlyList<JsonObject> undelivered;
        lock (_lock)
        {
            if (_endReason is not null)
            {
                return null;
            }

            undelivered = ReadTranscript(_deliveredIndex + 1);
            _connection = null;
            End("leaveRequest");
        }

        OnOver();
        return undelivered;
    }

    /// <summary>Ends the session without telling anybody, as if the backend had never heard of it.</summary>
    internal void Forget()
    {
        lock (_lock)
        {
            if (_endReason is not null)
            {
                return;
            }

            _connection = null;
            _endReason = "forgotten";
        }

        OnOver();
    }

    internal void ConnectAgent() => ActAsAgent(static _ => { });

    internal void SendAsAgent(string text, ChatMessageType type) =>
        ActAsAgent(session => session.Publish(ChatEvents.MessageReceived(session.AgentParty(), text, type)));

    internal void TypeAsAgent(bool isTyping) =>
        ActAsAgent(session => session.Deliver(ChatEvents.AgentTyping(session.AgentParty(), isTyping, session._timeProvider.GetUtcNow())));

    internal void DisconnectAgent()
    {
        lock (_lock)
        {
            ThrowIfOver();
            DisconnectAgentIfConnected();
        }

        OnChanged();
    }

    internal void EndByAgent()
    {
        lock (_lock)
        {
            ThrowIfOver();
            DisconnectAgentIfConnected();
            End("agent");
        }

        OnOver();
    }

    internal void ReportError(int code, string? description)
    {
        lock (_lock)
        {
            ThrowIfOver();
            Publish(ChatEvents.Error(code, description));
        }

        OnChanged();
    }

    internal void StopScript()
    {
        _agentWork.Writer.TryComplete();
        _over.Cancel();
    }

    private void ActAsAgent(Action<ChatBackendSession> action)
    {
        lock (_lock)
        {
            ThrowIfOver();
            if (!_agentIsConnected)
            {
                _agentIsConnected = true;
                Publish(ChatEvents.AgentConnected(AgentParty()));
            }

            action(this);
        }

        OnChanged();
    }

    private void DisconnectAgentIfConnected()
    {
        if (_agentIsConnected)
        {
            _agentIsConnected = false;
            Publish(ChatEvents.AgentDisconnected(AgentParty()));
        }
    }

    private void End(string reason)
    {
        Publish(ChatEvents.SessionEnded(reason));
        _endReason = reason;
    }

    private void OnOver()
    {
        StopScript();
        OnChanged();
    }

    private void ThrowIfOver()
    {
        if (_endReason is not null)
        {
            throw new InvalidOperationException($"The chat session is over ({_endReason}), the agent can do nothing more in it.");
        }
    }

    private void Publish(JsonObject entry)
    {
        // Indexes rise from 1 without a gap, so the number of entries is the last index.
        ChatEvents.Stamp(entry, _transcript.Count + 1, _timeProvider.GetUtcNow());
        _transcript.Add(entry);
        if (Deliver(entry))
        {
            _deliveredIndex = _transcript.Count;
        }
    }

    private bool Deliver(JsonObject entry) => _connection?.TryDeliver(entry.DeepClone().AsObject()) ?? false;

    private JsonObject Visitor() => ChatEvents.Party(VisitorPartyId, Username, "Client");

    private JsonObject AgentParty() => ChatEvents.Party(AgentPartyId, _script.Name, "Agent");

    private void OnChanged()
    {
        _watches.Tell(this);
        (Func<ChatBackendSession, bool> Condition, TaskCompletionSource Completion)[] waiters;
        lock (_lock)
        {
            waiters = [.. _waiters];
        }

        foreach ((Func<ChatBackendSession, bool> condition, TaskCompletionSource completion) in waiters)
        {
            try
            {
                if (condition(this))
                {
                    completion.TrySetResult();
                }
            }
#pragma warning disable CA1031 // The condition is the test's: what it throws belongs to the one who waits, not to the one who changed the session.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                completion.TrySetException(exception);
            }
        }
    }

    private async Task RunScriptAsync()
    {
        await foreach (Func<CancellationToken, Task> work in _agentWork.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            if (_over.IsCancellationRequested)
            {
                return;
            }

            try
            {
                await work(_over.Token).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // The script is the test's: whatever it throws is shown to the test and to the visitor.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                // A script that is surprised by the session's end has not failed.
                if (!_over.IsCancellationRequested)
                {
                    OnScriptFailed(exception);
                }
            }
        }
    }

    private void OnScriptFailed(Exception exception)
    {
        lock (_lock)
        {
            _agentException ??= exception;
            if (_endReason is null)
            {
                Publish(ChatEvents.Error(CommandFailed, $"The scripted agent failed: {exception.Message}"));
            }
        }

        OnChanged();
    }
}
