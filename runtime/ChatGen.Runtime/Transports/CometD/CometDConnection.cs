using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using ChatGen.Bayeux;
using Log = ChatGen.CometDChatTransport.Log;

namespace ChatGen;

/// <summary>One life of a <see cref="CometDChatTransport"/>, from its initialization to its close.</summary>
internal sealed class CometDConnection : IAsyncDisposable
{
    // The session lives on at the backend; telling the Bayeux server is only a courtesy.
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);
    private const int MaxRestoreAttempts = 3;

    private readonly Uri _serverUrl;
    private readonly CometDChatTransportOptions _options;
    private readonly IChatTransportHost _host;
    private readonly ChatProtocol _protocol;
    private readonly CometDMapping _mapping;
    private readonly BayeuxClient _client;
    private readonly ConcurrentDictionary<string, CometDCall> _calls = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    // Distinguishes this client's requests from others' on a channel that they share.
    private readonly string _requestIdPrefix = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
    private long _lastRequest;
    private volatile bool _open;
    private volatile bool _closed;

    // Under the lock.
    private string? _sessionId;
    private ChatCommand? _restore;
    private int _attachedTo;
    private bool _interrupted;
    private CancellationTokenSource? _attaching;

    // What arrived since the connection was lost: it comes after what was missed meanwhile. Null while nothing has to wait.
    private List<byte[]>? _held;

    // Incomplete while requests would reach a backend that does not know yet which session this connection belongs to.
    private TaskCompletionSource _attached = CreateAttached();

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
        int sessionNumber = _client.SessionNumber;
        object? result = await CallAsync(start, null, attaches: true, cancellationToken).ConfigureAwait(false);
        string? sessionId = result is null ? null : _protocol.SessionIdOf(result);
        if (string.IsNullOrEmpty(sessionId))
        {
            throw _protocol.LibraryError($"The answer to '{start.Name}' has no session id.");
        }

        Attach(sessionId, null, sessionNumber);
        return new ChatSessionState { SessionId = sessionId };
    }

    public async Task RestoreSessionAsync(ChatCommand restore, ChatSessionState state, CancellationToken cancellationToken)
    {
        int sessionNumber = _client.SessionNumber;
        await CallAsync(restore, state.SessionId, attaches: true, cancellationToken).ConfigureAwait(false);
        Attach(state.SessionId, restore, sessionNumber);
    }

    public Task<object?> SendAsync(ChatCommand command, CancellationToken cancellationToken)
    {
        string? sessionId;
        lock (_lock)
        {
            sessionId = _sessionId;
        }

        return CallAsync(command, sessionId, attaches: false, cancellationToken);
    }

    /// <summary>Never throws.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
            _attaching?.Cancel();
            _attached.TrySetResult();
        }

        FailCalls(_protocol.ConnectionError("The transport was closed before the answer came."));
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

    private void Attach(string sessionId, ChatCommand? restore, int sessionNumber)
    {
        lock (_lock)
        {
            _sessionId = sessionId;
            _restore = restore ?? RestoreAfterStart();
            _attachedTo = sessionNumber;
        }
    }

    private ChatCommand? RestoreAfterStart() => _mapping.RestoreOperation is { } name && _mapping.Operations.ContainsKey(name)
        ? new ChatCommandDefinition<ChatNone, ChatNone>(name, null, null).With(null)
        : null;

    private async Task<object?> CallAsync(ChatCommand command, string? sessionId, bool attaches, CancellationToken cancellationToken)
    {
        if (!_mapping.Operations.TryGetValue(command.Name, out string? operation))
        {
            throw _protocol.LibraryError($"'{command.Name}' is not available over CometD.");
        }

        string requestId = string.Create(CultureInfo.InvariantCulture, $"{_requestIdPrefix}-{Interlocked.Increment(ref _lastRequest)}");
        var call = new CometDCall(command);
        using var timeout = new CancellationTokenSource(_options.RequestTimeout, _host.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            if (!attaches)
            {
                await WaitUntilAttachedAsync(command, either.Token).ConfigureAwait(false);
            }

            _calls[requestId] = call;
            if (_closed)
            {
                throw _protocol.ConnectionError($"'{command.Name}' could not be sent: the transport is closed.");
            }

            Log.Sending(_host.Logger, operation);
            Task<PublishResult> publishing = _client.PublishAsync(_mapping.Channel, writer => WriteRequest(writer, command, operation, requestId, sessionId), either.Token);
            _ = FailUnlessPublishedAsync(publishing, call);
            return await call.Answer.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw _protocol.ConnectionError(string.Create(
                CultureInfo.InvariantCulture,
                $"The backend did not answer '{command.Name}' within {_options.RequestTimeout.TotalSeconds:0.#} seconds. It may have processed it all the same."));
        }
        catch (ObjectDisposedException exception)
        {
            throw _protocol.ConnectionError($"'{command.Name}' could not be sent: the transport is closed.", exception);
        }
        finally
        {
            _calls.TryRemove(requestId, out _);
        }
    }

    private async Task WaitUntilAttachedAsync(ChatCommand command, CancellationToken cancellationToken)
    {
        Task attached;
        lock (_lock)
        {
            attached = _attached.Task;
        }

        try
        {
            await attached.WaitAsync(_options.MaxNetworkDelay, _host.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw _protocol.ConnectionError($"'{command.Name}' could not be sent: the connection did not come back in time. The backend did not process it.", exception);
        }
    }

    private static TaskCompletionSource CreateAttached(bool isCompleted = true)
    {
        var attached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (isCompleted)
        {
            attached.TrySetResult();
        }

        return attached;
    }

    private void WriteRequest(Utf8JsonWriter writer, ChatCommand command, string operation, string requestId, string? sessionId)
    {
        writer.WriteStartObject();
        writer.WriteString(_mapping.OperationMember, operation);
        writer.WriteString(_mapping.RequestIdMember, requestId);
        if (sessionId is not null)
        {
            writer.WriteString(_mapping.SessionIdMember, sessionId);
        }

        command.WriteMembers(writer);
        writer.WriteEndObject();
    }

    private async Task FailUnlessPublishedAsync(Task<PublishResult> publishing, CometDCall call)
    {
        try
        {
            PublishResult result = await publishing.ConfigureAwait(false);
            string name = call.Command.Name;
            switch (result.Outcome)
            {
                case PublishOutcome.Rejected:
                    call.Fail(_protocol.ConnectionError($"The CometD server refused '{name}', so that the backend did not process it{(result.Error is null ? "" : $": {result.Error}")}."));
                    break;
                case PublishOutcome.NotSent:
                    call.Fail(_protocol.ConnectionError($"'{name}' could not be sent: {result.Fault?.Message} The backend did not process it."));
                    break;
                case PublishOutcome.Unknown:
                    call.Fail(_protocol.ConnectionError($"The connection failed after '{name}' was sent: {result.Fault?.Message} The backend may have processed it or not."));
                    break;
            }
        }
        catch (OperationCanceledException)
        {
            // The caller, who waits with the same token, sees to it.
        }
#pragma warning disable CA1031 // Whatever it is has to reach the caller.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            call.Fail(_protocol.LibraryError($"'{call.Command.Name}' could not be sent: {exception.Message}", exception));
        }
    }

    private void OnBayeuxEvent(BayeuxEvent bayeuxEvent)
    {
        if (_closed)
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
                if (!TryHold(data))
                {
                    _host.OnEvent(data);
                }

                break;
            case CometDAnswerKind.Answer when _calls.TryRemove(envelope.RequestId!, out CometDCall? call):
                Answer(call, envelope, data);
                break;
            case CometDAnswerKind.Answer:
                Log.UnexpectedAnswer(_host.Logger);
                break;
            case CometDAnswerKind.Request:
                break;
        }
    }

    private void Answer(CometDCall call, CometDEnvelope envelope, ReadOnlySpan<byte> data)
    {
        if (envelope.Error is { } error)
        {
            call.Fail(error);
            return;
        }

        try
        {
            call.Complete(call.Command.ReadResult(data));
        }
#pragma warning disable CA1031 // Whatever a reader throws has to reach the caller, who would wait in vain otherwise.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            call.Fail(_protocol.LibraryError($"The answer to '{call.Command.Name}' breaks the schema: {exception.Message}", exception));
        }
    }

    private void OnStateChanged(BayeuxStateChange change)
    {
        bool newSession = change.SessionNumber != _sessionNumber;
        _sessionNumber = change.SessionNumber;
        if (_closed)
        {
            return;
        }

        switch (change.Current)
        {
            case BayeuxClientState.Reconnecting:
                Interrupt(change.Cause);
                break;
            case BayeuxClientState.Connected when change.Previous == BayeuxClientState.Reconnecting:
                if (newSession)
                {
                    // Their answers went to a Bayeux session that is no more.
                    FailCalls(_protocol.ConnectionError("The connection was made anew before the answer came. The backend may have processed the request or not."));
                }

                Continue(change.SessionNumber);
                break;
            case BayeuxClientState.Disconnected when change.Previous != BayeuxClientState.Connecting:
                Interrupt(change.Cause);
                ChatException lost = _protocol.ConnectionError($"The connection is lost for good: {change.Cause?.Message}");
                FailCalls(lost);
                LetRequestsGo();
                _host.OnError(lost);
                break;
        }
    }

    private void Interrupt(BayeuxFault? cause)
    {
        lock (_lock)
        {
            _attaching?.Cancel();
            _attaching = null;
            if (_interrupted || !_open)
            {
                return;
            }

            _interrupted = true;
            _attached = CreateAttached(_closed);
            _held ??= [];
        }

        Log.Interrupted(_host.Logger, cause?.Message);
        _host.OnInterrupted();
    }

    private void Continue(int sessionNumber)
    {
        ChatCommand? restore;
        string? sessionId;
        bool isAttached;
        CancellationTokenSource attaching;
        lock (_lock)
        {
            restore = _restore;
            sessionId = _sessionId;
            isAttached = _attachedTo == sessionNumber;
            attaching = _attaching = new CancellationTokenSource();
        }

        if (sessionId is null)
        {
            EndInterruption();
        }
        else if (isAttached)
        {
            _ = ResumeAsync(null, sessionId, sessionNumber, attaching.Token);
        }
        else if (restore is null)
        {
            LetRequestsGo();
            _host.OnError(_protocol.LibraryError("The connection had to be made anew, but the schema maps no operation to CometD that attaches it to the session; its events are lost."));
        }
        else
        {
            _ = ResumeAsync(restore, sessionId, sessionNumber, attaching.Token);
        }
    }

    /// <summary>Attaches a new connection to the session if need be, and delivers what was missed, before the interruption ends.</summary>
    private async Task ResumeAsync(ChatCommand? restore, string sessionId, int sessionNumber, CancellationToken cancellationToken)
    {
        try
        {
            if (restore is not null)
            {
                await RestoreAsync(restore, sessionId, cancellationToken).ConfigureAwait(false);
                lock (_lock)
                {
                    _attachedTo = sessionNumber;
                }
            }

            await CatchUpAsync(sessionId, cancellationToken).ConfigureAwait(false);
            if (!cancellationToken.IsCancellationRequested)
            {
                EndInterruption();
            }
        }
#pragma warning disable CA1031 // Nobody awaits this; the host is told instead.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            // If the connection was lost once more, the next one is attached instead.
            if (!cancellationToken.IsCancellationRequested && !_closed)
            {
                // The backend's own answers say more than waiting does.
                LetRequestsGo();
                Log.NotAttached(_host.Logger, exception);
                _host.OnError(exception as ChatException ?? _protocol.LibraryError($"The new connection could not be attached to the session: {exception.Message}", exception));
            }
        }
    }

    /// <summary>Restoring twice does no harm, and a session must not stay cut off because one request was lost.</summary>
    private async Task RestoreAsync(ChatCommand restore, string sessionId, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await CallAsync(restore, sessionId, attaches: true, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (ChatException exception) when (exception.Code == _protocol.Errors.Connection && attempt < MaxRestoreAttempts && !cancellationToken.IsCancellationRequested)
            {
                Log.Faulted(_host.Logger, exception.Message);
            }
        }
    }

    /// <summary>Delivers the history again, of which the host drops what it has seen: events that were sent to a lost connection do not come by themselves.</summary>
    private async Task CatchUpAsync(string sessionId, CancellationToken cancellationToken)
    {
        if (_protocol.ReadTranscript?.Invoke(0) is not { } read || _protocol.EntriesOf is not { } entriesOf || !_mapping.Operations.ContainsKey(read.Name))
        {
            return;
        }

        try
        {
            if (await CallAsync(read, sessionId, attaches: true, cancellationToken).ConfigureAwait(false) is not { } transcript)
            {
                return;
            }

            // An entry without an index could be a double.
            foreach (ChatEvent entry in entriesOf(transcript).Where(entry => entry.Index is not null))
            {
                _host.OnEvent(entry);
            }
        }
        catch (ChatException exception) when (!cancellationToken.IsCancellationRequested && !_closed)
        {
            // The connection itself is well.
            Log.NotCaughtUp(_host.Logger, exception);
            _host.OnError(exception);
        }
    }

    private bool TryHold(ReadOnlySpan<byte> data)
    {
        lock (_lock)
        {
            _held?.Add(data.ToArray());
            return _held is not null;
        }
    }

    private void DeliverHeld()
    {
        while (true)
        {
            List<byte[]>? held;
            lock (_lock)
            {
                held = _held;
                _held = held is null or { Count: 0 } ? null : [];
            }

            if (held is null or { Count: 0 })
            {
                return;
            }

            foreach (byte[] data in held)
            {
                _host.OnEvent(data);
            }
        }
    }

    private void EndInterruption()
    {
        lock (_lock)
        {
            if (!_interrupted)
            {
                return;
            }

            _interrupted = false;
            _attached.TrySetResult();
        }

        DeliverHeld();
        if (!_closed)
        {
            Log.Continued(_host.Logger);
            _host.OnContinued();
        }
    }

    private void LetRequestsGo()
    {
        lock (_lock)
        {
            _attached.TrySetResult();
        }

        DeliverHeld();
    }

    private void FailCalls(ChatException exception)
    {
        foreach (string requestId in _calls.Keys)
        {
            if (_calls.TryRemove(requestId, out CometDCall? call))
            {
                call.Fail(exception);
            }
        }
    }
}
