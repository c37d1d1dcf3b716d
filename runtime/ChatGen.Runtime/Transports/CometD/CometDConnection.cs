using System.Runtime.ExceptionServices;
using System.Text.Json;
using ChatGen.Bayeux;
using Log = ChatGen.CometDChatTransport.Log;

namespace ChatGen;

/// <summary>One life of a <see cref="CometDChatTransport"/>, from its initialization to its close.</summary>
/// <remarks>Thread-safe. Nobody is called while the lock is held.</remarks>
internal sealed class CometDConnection : IAsyncDisposable
{
    // A server that has the session answers at once. Faye does so over long-polling only when it gives up the poll of the process before.
    private static readonly TimeSpan s_resumeTimeout = TimeSpan.FromSeconds(2);

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
    private ChatSessionState? _state;
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

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (HandOver() is not { } handOver)
        {
            await _link.OpenAsync(null, cancellationToken).ConfigureAwait(false);
            return;
        }

        using var limit = new CancellationTokenSource(s_resumeTimeout, _host.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _link.OpenAsync(handOver, either.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ChatException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            Log.NotResumed(_host.Logger);
            await ReconnectAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<ChatSessionState> StartSessionAsync(ChatCommand start, CancellationToken cancellationToken)
    {
        CometDBayeuxSession bayeuxSession = Link.Session;
        object? result = (await _requests.SendAsync(start, null, isIdempotent: false, null, cancellationToken).ConfigureAwait(false)).ToResult();
        string? sessionId = result is null ? null : _protocol.SessionIdOf(result);
        if (string.IsNullOrEmpty(sessionId))
        {
            throw _protocol.LibraryError($"The answer to '{start.Name}' has no session id.");
        }

        var state = new ChatSessionState { SessionId = sessionId };
        Attach(state, null, bayeuxSession);
        return state;
    }

    public async Task RestoreSessionAsync(ChatCommand restore, ChatSessionState state, CancellationToken cancellationToken)
    {
        (_, CometDBayeuxSession bayeuxSession) = await SendRepeatedlyAsync(restore, state.SessionId, null, cancellationToken).ConfigureAwait(false);
        ChatSessionState unused = state with { Values = state.Values.Remove(CometDHandOver.Name) };
        Attach(unused, restore, bayeuxSession);
        if (state.Values.ContainsKey(CometDHandOver.Name))
        {
            // It was left for one process.
            _host.OnStateChanged(unused);
        }
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

    /// <summary>Leaves the Bayeux session to another process, and tells the host what that needs.</summary>
    public async ValueTask DetachAsync()
    {
        ChatSessionState? state;
        lock (_gate)
        {
            state = _state;
        }

        if (state is null || !_options.ResumeBayeuxSession || await StopAsync().ConfigureAwait(false) is not { } link)
        {
            return;
        }

        if ((await link.DetachAsync().ConfigureAwait(false))?.ToText() is { } handOver)
        {
            _host.OnStateChanged(state with { Values = state.Values.SetItem(CometDHandOver.Name, handOver) });
        }

        await link.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Never throws.</summary>
    public async ValueTask DisposeAsync()
    {
        if (await StopAsync().ConfigureAwait(false) is { } link)
        {
            await link.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Stops all but the link.</summary>
    /// <returns>The link; <see langword="null"/> if that was done before.</returns>
    private async Task<CometDLink?> StopAsync()
    {
        CometDLink link;
        lock (_gate)
        {
            if (_closed)
            {
                return null;
            }

            _closed = true;
            link = _link;
        }

        _delivery.Close();
        Task stopped = _interruption.CloseAsync();
        _requests.Close();
        await stopped.ConfigureAwait(false);
        return link;
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

    /// <summary>What another process has left for this one, if it can be used.</summary>
    private CometDHandOver? HandOver() =>
        _options.ResumeBayeuxSession
        && _host.RestoredState?.Values.TryGetValue(CometDHandOver.Name, out string? text) == true
        && CometDHandOver.Read(text) is { } handOver
        && _link.CanGoOnWith(handOver)
            ? handOver
            : null;

    private void Attach(ChatSessionState state, ChatCommand? restore, CometDBayeuxSession bayeuxSession)
    {
        lock (_gate)
        {
            _state = state;
        }

        _attachment.Begin(state.SessionId, restore, bayeuxSession);
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
        await next.OpenAsync(null, cancellationToken).ConfigureAwait(false);
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
