using System.Collections.Concurrent;
using ChatGen.Bayeux.Chaos.Chat;
using ChatGen.Testing;
using Xunit;

namespace ChatGen.Bayeux.Chaos.Chats;

/// <summary>One chat from both ends: a visitor behind the network and an agent at the backend, who both number what they say.</summary>
internal sealed class ChaosChat : IAsyncDisposable
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(50);

    private readonly ChatClient _client = new();
    private readonly ConcurrentQueue<ChatEvent> _events = new();
    private readonly List<SentMessage> _sent = [];
    private readonly List<string> _said = [];
    private readonly Random _random;
    private ChatSession _session = null!;
    private ChatBackendSession _backend = null!;
    private int _lastIndex;

    private ChaosChat(string name, int seed)
    {
        Name = name;
        _random = new Random(seed);
    }

    public string Name { get; }

    public ChatLog Log { get; } = new();

    /// <summary>How often the connection was lost.</summary>
    public int Interruptions => _events.Count(static chatEvent => chatEvent is InterruptedEvent);

    public int Sent => _sent.Count;

    public int Acknowledged => _sent.Count(static message => message.Failure is null);

    /// <summary>Whether the visitor was told last that the connection is there.</summary>
    public bool IsBack => _events.LastOrDefault(static chatEvent => chatEvent is InterruptedEvent or ContinuedEvent) is not InterruptedEvent;

    /// <summary>Whether the visitor has heard all that the agent has said.</summary>
    public bool HasHeardEverything => _said.Count == 0 || Heard.LastOrDefault() == _said[^1];

    private IEnumerable<string> Heard => _events.OfType<MessageReceivedEvent>().Where(static message => message.Party.Type == PartyType.Agent).Select(static message => message.Content.Text);

    /// <summary>Starts a chat.</summary>
    /// <param name="backend">The backend.</param>
    /// <param name="name">The visitor's name, which no other has.</param>
    /// <param name="transport">What lies between them.</param>
    /// <param name="seed">Seed of the pauses.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<ChaosChat> StartAsync(ChatBackend backend, string name, IChatTransport transport, int seed, CancellationToken cancellationToken)
    {
        var chat = new ChaosChat(name, seed);
        StartSessionOptions options = new() { Username = name, Transport = transport, StateStorage = new MemoryChatStateStorage(), Logger = chat.Log };
        chat._session = await chat._client.StartSessionAsync(options, cancellationToken);
        chat._session.On<ChatEvent>(chat.OnEvent);
        chat._backend = backend.Sessions.Single(session => session.Username == name);
        return chat;
    }

    /// <summary>Both talk until they are told to stop.</summary>
    public Task TalkAsync(CancellationToken stop) => Task.WhenAll(
        RepeatAsync(VisitorSpeaksAsync, new Random(_random.Next()), stop),
        RepeatAsync(AgentSpeaksAsync, new Random(_random.Next()), stop));

    /// <summary>Both speak once more, now that the network is well: the agent once, the visitor until they get through.</summary>
    public async Task SettleAsync(CancellationToken deadline)
    {
        await AgentSpeaksAsync();
        do
        {
            deadline.ThrowIfCancellationRequested();
            await VisitorSpeaksAsync();
        }
        while (_sent[^1].Failure is not null);
        using PeriodicTimer poll = new(s_pollInterval);
        while (!IsBack || !HasHeardEverything)
        {
            await poll.WaitForNextTickAsync(deadline);
        }
    }

    /// <summary>What is wrong with what both have of the chat; empty if all is well.</summary>
    public IEnumerable<string> Faults()
    {
        if (!IsBack)
        {
            yield return "the connection is not back";
        }

        if (!_session.IsActive)
        {
            yield return "the session is over";
        }

        if (!Heard.SequenceEqual(_said))
        {
            yield return $"of {_said.Count} messages of the agent, [{string.Join(", ", _said.Except(Heard))}] were lost, "
                + $"[{string.Join(", ", Doubles(Heard))}] doubled, and the rest {(Heard.Order().SequenceEqual(Heard) ? "in order" : "perhaps out of order")}";
        }

        string[] arrived = [.. _backend.Messages.Where(static text => text.StartsWith("visitor", StringComparison.Ordinal))];
        string[] acknowledged = [.. _sent.Where(static message => message.Failure is null).Select(static message => message.Text)];
        if (acknowledged.Except(arrived).ToArray() is { Length: > 0 } lost)
        {
            yield return $"the backend lacks [{string.Join(", ", lost)}], which it has acknowledged";
        }

        if (Doubles(arrived).ToArray() is { Length: > 0 } doubled)
        {
            yield return $"the backend has [{string.Join(", ", doubled)}] more than once";
        }

        if (!arrived.Intersect(acknowledged).SequenceEqual(acknowledged.Intersect(arrived)))
        {
            yield return "the backend has acknowledged messages in another order than they were sent in";
        }

        if (_sent.Where(static message => !message.MayHaveArrived).Select(static message => message.Text).Intersect(arrived).ToArray() is { Length: > 0 } denied)
        {
            yield return $"the backend has [{string.Join(", ", denied)}], of which the visitor was told that it has not";
        }

        // The history as the visitor saw it is the history as the backend keeps it.
        int[] indexes = [.. _events.Select(static chatEvent => chatEvent.Index).OfType<int>()];
        if (!indexes.SequenceEqual(Enumerable.Range(1, _backend.Transcript.Count)))
        {
            yield return $"the visitor saw the {indexes.Length} entries {indexes.FirstOrDefault()} to {indexes.LastOrDefault()} of {_backend.Transcript.Count}, "
                + $"without [{string.Join(", ", Enumerable.Range(1, _backend.Transcript.Count).Except(indexes))}]";
        }
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private static IEnumerable<string> Doubles(IEnumerable<string> texts) => texts.GroupBy(static text => text).Where(static group => group.Count() > 1).Select(static group => group.Key);

    private static async Task RepeatAsync(Func<Task> speakAsync, Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await speakAsync();

            // Cancelled, a delay ends as it would in time.
            await Task.Delay(s_longestPause * random.NextDouble(), stop).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    private void OnEvent(ChatEvent chatEvent)
    {
        _events.Enqueue(chatEvent);
        Log.Add(chatEvent switch
        {
            MessageReceivedEvent message => $"{message.Index} {message.Content.Text}",
            ErrorEvent error => $"error {error.Error.Code}: {error.Error.Description}",
            _ => chatEvent.EventType.WireName,
        });
        if (chatEvent.Index is { } index && index != ++_lastIndex)
        {
            Log.KeepFromNow();
        }
    }

    private async Task VisitorSpeaksAsync()
    {
        string text = $"visitor {_sent.Count + 1:00000}";
        Log.Add($"sending {text}");
        try
        {
            await _session.SendMessageAsync(text, cancellationToken: TestContext.Current.CancellationToken);
            _sent.Add(new SentMessage(text, null));
            Log.Add($"sent {text}");
        }
        catch (ChatException exception)
        {
            _sent.Add(new SentMessage(text, exception));
            Log.Add($"failed {text}: {exception.Message}");
        }
    }

    private Task AgentSpeaksAsync()
    {
        string text = $"agent {_said.Count + 1:00000}";
        _said.Add(text);
        return _backend.Agent.SendAsync(text);
    }
}
