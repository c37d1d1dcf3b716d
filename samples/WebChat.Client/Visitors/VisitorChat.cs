using ChatGen;
using WebChat.Client.Chat;
using WebChat.Client.Conversations;

namespace WebChat.Client.Visitors;

/// <summary>A visitor's chat: the session, and what the page shows of it.</summary>
internal sealed class VisitorChat : IAsyncDisposable
{
    private readonly ChatClient _client;
    private readonly PageOptions _options;
    private readonly TypingNotice _typing;
    private readonly List<ConversationEntry> _entries = [];
    private ChatSession? _session;
    private IDisposable? _subscription;
    private bool _hasAgent;
    private int _lastIndex;

    public VisitorChat(ChatClient client, PageOptions options)
    {
        _client = client;
        _options = options;
        _typing = new TypingNotice(TimeProvider.System, TellTypingAsync);
    }

    /// <summary>Something that is shown has changed.</summary>
    public event Action? Changed;

    public ChatPhase Phase { get; private set; }

    public ConnectionState Connection { get; private set; } = ConnectionState.Connecting;

    public IReadOnlyList<ConversationEntry> Entries => _entries;

    /// <summary>Whether the visitor waits for an agent.</summary>
    public bool IsWaiting => Phase == ChatPhase.Chatting && !_hasAgent && _lastIndex >= _session?.LastIndex;

    /// <summary>The agent who is typing; <see langword="null"/> if nobody is.</summary>
    public string? TypingAgent { get; private set; }

    /// <summary>What went wrong last, for the visitor to read; <see langword="null"/> if it is settled.</summary>
    public string? Error { get; private set; }

    /// <summary>Goes on with the chat that the page had before it was reloaded, if there is one.</summary>
    public async Task RestoreAsync()
    {
        try
        {
            ChatSession? session = await _client.RestoreSessionAsync(new RestoreSessionOptions
            {
                StateStorage = _options.StateStorage,
                MaxOfflineDuration = _options.MaxOfflineDuration,
                DisableWebSockets = _options.DisableWebSockets,
            });
            if (session is not null)
            {
                Follow(session);
                return;
            }
        }
        catch (ChatException exception)
        {
            Error = $"Your chat could not be brought back. {Explain(exception)}";
        }

        Show(ChatPhase.Registering, ConnectionState.None);
    }

    /// <summary>Starts a chat.</summary>
    /// <param name="registration">Who the visitor is; where the backend is and how it is reached is added here.</param>
    public async Task StartAsync(StartSessionOptions registration)
    {
        Error = null;
        Show(ChatPhase.Starting, ConnectionState.Connecting);
        try
        {
            Follow(await _client.StartSessionAsync(registration with
            {
                ServerUrl = await _options.GetServerUrlAsync(),
                StateStorage = _options.StateStorage,
                MaxOfflineDuration = _options.MaxOfflineDuration,
                DisableWebSockets = _options.DisableWebSockets,
            }));
        }
        catch (ChatException exception)
        {
            Error = $"The chat could not be started. {Explain(exception)}";
            Show(ChatPhase.Registering, ConnectionState.None);
        }
        catch (HttpRequestException)
        {
            Error = "The chat could not be started: the site cannot be reached.";
            Show(ChatPhase.Registering, ConnectionState.None);
        }
    }

    /// <summary>Sends a message, which is shown once it comes back as an event.</summary>
    /// <returns>Whether the backend has it.</returns>
    public async Task<bool> SendAsync(string text)
    {
        try
        {
            await _session!.SendMessageAsync(text, WebAddress.TryParse(text, out _) ? SendMessageOptionsType.Url : SendMessageOptionsType.Text);
            Error = null;
            return true;
        }
        catch (ChatException exception)
        {
            // The client never repeats a message by itself, since it may have arrived although its answer was lost.
            Error = $"Your message was perhaps not sent. {Explain(exception)} If it does not appear, send it again.";
            return false;
        }
        finally
        {
            Changed?.Invoke();
        }
    }

    /// <summary>The text in the message box has changed.</summary>
    public void Type(string text) => _typing.Type(text);

    /// <summary>Ends the chat for both sides.</summary>
    public async Task EndAsync()
    {
        // For the visitor it is over at once, however long it takes to tell the backend.
        Show(ChatPhase.Ended, ConnectionState.Ended);
        try
        {
            await _session!.LeaveAsync();
        }
        catch (ChatException exception)
        {
            Error = $"The chat is over, but the agent could not be told. {Explain(exception)}";
            Changed?.Invoke();
        }
    }

    /// <summary>Puts the chat that is over away, for a new one.</summary>
    public async Task ResetAsync()
    {
        await DisposeSessionAsync();
        _entries.Clear();
        Error = null;
        Show(ChatPhase.Registering, ConnectionState.None);
    }

    public async ValueTask DisposeAsync()
    {
        _typing.Dispose();
        await DisposeSessionAsync();
    }

    private void Follow(ChatSession session)
    {
        _session = session;
        Show(ChatPhase.Chatting, ConnectionState.Connected);

        // What came before, as after a reload, is handed over too.
        _subscription = session.On<ChatEvent>(Take);
    }

    private void Take(ChatEvent chatEvent)
    {
        _lastIndex = chatEvent.Index ?? _lastIndex;
        switch (chatEvent)
        {
            case AgentConnectedEvent:
                _hasAgent = true;
                break;
            case AgentDisconnectedEvent:
                _hasAgent = false;
                TypingAgent = null;
                break;
            case AgentTypingEvent typing:
                TypingAgent = typing.IsTyping ? typing.Party.Name : null;
                break;
            case InterruptedEvent:
                Connection = ConnectionState.Interrupted;
                TypingAgent = null;
                break;
            case ContinuedEvent:
                Connection = ConnectionState.Connected;
                break;
            case SessionEndedEvent:
                (Phase, Connection, TypingAgent) = (ChatPhase.Ended, ConnectionState.Ended, null);
                break;
        }

        if (ConversationEntry.Of(chatEvent) is { } entry)
        {
            _entries.Add(entry);
        }

        Changed?.Invoke();
    }

    private async Task TellTypingAsync(bool isTyping)
    {
        try
        {
            if (_session is { IsActive: true })
            {
                await _session.SendTypingAsync(isTyping);
            }
        }
        catch (ChatException)
        {
            // Nothing is lost with it, and the connection's state is shown anyway.
        }
    }

    private void Show(ChatPhase phase, ConnectionState connection)
    {
        (Phase, Connection) = (phase, connection);
        Changed?.Invoke();
    }

    private async Task DisposeSessionAsync()
    {
        _subscription?.Dispose();
        if (_session is not null)
        {
            await _session.DisposeAsync();
        }

        (_session, _subscription, _hasAgent, _lastIndex, TypingAgent) = (null, null, false, 0, null);
    }

    // The schema has words for visitors; the exception's message is for developers.
    private static string Explain(ChatException exception) => (exception.Code.Info ?? ErrorCode.Unspecified.Info!).Description;
}
