namespace ChatGen.Backends;

/// <summary>A chat backend of some vendor inside the test's process. It refuses what the real one would refuse, and remembers what it was sent.</summary>
/// <remarks>Listens on 127.0.0.1 at a free port. Thread-safe.</remarks>
public interface IChatBackendEmulator : IAsyncDisposable
{
    /// <summary>What a client is given as the address of the server.</summary>
    Uri Address { get; }

    /// <summary>Everything that was received, oldest first: HTTP requests and frames on WebSockets. Each read gives a snapshot.</summary>
    IReadOnlyList<EmulatorRequest> Requests { get; }

    /// <summary>What a correct client would not have sent, in words, oldest first. Each read gives a snapshot.</summary>
    IReadOnlyList<string> Complaints { get; }

    /// <summary>All conversations, oldest first; those that are over stay. Each read gives a snapshot.</summary>
    IReadOnlyList<EmulatedConversation> Conversations { get; }

    /// <summary>The newest conversation; <see langword="null"/> if none was begun.</summary>
    EmulatedConversation? Conversation { get; }

    /// <summary>Waits for a conversation to be begun.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The newest conversation, at once if there is one.</returns>
    Task<EmulatedConversation> WaitForConversationAsync(CancellationToken cancellationToken = default);

    /// <summary>Waits for a request; one that has been received already counts.</summary>
    /// <param name="which">Which one.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<EmulatorRequest> WaitForRequestAsync(Func<EmulatorRequest, bool> which, CancellationToken cancellationToken = default);

    /// <summary>Answers requests in another way than the backend would.</summary>
    /// <param name="which">Which requests.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="times">How many of them, at least 1; later ones are answered properly.</param>
    /// <remarks>Of several that fit, the oldest that is not used up answers.</remarks>
    void Answer(Func<EmulatorRequest, bool> which, EmulatorAnswer answer, int times = 1);
}
