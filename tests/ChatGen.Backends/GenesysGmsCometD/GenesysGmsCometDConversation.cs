using ChatGen.Backends.GenesysGms;
using ChatGen.Backends.Infrastructure;

namespace ChatGen.Backends.GenesysGmsCometD;

/// <summary>A conversation in Chat Server whose visitor is told of it over CometD.</summary>
public sealed class GenesysGmsCometDConversation : GenesysGmsConversation
{
    // Longer than over REST, where more than the key is asked for.
    private const int SecureKeyBytes = 48;

    private readonly BayeuxServer _bayeux;
    private int? _backgroundPosition;

    internal GenesysGmsCometDConversation(Lock gate, ChangeSignal changes, GenesysGmsOptions options, string nickname, BayeuxServer bayeux)
        : base(gate, changes, options, nickname, SecureKeyBytes) => _bayeux = bayeux;

    /// <summary>Whether a Bayeux client is told of what happens.</summary>
    public bool IsListenedTo => Read(() => Listener is { IsGone: false });

    /// <summary>The position at which the visitor has gone to the background; <see langword="null"/> if it has not.</summary>
    public int? BackgroundPosition => Read(() => _backgroundPosition);

    internal BayeuxSession? Listener { get; private set; }

    /// <summary>Whether an operation of the visitor is being done, whose entries come with its reply.</summary>
    internal bool IsReplying { get; set; }

    /// <summary>Waits until a Bayeux client is told of what happens, or none is.</summary>
    public Task WaitForListenerAsync(bool isListenedTo, CancellationToken cancellationToken = default) => WaitUntilAsync(() => IsListenedTo == isListenedTo, cancellationToken);

    /// <summary>Forgets the Bayeux client: what it sends next, and the connect that is held, are answered with 402.</summary>
    public override Task LoseSessionAsync()
    {
        Change(() =>
        {
            if (Listener is not null)
            {
                _bayeux.Forget(Listener);
            }
        });
        return Task.CompletedTask;
    }

    /// <summary>Breaks the connection that the Bayeux client has; the client stays known.</summary>
    public void DropConnection() => Change(() => Listener?.Drop());

    internal void Listen(BayeuxSession session) => Change(() => (Listener, _backgroundPosition) = (session, null));

    internal void GoToBackground(int position) => Change(() => (Listener, _backgroundPosition) = (null, position));
}
