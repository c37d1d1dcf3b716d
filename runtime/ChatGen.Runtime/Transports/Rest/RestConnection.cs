using System.Text.Json;
using ChatGen.Rest;
using Microsoft.Extensions.Logging;

namespace ChatGen;

/// <summary>One life of the REST transport, from its initialization until it is closed.</summary>
internal sealed partial class RestConnection : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopped;
    private readonly RestMapping _mapping;
    private readonly RestExchange _exchange;
    private readonly RestIntake _intake;
    private readonly RestResumption _resumption;
    private readonly RestOperations _operations;
    private readonly IRestFeed? _feed;
    private Task _events = Task.CompletedTask;
    private string? _sessionId;

    public RestConnection(IRestApi api, RestMapping mapping, IChatTransportHost host, CometDChatTransportOptions cometD)
    {
        _stopped = _stop.Token;
        _mapping = mapping;
        Host = host;
        _intake = new RestIntake(host, rereads: mapping.Events is { Source: RestPoll { Step: { } step } } && Rereads(step));
        _exchange = new RestExchange(api, mapping, host, _intake);
        _resumption = new RestResumption(ResumeAsync, host, _stopped);
        _operations = new RestOperations(_exchange, mapping, host, _resumption);
        _feed = mapping.Events?.Source switch
        {
            RestPoll poll => new RestPollFeed(poll, _exchange),
            RestLongPoll poll => new RestLongPollFeed(poll, _exchange, host.TimeProvider),
            RestWebSocket socket => new RestWebSocketFeed(socket, _exchange, api, mapping, host),
            RestBayeux bayeux => new RestBayeuxFeed(bayeux, _exchange, api.BaseAddress ?? throw host.Protocol.LibraryError("The REST transport needs the backend's address: give the HttpClient a base address."), cometD, host),
            _ => null,
        };
        _exchange.Publish = (_feed as RestBayeuxFeed) is { } publisher ? publisher.PublishAsync : null;
        _exchange.StateChanged += OnStateChanged;
    }

    public IChatTransportHost Host { get; }

    /// <summary>Starts a session.</summary>
    public async Task<ChatSessionState> StartAsync(ChatCommand start, CancellationToken cancellationToken)
    {
        JsonElement options = RestOptions.Of(start);
        _exchange.Values.Set(_mapping.Values.Select(value => (value.Name, Evaluate(value.Value, _exchange.PeekScope(options, start)))));
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        object? result = await _operations.RunAsync(start, cancellationToken).ConfigureAwait(false);
        string sessionId = Host.Protocol.SessionIdOf(result ?? throw Host.Protocol.LibraryError($"The backend answered '{start.Name}' without a result."));
        return Attach(sessionId);
    }

    /// <summary>Attaches to a session that exists already, after having asked the backend for it, so that one that it does not know fails here.</summary>
    public async Task RestoreAsync(ChatCommand restore, ChatSessionState state, CancellationToken cancellationToken)
    {
        ChatProtocol protocol = Host.Protocol;
        try
        {
            _exchange.Values.Load(state.Values);
        }
        catch (JsonException exception)
        {
            throw protocol.LibraryError("The stored state of the REST transport cannot be read.", exception);
        }

        // A stored 0 may stand for no event at all.
        _intake.Restore(state.LastIndex == 0 ? -1 : state.LastIndex, readsHistory: _operations.ReadsHistory(protocol));
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        if (_mapping.Operations.TryGetValue(restore.Name, out RestStep[]? own))
        {
            if (own.Length > 0)
            {
                await _operations.RunAsync(restore, cancellationToken).ConfigureAwait(false);
            }
        }
        else
        {
            RestStep[] resume = _mapping.Events?.Resume ?? [];
            RestStep[] steps = resume.Length == 0 && _mapping.Events?.Source is RestPoll { Step: var step } ? [step] : resume;
            if (await _operations.RunAsync(steps, restore.Name, forEvents: resume.Length == 0, cancellationToken).ConfigureAwait(false) is { } error)
            {
                throw error;
            }
        }

        Attach(state.SessionId);
    }

    /// <summary>Carries out a command.</summary>
    public Task<object?> SendAsync(ChatCommand command, CancellationToken cancellationToken)
    {
        if (_sessionId is null)
        {
            throw Host.Protocol.LibraryError($"'{command.Name}' cannot be sent before there is a session.");
        }

        if (command.Name == _mapping.LeaveCommand)
        {
            _intake.Leave();
        }

        return _operations.RunAsync(command, cancellationToken);
    }

    /// <summary>Stops everything; no event is delivered afterwards.</summary>
    public async ValueTask DisposeAsync()
    {
        _intake.Close();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _events.ConfigureAwait(false);
        if (_feed is IAsyncDisposable feed)
        {
            await feed.DisposeAsync().ConfigureAwait(false);
        }

        _stop.Dispose();
    }

    private static bool Rereads(RestStep step) => (step.Options?.Sources ?? step.Request.Query.SelectMany(parameter => parameter.Value.Sources)).Any(source => source.Kind == TemplateSourceKind.NextIndex);

    private static TemplateValue Evaluate(JsonTemplate template, ITemplateScope scope)
    {
        if (template.Evaluate(scope) is { } value)
        {
            return value;
        }

        using JsonDocument document = JsonDocument.Parse(RestBody.Write(template, scope));
        return TemplateValue.Of(document.RootElement.Clone());
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_feed is RestBayeuxFeed bayeux)
        {
            await bayeux.OpenAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private ChatSessionState Attach(string sessionId)
    {
        _sessionId = sessionId;
        if (_feed is null)
        {
            Log.NoEvents(Host.Logger);
        }
        else
        {
            // It belongs to the session and not to whoever has started it, or to his activity.
            using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
            {
                _events = ReceiveAsync(_feed);
            }
        }

        return State(sessionId);
    }

    private async Task ReceiveAsync(IRestFeed feed)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await new RestEventLoop(feed, _resumption, CatchUpAsync, Host, _intake).RunAsync(_stopped).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            // Closed.
        }
#pragma warning disable CA1031 // Nobody waits for the events; what stops them must not be lost.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Host.OnError(RestFailure.Of(exception, "events", Host.Protocol));
            Host.OnInterrupted();
        }
    }

    private Task<ChatException?> ResumeAsync(CancellationToken cancellationToken) =>
        _mapping.Events is { Resume: { Length: > 0 } steps } ? _operations.RunAsync(steps, "resume", forEvents: false, cancellationToken) : Task.FromResult<ChatException?>(null);

    private Task<ChatException?> CatchUpAsync(CancellationToken cancellationToken) =>
        _mapping.Events is { CatchUp: { Length: > 0 } steps } ? _operations.RunAsync(steps, "events", forEvents: true, cancellationToken) : Task.FromResult<ChatException?>(null);

    private ChatSessionState State(string sessionId) => new() { SessionId = sessionId, Values = _exchange.Values.Save() };

    private void OnStateChanged()
    {
        if (_sessionId is { } sessionId)
        {
            Host.OnStateChanged(State(sessionId));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(40, LogLevel.Warning, "The schema does not say how events arrive over REST, so none do.")]
        public static partial void NoEvents(ILogger logger);
    }
}
