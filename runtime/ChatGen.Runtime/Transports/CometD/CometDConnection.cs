using System.Runtime.ExceptionServices;
using System.Text.Json;
using ChatGen.Bayeux;

namespace ChatGen;

/// <summary>One life of a <see cref="CometDChatTransport"/>, from its initialization to its close.</summary>
/// <remarks>Thread-safe. Nobody is called while the lock is held.</remarks>
internal sealed class CometDConnection : IAsyncDisposable
{
    // Somebody waits for these, unlike for what is done about an interruption.
    private const int MaxAttempts = 3;

    private readonly Uri _serverUrl;
    private readonly CometDChatTransportOptions _options;
    private readonly IChatTransportHost _host;
    private readonly ChatProtocol _protocol;
    private readonly CometDMapping _mapping;
    private readonly CometDBackoff _backoff;
    private readonly CometDRequests _requests;
    private readonly CometDAttachment _attachment;
    private readonly CometDDelivery _delivery;
    private readonly CometDInterruption _interruption;
    private readonly string? _transcript;
    private readonly Lock _gate = new();

    // Under the lock.
    private CometDLink _link;
    private bool _closed;

    /// <exception cref="ChatException">The options are wrong.</exception>
    public CometDConnection(Uri serverUrl, CometDChatTransportOptions options, IChatTransportHost host, CometDMapping mapping)
    {
        _serverUrl = serverUrl;
        _options = options;
        _host = host;
        _protocol = host.Protocol;
        _mapping = mapping;
        _link = CreateLink();
        _backoff = _link.Backoff;
        _requests = new CometDRequests(_link, mapping, host, options.RequestTimeout);
        _attachment = new CometDAttachment(mapping);
        ChatEventCatalog? history = CometDResumption.CanCatchUp(_protocol, mapping) ? _protocol.Events : null;
        _delivery = new CometDDelivery(host, () => new CometDHeldEvents(options.MaxHeldEvents, options.MaxHeldBytes, history));
        _interruption = new CometDInterruption(
            _attachment, _delivery, new CometDResumption(_requests, _attachment, _delivery, mapping, host, _backoff, ReconnectAsync), host);
        _transcript = _protocol.ReadTranscript?.Invoke(0).Name;
    }

    public Task OpenAsync(CancellationToken cancellationToken) => _link.OpenAsync(cancellationToken);

    public async Task<ChatSessionState> StartSessionAsync(ChatCommand start, CancellationToken cancellationToken)
    {
        CometDBayeuxSession bayeuxSession = Link.Session;
        object? result = (await _requests.SendAsync(start, null, isIdempotent: false, null, cancellationToken).ConfigureAwait(false)).ToResult();
        string? sessionId = result is null ? null : _protocol.SessionIdOf(result);
        if (string.IsNullOrEmpty(sessionId))
        {
            throw _protocol.LibraryError($"The answer to '{start.Name}' has no session id.");
        }

        Attach(sessionId, null, bayeuxSession);
        return new ChatSessionState { SessionId = sessionId };
    }

    public async Task RestoreSessionAsync(ChatCommand restore, ChatSessionState state, CancellationToken cancellationToken)
    {
        (_, CometDBayeuxSession bayeuxSession) = await SendRepeatedlyAsync(restore, state.SessionId, null, cancellationToken).ConfigureAwait(false);
        Attach(state.SessionId, restore, bayeuxSession);
    }

    public async Task<object?> SendAsync(ChatCommand command, CancellationToken cancellationToken)
    {
        if (command.Name == _transcript && _attachment.SessionId is { } sessionId)
        {
            return (await SendRepeatedlyAsync(command, sessionId, Ready, cancellationToken).ConfigureAwait(false)).Result;
        }

        CometDAnswer answer = await _requests.SendAsync(command, _attachment.SessionId, isIdempotent: false, Ready, cancellationToken).ConfigureAwait(false);
        if (answer.Refusal is { Recovery: ChatRecovery.Rehandshake or ChatRecovery.Resume })
        {
            _interruption.Reconnect();
        }

        return answer.ToResult();

        Task Ready(CancellationToken token) => WaitUntilAttachedAsync(command, token);
    }

    /// <summary>Never throws.</summary>
    public async ValueTask DisposeAsync()
    {
        CometDLink link;
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
            link = _link;
        }

        _delivery.Close();
        Task stopped = _interruption.CloseAsync();
        _requests.Close();
        await stopped.ConfigureAwait(false);
        await link.DisposeAsync().ConfigureAwait(false);
    }

    private CometDLink Link
    {
        get
        {
            lock (_gate)
            {
                return _link;
            }
        }
    }

    private CometDLink CreateLink()
    {
        var link = new CometDLink(_serverUrl, _options, _mapping, _host);
        link.Received += OnReceived;
        link.Changed += OnChanged;
        return link;
    }

    private void Attach(string sessionId, ChatCommand? restore, CometDBayeuxSession bayeuxSession)
    {
        _attachment.Begin(sessionId, restore, bayeuxSession);
        if (Link.Session is var present && present != bayeuxSession)
        {
            // It came about while there was no session to attach to it yet.
            _interruption.Resume(present);
        }
    }

    /// <summary>Replaces the link by a new one, which the backend knows nothing of.</summary>
    /// <exception cref="ChatException">The server cannot be connected to. The next call tries it with another link.</exception>
    private async Task<CometDBayeuxSession> ReconnectAsync(CancellationToken cancellationToken)
    {
        CometDLink next = CreateLink();
        CometDLink? last = null;
        lock (_gate)
        {
            if (!_closed)
            {
                last = _link;
                _link = next;
            }
        }

        if (last is null)
        {
            await next.DisposeAsync().ConfigureAwait(false);
            throw new OperationCanceledException();
        }

        _requests.Use(next);
        await last.DisposeAsync().ConfigureAwait(false);
        FailCalls();
        await next.OpenAsync(cancellationToken).ConfigureAwait(false);
        return next.Session;
    }

    /// <summary>Repeats a request that does no harm twice, while the backend says that this may help and there is time for it.</summary>
    /// <returns>The result, and the Bayeux session that the request was sent in, or an earlier one.</returns>
    private async Task<(object? Result, CometDBayeuxSession BayeuxSession)> SendRepeatedlyAsync(ChatCommand command, string sessionId, Func<CancellationToken, Task>? ready, CancellationToken cancellationToken)
    {
        long begun = _host.TimeProvider.GetTimestamp();
        for (int failures = 1; ; failures++)
        {
            CometDBayeuxSession bayeuxSession = Link.Session;
            CometDAttempt attempt = await CometDAttempt.MakeAsync(_requests, _protocol, command, sessionId, ready, cancellationToken).ConfigureAwait(false);
            TimeSpan pause = _backoff.After(failures);
            if (attempt.Failure is { } failure
                && (attempt.Verdict != CometDVerdict.Repeat || failures == MaxAttempts || _host.TimeProvider.GetElapsedTime(begun) + pause > _options.RequestTimeout))
            {
                ExceptionDispatchInfo.Throw(failure);
            }

            if (attempt.Failure is null)
            {
                return (attempt.Result, bayeuxSession);
            }

            await Task.Delay(pause, _host.TimeProvider, cancellationToken).ConfigureAwait(false);
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

    private void OnReceived(BayeuxEvent bayeuxEvent)
    {
        ReadOnlySpan<byte> data = bayeuxEvent.Data.Span;
        CometDEnvelope envelope;
        try
        {
            envelope = CometDEnvelope.Read(data, _mapping, _protocol);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            _delivery.Tell(host => host.OnError(_protocol.LibraryError($"The backend sent what is no text that can be read: {exception.Message}", exception)));
            return;
        }

        switch (envelope.Kind)
        {
            case CometDAnswerKind.Event:
                _delivery.Deliver(data);
                break;
            case CometDAnswerKind.Answer:
                _requests.OnAnswer(envelope, data);
                break;
            case CometDAnswerKind.Request:
                break;
        }
    }

    private void OnChanged(CometDLink link, BayeuxStateChange change, bool isAnotherSession)
    {
        if (link != Link)
        {
            return;
        }

        switch (change.Current)
        {
            case BayeuxClientState.Reconnecting:
                _interruption.Begin(change.Cause?.Message);
                break;
            case BayeuxClientState.Connected when change.Previous == BayeuxClientState.Reconnecting:
                if (isAnotherSession)
                {
                    FailCalls();
                }

                _interruption.Resume(new CometDBayeuxSession(link, change.SessionNumber));
                break;
            case BayeuxClientState.Disconnected when change.Previous != BayeuxClientState.Connecting:
                ChatException lost = _protocol.ConnectionError($"The connection is lost for good: {change.Cause?.Message}");
                _interruption.Begin(change.Cause?.Message);
                _requests.FailAll(lost);
                _interruption.LetGo();
                _delivery.Tell(host => host.OnError(lost));
                break;
        }
    }

    /// <summary>Fails the requests whose answers went to a Bayeux session that is no more.</summary>
    private void FailCalls() =>
        _requests.FailAll(_protocol.ConnectionError("The connection was made anew before the answer came. The backend may have processed the request or not."));
}
