using System.Runtime.InteropServices;
using System.Text.Json;

namespace ChatGen;

/// <summary>Carries out the operations of the schema by the requests that the mapping says.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class RestOperations(RestExchange exchange, RestMapping mapping, IChatTransportHost host, RestResumption resumption)
{
    private const int MaxAttempts = 3;

    /// <summary>Whether the session's history is read by a request whose answer's events are its result.</summary>
    public bool ReadsHistory(ChatProtocol protocol) => protocol.ReadTranscript is { } read
        && mapping.Operations.TryGetValue(read(0).Name, out RestStep[]? steps) && Array.Exists(steps, step => step.Request.AnswersEvents);

    /// <summary>Carries out an operation.</summary>
    /// <returns>Its result; <see langword="null"/> if it has none.</returns>
    /// <exception cref="ChatException">It failed.</exception>
    public async Task<object?> RunAsync(ChatCommand command, CancellationToken cancellationToken)
    {
        RestStep[] steps = mapping.Operations.TryGetValue(command.Name, out RestStep[]? found) ? found
            : throw host.Protocol.LibraryError($"'{command.Name}' is not available over REST: the schema maps it to no request.");
        JsonElement options = RestOptions.Of(command);
        (RestStep Step, RestOutcome Outcome)? last = null;
        foreach (RestStep step in steps)
        {
            if (step.Condition.Holds(exchange.PeekScope(options, command)))
            {
                last = (step, await SendAsync(step, command.Name, options, command, cancellationToken).ConfigureAwait(false));
            }
        }

        if (last is null && steps.Length > 0 && !command.HasResult)
        {
            // The backend has nothing for these options: it does not want to know that somebody stopped typing.
            return null;
        }

        return last is var (answered, outcome) ? ResultOf(answered.Request, outcome, command)
            : throw host.Protocol.LibraryError($"'{command.Name}' is not available over REST with these options: the schema maps them to no request.");
    }

    /// <summary>Carries out steps that are no command of the caller's.</summary>
    /// <param name="steps">The requests.</param>
    /// <param name="purpose">What they are for, for messages.</param>
    /// <param name="forEvents">Whether they are sent for the events that they bring.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What went wrong; <see langword="null"/> if nothing did.</returns>
    public async Task<ChatException?> RunAsync(RestStep[] steps, string purpose, bool forEvents, CancellationToken cancellationToken)
    {
        foreach (RestStep step in steps)
        {
            if (!step.Condition.Holds(exchange.PeekScope(default, null)))
            {
                continue;
            }

            RestOutcome outcome = await exchange.SendAsync(step.Request, purpose, exchange.OptionsOf(step, default, null), null, null, forEvents ? static () => { } : null, cancellationToken).ConfigureAwait(false);
            if (outcome.Error is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private async Task<RestOutcome> SendAsync(RestStep step, string operation, JsonElement options, ChatCommand command, CancellationToken cancellationToken)
    {
        JsonElement own = exchange.OptionsOf(step, options, command);

        // By it a backend can tell that a request is another attempt at the same.
        string uuid = Guid.NewGuid().ToString();
        for (int attempt = 1; ; attempt++)
        {
            await resumption.WaitAsync(cancellationToken).ConfigureAwait(false);
            RestOutcome outcome = await exchange.SendAsync(step.Request, operation, own, command, null, up: null, cancellationToken, uuid).ConfigureAwait(false);
            if (outcome.Error is not { } error)
            {
                return outcome;
            }

            bool isLost = error.Code == host.Protocol.Errors.Connection;
            if (!isLost && error.Recovery is ChatRecovery.Rehandshake or ChatRecovery.Resume)
            {
                // Whether the command itself can be repeated or not, the next one finds the session in order.
                _ = resumption.Start();
            }
            else if (!isLost && error.Recovery != ChatRecovery.Retry)
            {
                throw error;
            }

            // What may have been carried out is not sent again behind the caller's back.
            if (!step.Request.IsIdempotent || attempt == MaxAttempts)
            {
                throw error;
            }

            await Task.Delay(RestPause.After(attempt, outcome.RetryAfter), host.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private object? ResultOf(RestRequestMapping request, RestOutcome outcome, ChatCommand command)
    {
        if (outcome.Answer!.File is { } file)
        {
            return file;
        }

        if (!command.HasResult)
        {
            return null;
        }

        try
        {
            if (request.Answer is { } template)
            {
                return command.ReadResult(RestBody.Write(template, outcome.Scope!).Span);
            }

            return outcome.Answer.Body.ValueKind == JsonValueKind.Undefined
                ? throw RestFailure.Unreadable(outcome.Answer.Malformed ?? "is empty", command.Name, host.Protocol)
                : command.ReadResult(JsonMarshal.GetRawUtf8Value(outcome.Answer.Body));
        }
        catch (Exception exception) when (exception is not ChatException)
        {
            throw RestFailure.Of(exception, command.Name, host.Protocol);
        }
    }
}
