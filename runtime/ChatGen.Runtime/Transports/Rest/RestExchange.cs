using System.Text.Json;

namespace ChatGen;

/// <summary>Sends the requests of one session and understands what is answered: errors, values for the state, events.</summary>
/// <remarks>Thread-safe. Requests that carry a counter are sent one after the other, so that the backend sees the counters rise.</remarks>
#pragma warning disable CA1001 // A request that is under way when the transport is closed still lets the next one go; there is nothing to dispose while nobody asks for the wait handle.
internal sealed class RestExchange
#pragma warning restore CA1001
{
    private readonly IRestApi _api;
    private readonly RestMapping _mapping;
    private readonly IChatTransportHost _host;
    private readonly RestErrors _errors;
    private readonly RestEventMapper? _mapper;
    private readonly SemaphoreSlim _inOrder = new(1, 1);

    public RestExchange(IRestApi api, RestMapping mapping, IChatTransportHost host, RestIntake intake)
    {
        _api = api;
        _mapping = mapping;
        _host = host;
        Intake = intake;
        Values = new RestSessionValues(mapping);
        _errors = new RestErrors(mapping, host.Protocol);
        _mapper = mapping.Events is { } events ? new RestEventMapper(events, host.Protocol) : null;
    }

    public RestSessionValues Values { get; }

    public RestIntake Intake { get; }

    /// <summary>Publishes over Bayeux; <see langword="null"/> unless the mapping has that.</summary>
    public Func<RestCall, CancellationToken, Task<RestAnswer>>? Publish { get; set; }

    /// <summary>Raised when the state has other values than before.</summary>
    public event Action? StateChanged;

    /// <summary>The values for what is decided before a request: no counter goes up.</summary>
    public RestRequestScope PeekScope(JsonElement options, ChatCommand? command) => new(Values.Current, [], options, command, Intake.LastIndex + 1);

    /// <summary>The options that a step is sent with.</summary>
    public JsonElement OptionsOf(RestStep step, JsonElement options, ChatCommand? command)
    {
        if (step.Options is not { } template)
        {
            return options;
        }

        using JsonDocument document = JsonDocument.Parse(RestBody.Write(template, PeekScope(options, command)));
        return document.RootElement.Clone();
    }

    /// <summary>Sends a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="operation">What the request is for, for messages.</param>
    /// <param name="options">The options in their wire form.</param>
    /// <param name="command">The operation, if there is one.</param>
    /// <param name="held">How long the backend may hold it; <see langword="null"/> if it does not.</param>
    /// <param name="up">
    /// Called before the events that it brings are delivered. If it is there, the request is sent for its events, so that they are delivered whatever
    /// the mapping says of other uses of the request.
    /// </param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <param name="uuid">The fresh UUID, if it is to be that of another attempt; else the request has one of its own.</param>
    /// <exception cref="OperationCanceledException">The caller has stopped the request.</exception>
    public async Task<RestOutcome> SendAsync(
        RestRequestMapping request, string operation, JsonElement options, ChatCommand? command, TimeSpan? held, Action? up, CancellationToken cancellationToken, string? uuid = null)
    {
        bool inOrder = request.Counters.Length > 0;
        if (inOrder)
        {
            await _inOrder.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        try
        {
            using var timeout = new CancellationTokenSource(_mapping.Timeout + (held ?? TimeSpan.Zero), _host.TimeProvider);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            var scope = new RestRequestScope(Values.Current, Values.Count(request.Counters), options, command, Intake.LastIndex + 1, uuid);
            if (inOrder)
            {
                // Whoever restores the session goes on counting from here.
                StateChanged?.Invoke();
            }

            var call = new RestCall(request, scope) { IsLongPoll = held is not null };
            RestAnswer answer = request.Channel is null
                ? await SendOverHttpAsync(call, operation, either.Token).ConfigureAwait(false)
                : await Publish!(call, either.Token).ConfigureAwait(false);
            using (answer)
            {
                return Understand(request, operation, scope, answer, up);
            }
        }
        catch (Exception exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return RestOutcome.Failed(RestFailure.Of(exception, operation, _host.Protocol));
        }
        finally
        {
            if (inOrder)
            {
                _inOrder.Release();
            }
        }
    }

    /// <summary>Understands what came over a socket.</summary>
    /// <returns>The error that it is, which the host has been told of.</returns>
    public ChatException? Receive(RestAnswer frame)
    {
        RestRequestScope scope = PeekScope(default, null);
        var about = new RestAnswerScope(scope, frame, frame.Body);
        ChatException? error = _errors.Find(frame, isSuccess: true, about);
        if (error is null)
        {
            Take(_mapping.Take, about);
        }
        else
        {
            _host.OnError(error);
        }

        if (_mapper is not null)
        {
            Intake.Deliver(_mapper.Read(PeekScope(default, null), frame, null));
        }

        return error;
    }

    private async Task<RestAnswer> SendOverHttpAsync(RestCall call, string operation, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await _api.SendAsync(call, cancellationToken).ConfigureAwait(false);
        try
        {
            if (_api.BaseAddress is { } server && call.Mapping.Url is null && response.RequestMessage?.RequestUri is { IsAbsoluteUri: true } address
                && Uri.Compare(address, server, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) != 0)
            {
                // The user's own handler has followed it, so somebody has the secrets already; no more of them go there.
                throw RestFailure.Redirected(operation, _host.Protocol);
            }

            if (call.Mapping.AnswersFile && call.Mapping.IsSuccess((int)response.StatusCode))
            {
                return await RestAnswerReader.ReadFileAsync(response, cancellationToken).ConfigureAwait(false);
            }

            return await RestAnswerReader.ReadAsync(response, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private RestOutcome Understand(RestRequestMapping request, string operation, RestRequestScope scope, RestAnswer answer, Action? up)
    {
        var about = new RestAnswerScope(scope, answer, answer.Body);
        bool isSuccess = answer.Status is not { } status || request.IsSuccess(status);
        TimeSpan? retryAfter = answer.RetryAfter(_host.TimeProvider);
        if (isSuccess && answer is { Malformed: { } problem, IsSuspicious: true })
        {
            return RestOutcome.Failed(RestFailure.Unreadable(problem, operation, _host.Protocol), retryAfter);
        }

        if (_errors.Find(answer, isSuccess, about) is { } error)
        {
            // Nothing is taken into the state, since what stands beside an error need not be true; but it may tell that the session is over.
            DeliverEvents(request, scope, answer, up);
            return RestOutcome.Failed(error, retryAfter);
        }

        if (!isSuccess)
        {
            return RestOutcome.Failed(RestFailure.OfStatus(answer.Status!.Value, operation, _host.Protocol), retryAfter);
        }

        up?.Invoke();
        Take([.. _mapping.Take, .. request.Take], about);

        // The values that the answer has just brought are those that count from here on.
        RestRequestScope current = PeekScope(scope.Options, scope.Command);
        List<RestEvent> events = DeliverEvents(request, current, answer, up);
        return new RestOutcome(answer, new RestAnswerScope(current, answer, answer.Body) { Events = RestEventMapper.ToArray(events) }, null, retryAfter);
    }

    private List<RestEvent> DeliverEvents(RestRequestMapping request, RestRequestScope scope, RestAnswer answer, Action? up)
    {
        if (_mapper is null || !(up is not null || request.BringsEvents || request.AnswersEvents))
        {
            return [];
        }

        List<RestEvent> events = _mapper.Read(scope, answer, request.Entries);
        if (request.AnswersEvents && up is null)
        {
            Intake.OnHistory(events);
        }
        else
        {
            Intake.Deliver(events);
        }

        return events;
    }

    private void Take((string Name, TextTemplate Value)[] take, ITemplateScope scope)
    {
        if (Values.Set(take.Select(value => (value.Name, value.Value.Evaluate(scope)))))
        {
            StateChanged?.Invoke();
        }
    }
}
