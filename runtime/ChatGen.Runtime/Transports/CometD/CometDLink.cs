using System.Buffers;
using System.Text.Json;
using ChatGen.Bayeux;
using Log = ChatGen.CometDChatTransport.Log;

namespace ChatGen;

/// <summary>A Bayeux client on the chat's channel, from its first handshake until it is replaced or closed.</summary>
/// <remarks>Thread-safe. What it raises comes one at a time and in order.</remarks>
internal sealed class CometDLink : IAsyncDisposable
{
    // The session lives on at the backend; telling the Bayeux server is only a courtesy.
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private static readonly BayeuxPublishOptions s_idempotent = new() { IsIdempotent = true };

    private readonly Uri _serverUrl;
    private readonly CometDMapping _mapping;
    private readonly IChatTransportHost _host;
    private readonly BayeuxClientOptions _options;
    private readonly BayeuxClient _client;
    private volatile bool _open;

    // The dispatch of callbacks alone changes it.
    private int _sessionNumber;

    /// <exception cref="ChatException">The options are wrong.</exception>
    public CometDLink(Uri serverUrl, CometDChatTransportOptions options, CometDMapping mapping, IChatTransportHost host)
    {
        _serverUrl = serverUrl;
        _mapping = mapping;
        _host = host;
        try
        {
            _options = options.ToBayeuxOptions(serverUrl, host.TimeProvider);
            _client = new BayeuxClient(_options);
            Backoff = new CometDBackoff(_options.InitialBackoff, _options.MaxBackoff);
        }
#pragma warning disable CA1031 // What configures the options is the user's, and so is whatever it throws.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            throw host.Protocol.LibraryError($"The CometD transport cannot be used with these options: {exception.Message}", exception);
        }

        _client.StateChanged += OnStateChanged;
        _client.Faulted += fault => Log.Faulted(_host.Logger, fault.ToString());
    }

    /// <summary>Something arrived on the channel.</summary>
    public event Action<BayeuxEvent>? Received;

    /// <summary>The open link has changed its state; the flag tells whether there is another Bayeux session since.</summary>
    public event Action<CometDLink, BayeuxStateChange, bool>? Changed;

    /// <summary>Pauses as the Bayeux client makes them.</summary>
    public CometDBackoff Backoff { get; }

    /// <summary>The present Bayeux session.</summary>
    public CometDBayeuxSession Session => new(this, _client.SessionNumber);

    /// <summary>Whether this link may go on with a session that another one has left.</summary>
    public bool CanGoOnWith(CometDHandOver handOver) => handOver.IsFor(_options, _host.TimeProvider.GetUtcNow());

    /// <summary>Connects.</summary>
    /// <param name="handOver">The session to go on with, if the server still has it; <see langword="null"/> to begin another.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="ChatException">The server cannot be connected to, or refuses the channel.</exception>
    public async Task OpenAsync(CometDHandOver? handOver, CancellationToken cancellationToken)
    {
        try
        {
            BayeuxSubscription subscription = _mapping.Subscribe
                ? _client.Subscribe(_mapping.Channel, OnReceived)
                : _client.Listen(_mapping.Channel, OnReceived);
            if (handOver is null)
            {
                await _client.ConnectAsync(cancellationToken).ConfigureAwait(false);
            }
            else if (await _client.ResumeAsync(handOver.Snapshot, cancellationToken).ConfigureAwait(false))
            {
                Log.Resumed(_host.Logger);
            }

            await subscription.ConfirmedAsync(cancellationToken).ConfigureAwait(false);
            _open = true;
        }
        catch (BayeuxException exception)
        {
            string what = exception.Kind == BayeuxFaultKind.SubscriptionRejected ? "" : $"Cannot connect to the CometD server {_serverUrl.Host}: ";
            throw _host.Protocol.ConnectionError(what + exception.Message, exception);
        }
        catch (Exception exception) when (exception is ArgumentException or ObjectDisposedException)
        {
            throw _host.Protocol.LibraryError($"Cannot connect to the CometD server: {exception.Message}", exception);
        }

        Log.Connected(_host.Logger, _serverUrl.Host);
    }

    /// <summary>Publishes to the channel.</summary>
    /// <param name="write">Writes the payload.</param>
    /// <param name="isIdempotent">Whether the message may be sent again when its fate is unknown.</param>
    /// <param name="cancellationToken">Stops waiting; a message that was not sent yet is not sent any more.</param>
    public Task<PublishResult> PublishAsync(Action<Utf8JsonWriter> write, bool isIdempotent, CancellationToken cancellationToken)
    {
        if (!isIdempotent)
        {
            return _client.PublishAsync(_mapping.Channel, write, cancellationToken);
        }

        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return _client.PublishAsync(_mapping.Channel, buffer.WrittenMemory, s_idempotent, cancellationToken);
    }

    /// <summary>Leaves the session without ending it. Never throws.</summary>
    /// <returns>What another link can go on with; <see langword="null"/> if there is nothing.</returns>
    public async Task<CometDHandOver?> DetachAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(CloseTimeout, _host.TimeProvider);
            BayeuxSnapshot snapshot = await _client.DetachAsync(limit.Token).ConfigureAwait(false);
            return new CometDHandOver(_options.Url, _options.DisableWebSockets, _host.TimeProvider.GetUtcNow(), snapshot);
        }
        catch (Exception exception) when (exception is InvalidOperationException or OperationCanceledException)
        {
            // There is no session at present, or its connections do not close.
            return null;
        }
    }

    /// <summary>Never throws.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(CloseTimeout, _host.TimeProvider);
            await _client.DisconnectAsync(limit.Token).ConfigureAwait(false);
            await _client.DisposeAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The contract: closing never throws. There is nothing that the caller could do about it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.NotClosed(_host.Logger, exception);
        }
    }

    private void OnReceived(BayeuxEvent bayeuxEvent) => Received?.Invoke(bayeuxEvent);

    private void OnStateChanged(BayeuxStateChange change)
    {
        bool isAnother = change.SessionNumber != _sessionNumber;
        _sessionNumber = change.SessionNumber;

        // Before that, whoever opens it is told.
        if (_open)
        {
            Changed?.Invoke(this, change, isAnother);
        }
    }
}
