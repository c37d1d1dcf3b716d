using ChatGen.Backends.Infrastructure;

namespace ChatGen.Backends;

/// <summary>A conversation as the backend sees it, with the agent in the test's hands.</summary>
/// <remarks>Thread-safe. Each read of a list gives a snapshot.</remarks>
public abstract class EmulatedConversation
{
    private readonly List<string> _visitorMessages = [];
    private readonly Dictionary<string, string> _userData = new(StringComparer.Ordinal);
    private readonly List<EmulatedFile> _files = [];
    private bool _visitorIsTyping;
    private string? _visitorTypedText;
    private string? _visitorName;
    private EmulatedEnd? _endedBy;

    private protected EmulatedConversation(Lock gate, ChangeSignal changes)
    {
        Gate = gate;
        Changes = changes;
    }

    /// <summary>The backend's name for the conversation.</summary>
    public abstract string Id { get; }

    /// <summary>What the visitor has said, oldest first.</summary>
    public IReadOnlyList<string> VisitorMessages => Read(() => _visitorMessages.ToArray());

    /// <summary>Whether the visitor is typing, as far as is known.</summary>
    public bool VisitorIsTyping => Read(() => _visitorIsTyping);

    /// <summary>What the visitor has typed and not sent, where the backend is told; else <see langword="null"/>.</summary>
    public string? VisitorTypedText => Read(() => _visitorTypedText);

    /// <summary>What is attached to the conversation.</summary>
    public IReadOnlyDictionary<string, string> UserData => Read(() => new Dictionary<string, string>(_userData, StringComparer.Ordinal));

    /// <summary>What the visitor has sent, oldest first; deleted files stay and say so.</summary>
    public IReadOnlyList<EmulatedFile> Files => Read(() => _files.ToArray());

    /// <summary>What the visitor is called; <see langword="null"/> if that was not said.</summary>
    public string? VisitorName => Read(() => _visitorName);

    /// <summary>Whether it is over.</summary>
    public bool IsEnded => EndedBy is not null;

    /// <summary>Who ended it; <see langword="null"/> as long as it goes on.</summary>
    public EmulatedEnd? EndedBy => Read(() => _endedBy);

    private protected Lock Gate { get; }

    private protected ChangeSignal Changes { get; }

    /// <summary>An agent takes the conversation.</summary>
    /// <param name="name">What the agent is called.</param>
    /// <remarks>Where the backend routes a conversation only when the visitor listens, it waits for that, or until the emulator is disposed of.</remarks>
    public abstract Task AgentJoinsAsync(string name);

    /// <summary>The agent says something.</summary>
    public abstract Task AgentWritesAsync(string text);

    /// <summary>The agent begins or ceases to type.</summary>
    /// <remarks>Does nothing for <see langword="false"/> where the backend does not tell of it.</remarks>
    public abstract Task AgentTypesAsync(bool isTyping);

    /// <summary>The agent sends a file.</summary>
    /// <exception cref="NotSupportedException">The backend knows no files.</exception>
    public virtual Task AgentSendsFileAsync(string name, string contentType, byte[] content) =>
        throw new NotSupportedException("This backend knows no files.");

    /// <summary>The agent leaves, and the conversation ends in the way of this backend.</summary>
    public abstract Task AgentLeavesAsync();

    /// <summary>Makes the client's session live elsewhere, in the way of this backend: another server, another token, a closed socket, a forgotten Bayeux client.</summary>
    public abstract Task LoseSessionAsync();

    /// <summary>Waits until the visitor has said something.</summary>
    public Task WaitForMessageAsync(string text, CancellationToken cancellationToken = default) => WaitUntilAsync(() => VisitorMessages.Contains(text), cancellationToken);

    /// <summary>Waits until the visitor is typing, or not.</summary>
    public Task WaitForTypingAsync(bool isTyping, CancellationToken cancellationToken = default) => WaitUntilAsync(() => VisitorIsTyping == isTyping, cancellationToken);

    /// <summary>Waits until something is attached to the conversation.</summary>
    public Task WaitForUserDataAsync(string key, string value, CancellationToken cancellationToken = default) =>
        WaitUntilAsync(() => UserData.TryGetValue(key, out string? attached) && attached == value, cancellationToken);

    /// <summary>Waits until the visitor has sent a file.</summary>
    public async Task<EmulatedFile> WaitForFileAsync(string name, CancellationToken cancellationToken = default)
    {
        await WaitUntilAsync(() => Files.Any(file => file.Name == name), cancellationToken);
        return Files.First(file => file.Name == name);
    }

    /// <summary>Waits until the conversation is over.</summary>
    public Task WaitForEndAsync(CancellationToken cancellationToken = default) => WaitUntilAsync(() => IsEnded, cancellationToken);

    /// <summary>Waits until something is so, asked whenever something has changed at the backend.</summary>
    public Task WaitUntilAsync(Func<bool> isSo, CancellationToken cancellationToken = default) => Changes.WaitUntilAsync(isSo, cancellationToken);

    internal void AddVisitorMessage(string text) => Change(() =>
    {
        _visitorMessages.Add(text);
        _visitorIsTyping = false;
        _visitorTypedText = null;
    });

    internal void SetVisitorTyping(bool isTyping, string? typedText = null) => Change(() => (_visitorIsTyping, _visitorTypedText) = (isTyping, typedText));

    internal void SetVisitorName(string name) => Change(() => _visitorName = name);

    internal void SetUserData(IEnumerable<KeyValuePair<string, string>> pairs) => Change(() =>
    {
        foreach ((string key, string value) in pairs)
        {
            _userData[key] = value;
        }
    });

    internal void AddFile(EmulatedFile file) => Change(() => _files.Add(file));

    internal void DeleteFile(string id) => Change(() =>
    {
        int index = _files.FindIndex(file => file.Id == id);
        _files[index] = _files[index] with { IsDeleted = true };
    });

    internal void End(EmulatedEnd by) => Change(() => _endedBy ??= by);

    private protected T Read<T>(Func<T> read)
    {
        lock (Gate)
        {
            return read();
        }
    }

    private protected void Change(Action change)
    {
        lock (Gate)
        {
            change();
        }

        Changes.Raise();
    }

    private protected void ThrowIfEnded()
    {
        if (_endedBy is not null)
        {
            throw new InvalidOperationException("The conversation is over.");
        }
    }
}
