using System.Buffers;
using System.Text.Json;
using ChatGen.Bayeux.Protocol;
using ChatGen.Bayeux.Session;

namespace ChatGen.Bayeux;

/// <summary>
/// A Bayeux client over WebSocket and long-polling. Once connected it stays so: it reconnects, handshakes anew when the server asks for it,
/// and restores its subscriptions, until it is disconnected or the server forbids it.
/// </summary>
/// <remarks>
/// Thread-safe. Callbacks run one at a time, in order, on threads of the pool; one that throws is reported to <see cref="Faulted"/>. They may
/// call any member, but a slow one delays all callbacks after it, and their arguments wait in memory.
/// <example>
/// <code>
/// await using var client = new BayeuxClient(new BayeuxClientOptions { Url = new Uri("https://chat.example.com/cometd") });
/// client.Subscribe("/news", bayeuxEvent => Console.WriteLine(Encoding.UTF8.GetString(bayeuxEvent.Data.Span)));
/// await client.ConnectAsync();
/// PublishResult result = await client.PublishAsync("/news", "\"hello\""u8.ToArray());
/// </code>
/// </example>
/// </remarks>
public sealed class BayeuxClient : IAsyncDisposable
{
    private static readonly TimeSpan s_longestCall = TimeSpan.FromDays(49);

    private readonly BayeuxSession _session;
    private readonly int _maxJsonDepth;

    /// <summary>Makes a client. It does nothing until <see cref="ConnectAsync"/>.</summary>
    /// <param name="options">How it connects.</param>
    /// <exception cref="ArgumentException">The options are wrong.</exception>
    public BayeuxClient(BayeuxClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _maxJsonDepth = options.MaxJsonDepth;
        _session = new BayeuxSession(options, change => StateChanged?.Invoke(change), fault => Faulted?.Invoke(fault));
    }

    /// <summary>How the client stands to its server. Notifications of <see cref="StateChanged"/> may lag behind it.</summary>
    public BayeuxClientState State => _session.ClientState;

    /// <summary>How many handshakes have succeeded so far; the number of the present session.</summary>
    public int SessionNumber => _session.SessionNumber;

    /// <summary>The state has changed.</summary>
    public event Action<BayeuxStateChange>? StateChanged;

    /// <summary>Something went wrong: a request, a message, a callback. The client goes on by itself unless the state says otherwise.</summary>
    public event Action<BayeuxFault>? Faulted;

    /// <summary>Connects: handshake and first meta connect, over WebSocket or else long-polling.</summary>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <exception cref="BayeuxException">It could not be done in <see cref="BayeuxClientOptions.MaxConnectAttempts"/> attempts, or the server forbids it.</exception>
    /// <exception cref="InvalidOperationException">The client is not <see cref="BayeuxClientState.Disconnected"/>.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public Task ConnectAsync(CancellationToken cancellationToken = default) => _session.ConnectAsync(null, cancellationToken);

    /// <summary>
    /// Connects by going on with a session that another client has left, perhaps in another process. Subscriptions made before are asked for again,
    /// which changes nothing for the server. If it has forgotten the session meanwhile, a new one is begun.
    /// </summary>
    /// <param name="snapshot">The session.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <returns>Whether the session goes on; <see langword="false"/> if it is a new one.</returns>
    /// <exception cref="BayeuxException">It could not be done in <see cref="BayeuxClientOptions.MaxConnectAttempts"/> attempts, or the server forbids it.</exception>
    /// <exception cref="InvalidOperationException">The client is not <see cref="BayeuxClientState.Disconnected"/>.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public Task<bool> ResumeAsync(BayeuxSnapshot snapshot, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return _session.ConnectAsync(snapshot, cancellationToken);
    }

    /// <summary>
    /// Leaves the session without ending it, for another client to go on with. What waits to be sent is not sent; with acknowledgement
    /// (<see cref="BayeuxClientOptions.Acknowledge"/>) the server keeps the events that have not arrived here.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="InvalidOperationException">There is no session.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public Task<BayeuxSnapshot> DetachAsync(CancellationToken cancellationToken = default) => _session.DetachAsync(cancellationToken);

    /// <summary>
    /// Drops the connections at once without telling the server, and fails all that is under way. The client can connect again. Does nothing if it is
    /// disconnected or disposed.
    /// </summary>
    public Task AbortAsync() => _session.AbortAsync();

    /// <summary>
    /// Ends the session and closes the connections. If the server cannot be told within
    /// <see cref="BayeuxClientOptions.MaxNetworkDelay"/>, the client is disconnected all the same. Does nothing if it is already.
    /// </summary>
    /// <param name="cancellationToken">Drops the connections at once.</param>
    public Task DisconnectAsync(CancellationToken cancellationToken = default) => _session.DisconnectAsync(cancellationToken);

    /// <summary>
    /// Publishes. While the client connects or reconnects the message waits, for <see cref="BayeuxClientOptions.MaxQueueTime"/> at most;
    /// messages that are published while a request is under way go out together.
    /// </summary>
    /// <param name="channel">The channel: neither meta nor a pattern.</param>
    /// <param name="utf8Json">One JSON value. It is copied.</param>
    /// <param name="cancellationToken">Stops waiting; a message that was not sent yet is not sent any more.</param>
    /// <returns>What became of the message; network trouble is no exception.</returns>
    /// <exception cref="ArgumentException">The channel's name is wrong, or the text is not one JSON value.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public Task<PublishResult> PublishAsync(string channel, ReadOnlyMemory<byte> utf8Json, CancellationToken cancellationToken = default) =>
        PublishCoreAsync(channel, Copy(utf8Json), null, cancellationToken);

    /// <param name="channel">The channel: neither meta nor a pattern.</param>
    /// <param name="utf8Json">One JSON value. It is copied.</param>
    /// <param name="options">How it is published.</param>
    /// <param name="cancellationToken">Stops waiting; a message that was not sent yet is not sent any more.</param>
    /// <exception cref="ArgumentException">The channel's name is wrong, or the text or a member of <c>ext</c> is not one JSON value.</exception>
    /// <inheritdoc cref="PublishAsync(string, ReadOnlyMemory{byte}, CancellationToken)"/>
    public Task<PublishResult> PublishAsync(string channel, ReadOnlyMemory<byte> utf8Json, BayeuxPublishOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (ReadOnlyMemory<byte> member in options.Ext?.Values ?? [])
        {
            ThrowIfNotOneValue(member.Span);
        }

        return PublishCoreAsync(channel, Copy(utf8Json), options, cancellationToken);
    }

    /// <param name="channel">The channel: neither meta nor a pattern.</param>
    /// <param name="write">Writes one JSON value; called once, before this returns.</param>
    /// <param name="cancellationToken">Stops waiting; a message that was not sent yet is not sent any more.</param>
    /// <inheritdoc cref="PublishAsync(string, ReadOnlyMemory{byte}, CancellationToken)"/>
    public Task<PublishResult> PublishAsync(string channel, Action<Utf8JsonWriter> write, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(write);
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        ThrowIfNotOneValue(buffer.WrittenSpan);
        return PublishCoreAsync(channel, buffer.WrittenMemory, null, cancellationToken);
    }

    /// <summary>Publishes and waits for the answer: the first message that has the same id and a payload (Bayeux rule 44).</summary>
    /// <param name="channel">The channel, usually <c>/service/…</c>: neither meta nor a pattern.</param>
    /// <param name="utf8Json">One JSON value. It is copied.</param>
    /// <param name="timeout">
    /// How long the answer may take, at most 49 days; <see cref="Timeout.InfiniteTimeSpan"/> for as long as the client is connected. Default:
    /// <see cref="BayeuxClientOptions.MaxNetworkDelay"/>.
    /// </param>
    /// <param name="cancellationToken">Stops waiting; a call that was not sent yet is not sent any more.</param>
    /// <returns>The answer's payload. It is not delivered to subscriptions.</returns>
    /// <exception cref="BayeuxException">
    /// The server refused the call (<see cref="BayeuxFaultKind.CallRejected"/>); or the answer did not come in time
    /// (<see cref="BayeuxFaultKind.Timeout"/>), or the connection failed: then the server may have processed the call or not.
    /// </exception>
    /// <exception cref="ArgumentException">The channel's name is wrong, the text is not one JSON value, or the timeout is negative.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public Task<ReadOnlyMemory<byte>> CallAsync(string channel, ReadOnlyMemory<byte> utf8Json, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        if (timeout is { } time && time != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero, nameof(timeout));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(time, s_longestCall, nameof(timeout));
        }

        byte[] data = Copy(utf8Json);
        return _session.CallAsync(Publishable(channel), data, timeout, cancellationToken);
    }

    /// <summary>Subscribes, now or as soon as there is a session, and again in each new session.</summary>
    /// <param name="channel">A channel, or a pattern that ends in <c>/*</c> or <c>/**</c>; not meta.</param>
    /// <param name="handler">Called for each event.</param>
    /// <returns>Ends the subscription when disposed.</returns>
    /// <exception cref="ArgumentException">The channel's name is wrong.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public BayeuxSubscription Subscribe(string channel, Action<BayeuxEvent> handler) => Add(channel, handler, isLocal: false);

    /// <summary>Listens without telling the server, for channels that it delivers on unasked, such as <c>/service/**</c> (Bayeux rule 6).</summary>
    /// <inheritdoc cref="Subscribe"/>
    public BayeuxSubscription Listen(string channel, Action<BayeuxEvent> handler) => Add(channel, handler, isLocal: true);

    /// <summary>
    /// Drops the connections without telling the server, ends all that is under way, and returns when nothing runs any more; use
    /// <see cref="DisconnectAsync"/> before to end the session in order. No callback is called afterwards.
    /// </summary>
    public ValueTask DisposeAsync() => _session.DisposeAsync();

    private BayeuxSubscription Add(string channel, Action<BayeuxEvent> handler, bool isLocal)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(handler);
        string name = ChannelName.Normalize(channel);
        return ChannelName.IsSubscribable(name)
            ? _session.Subscribe(name, handler, isLocal)
            : throw new ArgumentException($"'{channel}' is no channel that can be subscribed to.", nameof(channel));
    }

    private Task<PublishResult> PublishCoreAsync(string channel, ReadOnlyMemory<byte> data, BayeuxPublishOptions? options, CancellationToken cancellationToken) =>
        _session.PublishAsync(Publishable(channel), data, options, cancellationToken);

    private static string Publishable(string channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        string name = ChannelName.Normalize(channel);
        return ChannelName.IsPublishable(name) ? name : throw new ArgumentException($"'{channel}' is no channel that can be published to.", nameof(channel));
    }

    private byte[] Copy(ReadOnlyMemory<byte> utf8Json)
    {
        byte[] copy = utf8Json.ToArray();
        ThrowIfNotOneValue(copy);
        return copy;
    }

    // The message shares a request with others, which broken JSON would break too.
    private void ThrowIfNotOneValue(ReadOnlySpan<byte> utf8Json)
    {
        if (JsonText.ProblemOf(utf8Json, _maxJsonDepth) is { } problem)
        {
            throw new ArgumentException($"The payload is not one JSON value: {problem.Message}", nameof(utf8Json), problem);
        }
    }
}
