using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using ChatGen.Bayeux;
using Log = ChatGen.CometDChatTransport.Log;

namespace ChatGen;

/// <summary>Sends requests, and finds the one that an answer is for.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class CometDRequests(CometDLink link, CometDMapping mapping, IChatTransportHost host, TimeSpan timeout)
{
    private readonly ConcurrentDictionary<string, CometDCall> _calls = new(StringComparer.Ordinal);
    private readonly ChatProtocol _protocol = host.Protocol;

    // Distinguishes this client's requests from others' on a channel that they share.
    private readonly string _idPrefix = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
    private long _lastId;
    private volatile CometDLink _link = link;
    private volatile bool _closed;

    /// <summary>Sends over another link from now on.</summary>
    public void Use(CometDLink link) => _link = link;

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <param name="command">The operation with its options.</param>
    /// <param name="sessionId">The session that it is for; <see langword="null"/> if there is none yet.</param>
    /// <param name="isIdempotent">Whether it does no harm twice.</param>
    /// <param name="ready">Waits for what the request needs; the timeout covers it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ChatException">The connection failed, or the answer breaks the schema.</exception>
    public async Task<CometDAnswer> SendAsync(ChatCommand command, string? sessionId, bool isIdempotent, Func<CancellationToken, Task>? ready, CancellationToken cancellationToken)
    {
        if (!mapping.Operations.TryGetValue(command.Name, out string? operation))
        {
            throw _protocol.LibraryError($"'{command.Name}' is not available over CometD.");
        }

        string requestId = string.Create(CultureInfo.InvariantCulture, $"{_idPrefix}-{Interlocked.Increment(ref _lastId)}");
        var call = new CometDCall(command);
        using var limit = new CancellationTokenSource(timeout, host.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (ready is not null)
            {
                await ready(either.Token).ConfigureAwait(false);
            }

            _calls[requestId] = call;
            if (_closed)
            {
                throw _protocol.ConnectionError($"'{command.Name}' could not be sent: the transport is closed.");
            }

            Log.Sending(host.Logger, operation);
            Task<PublishResult> publishing = _link.PublishAsync(writer => Write(writer, command, operation, requestId, sessionId), isIdempotent, either.Token);
            _ = FailUnlessPublishedAsync(publishing, call);
            return await call.Answer.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw _protocol.ConnectionError(string.Create(
                CultureInfo.InvariantCulture,
                $"The backend did not answer '{command.Name}' within {timeout.TotalSeconds:0.#} seconds. It may have processed it all the same."));
        }
        catch (ObjectDisposedException exception)
        {
            throw _protocol.ConnectionError($"'{command.Name}' could not be sent: the transport is closed.", exception);
        }
        finally
        {
            _calls.TryRemove(requestId, out _);
            if (!call.Answer.IsCompletedSuccessfully)
            {
                // Nobody wants it any more, so it must not be sent later, or again.
                await either.CancelAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Takes an answer.</summary>
    public void OnAnswer(CometDEnvelope envelope, ReadOnlySpan<byte> data)
    {
        if (!_calls.TryRemove(envelope.RequestId!, out CometDCall? call))
        {
            Log.UnexpectedAnswer(host.Logger);
            return;
        }

        if (envelope.Error is { } error)
        {
            call.Complete(new CometDAnswer(null, error));
            return;
        }

        try
        {
            call.Complete(new CometDAnswer(call.Command.ReadResult(data), null));
        }
#pragma warning disable CA1031 // Whatever a reader throws has to reach the caller, who would wait in vain otherwise.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            call.Fail(_protocol.LibraryError($"The answer to '{call.Command.Name}' breaks the schema: {exception.Message}", exception));
        }
    }

    /// <summary>Fails everything that waits.</summary>
    public void FailAll(ChatException exception)
    {
        foreach (string requestId in _calls.Keys)
        {
            if (_calls.TryRemove(requestId, out CometDCall? call))
            {
                call.Fail(exception);
            }
        }
    }

    /// <summary>Fails everything that waits or comes.</summary>
    public void Close()
    {
        _closed = true;
        FailAll(_protocol.ConnectionError("The transport was closed before the answer came."));
    }

    private void Write(Utf8JsonWriter writer, ChatCommand command, string operation, string requestId, string? sessionId)
    {
        writer.WriteStartObject();
        writer.WriteString(mapping.OperationMember, operation);
        writer.WriteString(mapping.RequestIdMember, requestId);
        if (sessionId is not null)
        {
            writer.WriteString(mapping.SessionIdMember, sessionId);
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
                case PublishOutcome.NotSent when result.Fault?.Kind is BayeuxFaultKind.MessageTooLarge or BayeuxFaultKind.DroppedByExtension:
                    // It would not be sent the next time either.
                    call.Fail(_protocol.LibraryError($"'{name}' could not be sent: {result.Fault.Message}"));
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
}
