using System.Text.Json;
using ChatGen.Bayeux;
using Log = ChatGen.CometDChatTransport.Log;

namespace ChatGen;

/// <summary>One life of a <see cref="CometDChatTransport"/>, from its initialization to its close.</summary>
internal sealed class CometDConnection : IAsyncDisposable
{
    // The session lives on at the backend; telling the Bayeux server is only a courtesy.
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly Uri _serverUrl;
    private readonly CometDChatTransportOptions _options;
    private readonly IChatTransportHost _host;
    private readonly ChatProtocol _protocol;
    private readonly CometDMapping _mapping;
    private readonly BayeuxClient _client;
    private readonly CometDRequests _requests;
    private readonly CometDAttachment _attachment;
    private readonly CometDHeldEvents _held;
    private readonly CometDInterruption _interruption;
    private volatile bool _open;
    private int _closed;

    // The dispatch of callbacks alone changes it.
    private int _sessionNumber;

    public CometDConnection(Uri serverUrl, CometDChatTransportOptions options, IChatTransportHost host, CometDMapping mapping)
    {
        _serverUrl = serverUrl;
        _options = options;
        _host = host;
        _protocol = host.Protocol;
        _mapping = mapping;
        try
        {
            _client = new BayeuxClient(new BayeuxClientOptions
            {
                Url = serverUrl,
                DisableWebSockets = options.DisableWebSockets,
                HttpMessageHandler = options.HttpMessageHandler,
                MaxNetworkDelay = options.MaxNetworkDelay,
                MaxQueueTime = options.MaxNetworkDelay,
                TimeProvider = host.TimeProvider,
            });
        }
        catch (ArgumentException exception)
        {
            throw _protocol.LibraryError($"The CometD transport cannot be used with these options: {exception.Message}", exception);
        }

        _requests = new CometDRequests(_client, mapping, host, options.RequestTimeout);
        _attachment = new CometDAttachment(mapping);
        _held = new CometDHeldEvents(host);
        _interruption = new CometDInterruption(_requests, _attachment, _held, mapping, host);
        _client.StateChanged += OnStateChanged;
        _client.Faulted += fault => Log.Faulted(_host.Logger, fault.ToString());
    }

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            BayeuxSubscription subscription = _mapping.Subscribe
                ? _client.Subscribe(_mapping.Channel, OnBayeuxEvent)
                : _client.Listen(_mapping.Channel, OnBayeuxEvent);
            await _client.ConnectAsync(cancellationToken).ConfigureAwait(false);
            await subscription.ConfirmedAsync(cancellationToken).ConfigureAwait(false);
            _open = true;
        }
        catch (BayeuxException exception)
        {
            string what = exception.Kind == BayeuxFaultKind.SubscriptionRejected ? "" : $"Cannot connect to the CometD server {_serverUrl.Host}: ";
            throw _protocol.ConnectionError(what + exception.Message, exception);
        }
        catch (Exception exception) when (exception is ArgumentException or ObjectDisposedException)
        {
            throw _protocol.LibraryError($"Cannot connect to the CometD server: {exception.Message}", exception);
        }

        Log.Connected(_host.Logger, _serverUrl.Host);
    }

    public async Task<ChatSessionState> StartSessionAsync(ChatCommand start, CancellationToken cancellationToken)
    {
        int bayeuxSession = _client.SessionNumber;
        object? result = await _requests.SendAsync(start, null, null, cancellationToken).ConfigureAwait(false);
        string? sessionId = result is null ? null : _protocol.SessionIdOf(result);
        if (string.IsNullOrEmpty(sessionId))
        {
            throw _protocol.LibraryError($"The answer to '{start.Name}' has no session id.");
        }

        _attachment.Begin(sessionId, null, bayeuxSession);
        return new ChatSessionState { SessionId = sessionId };
    }

    public async Task RestoreSessionAsync(ChatCommand restore, ChatSessionState state, CancellationToken cancellationToken)
    {
        int bayeuxSession = _client.SessionNumber;
        await _requests.SendAsync(restore, state.SessionId, null, cancellationToken).ConfigureAwait(false);
        _attachment.Begin(state.SessionId, restore, bayeuxSession);
    }

    public Task<object?> SendAsync(ChatCommand command, CancellationToken cancellationToken) =>
        _requests.SendAsync(command, _attachment.SessionId, token => WaitUntilAttachedAsync(command, token), cancellationToken);

    /// <summary>Never throws.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
        {
            return;
        }

        _interruption.Close();
        _requests.Close();
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

    private async Task WaitUntilAttachedAsync(ChatCommand command, CancellationToken cancellationToken)
    {
        try
        {
            await _attachment.WaitAsync(_options.MaxNetworkDelay, _host.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw _protocol.ConnectionError($"'{command.Name}' could not be sent: the connection did not come back in time. The backend did not process it.", exception);
        }
    }

    private void OnBayeuxEvent(BayeuxEvent bayeuxEvent)
    {
        if (Volatile.Read(ref _closed) != 0)
        {
            return;
        }

        ReadOnlySpan<byte> data = bayeuxEvent.Data.Span;
        CometDEnvelope envelope;
        try
        {
            envelope = CometDEnvelope.Read(data, _mapping, _protocol);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            _host.OnError(_protocol.LibraryError($"The backend sent what is no text that can be read: {exception.Message}", exception));
            return;
        }

        switch (envelope.Kind)
        {
            case CometDAnswerKind.Event:
                if (!_held.TryHold(data))
                {
                    _host.OnEvent(data);
                }

                break;
            case CometDAnswerKind.Answer:
                _requests.OnAnswer(envelope, data);
                break;
            case CometDAnswerKind.Request:
                break;
        }
    }

    private void OnStateChanged(BayeuxStateChange change)
    {
        bool newSession = change.SessionNumber != _sessionNumber;
        _sessionNumber = change.SessionNumber;
        if (Volatile.Read(ref _closed) != 0 || !_open)
        {
            return;
        }

        switch (change.Current)
        {
            case BayeuxClientState.Reconnecting:
                _interruption.Begin(change.Cause);
                break;
            case BayeuxClientState.Connected when change.Previous == BayeuxClientState.Reconnecting:
                if (newSession)
                {
                    // Their answers went to a Bayeux session that is no more.
                    _requests.FailAll(_protocol.ConnectionError("The connection was made anew before the answer came. The backend may have processed the request or not."));
                }

                _interruption.Resume(change.SessionNumber);
                break;
            case BayeuxClientState.Disconnected when change.Previous != BayeuxClientState.Connecting:
                _interruption.Begin(change.Cause);
                ChatException lost = _protocol.ConnectionError($"The connection is lost for good: {change.Cause?.Message}");
                _requests.FailAll(lost);
                _interruption.LetGo();
                _host.OnError(lost);
                break;
        }
    }
}
