using System.Threading.Channels;
using ChatGen.Bayeux;

namespace ChatGen;

/// <summary>Receives what is published on Bayeux channels, and publishes requests to them.</summary>
/// <remarks>The Bayeux client reconnects by itself; what is left to do is to tell of it and to resume after another Bayeux session.</remarks>
internal sealed class RestBayeuxFeed(RestBayeux mapping, RestExchange exchange, Uri serverUrl, CometDChatTransportOptions options, IChatTransportHost host) : IRestFeed, IAsyncDisposable
{
    private static readonly TimeSpan s_closeTimeout = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly List<Awaited> _awaited = [];
    private readonly Channel<BayeuxStateChange> _changes = Channel.CreateUnbounded<BayeuxStateChange>(new UnboundedChannelOptions { SingleReader = true });
    private BayeuxClient? _client;
    private int _sessionNumber;

    public TimeSpan Pause => TimeSpan.Zero;

    public bool LosesEvents => true;

    /// <summary>Connects and subscribes.</summary>
    /// <exception cref="ChatException">The server cannot be connected to, or refuses a channel.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        RestRequestScope scope = exchange.PeekScope(default, null);
        try
        {
            var client = new BayeuxClient(options.ToBayeuxOptions(Address(scope), host.TimeProvider));
            _client = client;
            client.StateChanged += change => _changes.Writer.TryWrite(change);
            BayeuxSubscription[] subscriptions = [.. mapping.Channels.Select(channel => client.Subscribe(channel.Evaluate(scope).Text ?? throw new FormatException("The channel to subscribe to is not known."), OnReceived))];
            await client.ConnectAsync(cancellationToken).ConfigureAwait(false);
            foreach (BayeuxSubscription subscription in subscriptions)
            {
                await subscription.ConfirmedAsync(cancellationToken).ConfigureAwait(false);
            }

            _sessionNumber = client.SessionNumber;
        }
        catch (BayeuxException exception)
        {
            string what = exception.Kind == BayeuxFaultKind.SubscriptionRejected ? "" : $"Cannot connect to the CometD server {serverUrl.Host}: ";
            throw host.Protocol.ConnectionError(what + exception.Message, exception);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw host.Protocol.LibraryError($"Cannot connect to the CometD server: {exception.Message}", exception);
        }
    }

    /// <summary>Publishes a request.</summary>
    /// <returns>Its acknowledgement, or the message that answers it.</returns>
    public async Task<RestAnswer> PublishAsync(RestCall call, CancellationToken cancellationToken)
    {
        string channel = call.Mapping.Channel!.Evaluate(call.Scope).Text ?? throw new FormatException($"The channel of '{call.Request}' is not known.");
        Awaited? awaited = null;
        if (call.Mapping.AnsweredByMessage)
        {
            awaited = new Awaited(channel, call);
            lock (_gate)
            {
                _awaited.Add(awaited);
            }
        }

        try
        {
            PublishResult result = await _client!.PublishAsync(channel, RestBody.Write(call.Mapping.Body, call.Scope), new BayeuxPublishOptions { IsIdempotent = call.Mapping.IsIdempotent }, cancellationToken).ConfigureAwait(false);
            switch (result.Outcome)
            {
                case PublishOutcome.Acknowledged:
                    return awaited is null ? new RestAnswer { Status = 200 } : await awaited.Answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
                case PublishOutcome.Rejected:
                    throw host.Protocol.LibraryError($"The CometD server refused '{call.Request}'{(result.Error is { } error ? $": {error}" : ".")}");
                case PublishOutcome.Unknown:
                    throw host.Protocol.ConnectionError($"The connection to the backend broke before '{call.Request}' was answered. The backend may have processed it all the same.");
                default:
                    throw host.Protocol.ConnectionError($"'{call.Request}' could not be sent: {result.Fault?.Message}");
            }
        }
        finally
        {
            if (awaited is not null)
            {
                lock (_gate)
                {
                    _awaited.Remove(awaited);
                }
            }
        }
    }

    /// <summary>Connects again if the server has ended the connection for good.</summary>
    public async Task<ChatException?> PrepareAsync(CancellationToken cancellationToken)
    {
        if (_client?.State != BayeuxClientState.Disconnected)
        {
            return null;
        }

        await DisposeAsync().ConfigureAwait(false);
        try
        {
            await OpenAsync(cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (ChatException exception)
        {
            return exception;
        }
    }

    public async Task<RestFeedResult> RunAsync(IRestFeedWatcher watcher, CancellationToken cancellationToken)
    {
        if (_client!.State == BayeuxClientState.Connected)
        {
            watcher.OnUp();
            await watcher.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        }

        while (!exchange.Intake.HasEnded)
        {
            BayeuxStateChange change = await _changes.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            switch (change.Current)
            {
                case BayeuxClientState.Connected when change.SessionNumber != _sessionNumber:
                    // Another Bayeux session: the backend does not send the chat's events to it until it is told.
                    _sessionNumber = change.SessionNumber;
                    return new RestFeedResult(host.Protocol.ConnectionError("The Bayeux session is another one."), null);
                case BayeuxClientState.Connected:
                    watcher.OnUp();
                    break;
                case BayeuxClientState.Reconnecting:
                    watcher.OnDown();
                    break;
                case BayeuxClientState.Disconnected:
                    return new RestFeedResult(host.Protocol.ConnectionError($"The CometD server has ended the connection: {change.Cause?.Message}"), null);
            }
        }

        return default;
    }

    /// <summary>Never throws.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_client is not { } client)
        {
            return;
        }

        try
        {
            using var limit = new CancellationTokenSource(s_closeTimeout, host.TimeProvider);
            await client.DisconnectAsync(limit.Token).ConfigureAwait(false);
            await client.DisposeAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Closing never throws, and there is nothing that anybody could do about it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            CometDChatTransport.Log.NotClosed(host.Logger, exception);
        }
    }

    private Uri Address(RestRequestScope scope)
    {
        string path = RestMessage.Path(mapping.Url, scope, "bayeux");
        return new Uri(serverUrl.GetLeftPart(UriPartial.Path).TrimEnd('/') + path);
    }

    private void OnReceived(BayeuxEvent bayeuxEvent)
    {
        RestAnswer frame = RestAnswerReader.Parse(bayeuxEvent.Data.ToArray());
        Awaited? awaited;
        lock (_gate)
        {
            awaited = _awaited.Find(awaited => awaited.IsAnswered(bayeuxEvent.Channel, frame));
            if (awaited is not null)
            {
                _awaited.Remove(awaited);
            }
        }

        if (awaited?.Answer.TrySetResult(frame) != true)
        {
            exchange.Receive(frame);
        }
    }

    /// <summary>A request that was published and is answered by a message.</summary>
    private sealed class Awaited(string channel, RestCall call)
    {
        public TaskCompletionSource<RestAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsAnswered(string by, RestAnswer frame) => by == channel && call.Mapping.ReplyCondition.Holds(new RestAnswerScope(call.Scope, frame, frame.Body));
    }
}
