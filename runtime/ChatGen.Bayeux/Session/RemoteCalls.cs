using System.Collections.Concurrent;
using System.Text;
using ChatGen.Bayeux.Protocol;

namespace ChatGen.Bayeux.Session;

/// <summary>Calls that wait for a message with their id and a payload (Bayeux rule 44).</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class RemoteCalls
{
    // Few clients call at all.
    private ConcurrentDictionary<string, TaskCompletionSource<ReadOnlyMemory<byte>>>? _waiting;

    /// <summary>Sends a call and waits for its answer.</summary>
    /// <param name="message">The call.</param>
    /// <param name="send">Sends it.</param>
    /// <param name="timeout">How long the answer may take.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<ReadOnlyMemory<byte>> CallAsync(
        OutboundMessage message,
        Func<OutboundMessage, Task<PublishResult>> send,
        TimeSpan timeout,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<ReadOnlyMemory<byte>>(TaskCreationOptions.RunContinuationsAsynchronously);
        ConcurrentDictionary<string, TaskCompletionSource<ReadOnlyMemory<byte>>> waiting =
            LazyInitializer.EnsureInitialized(ref _waiting, static () => new(StringComparer.Ordinal));
        waiting[message.Id] = answer;
        try
        {
            _ = FailUnlessTakenAsync(send(message), answer);
            return await answer.Task.WaitAsync(timeout, timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new BayeuxException(SessionFault.CallTimeout);
        }
        finally
        {
            waiting.TryRemove(message.Id, out _);
        }
    }

    /// <summary>Whether the message answers a call; if so, it is no event for anybody else.</summary>
    public bool TryAnswer(in BayeuxMessage message)
    {
        if (Volatile.Read(ref _waiting) is not { IsEmpty: false } waiting || message.UnreadId.IsEmpty || !waiting.TryRemove(Encoding.UTF8.GetString(message.UnreadId.Span), out TaskCompletionSource<ReadOnlyMemory<byte>>? answer))
        {
            return false;
        }

        answer.TrySetResult(message.Data.ToArray());
        return true;
    }

    // That the server has taken the call is no answer yet.
    private static async Task FailUnlessTakenAsync(Task<PublishResult> sending, TaskCompletionSource<ReadOnlyMemory<byte>> answer)
    {
        try
        {
            PublishResult result = await sending.ConfigureAwait(false);
            if (result.Outcome == PublishOutcome.Rejected)
            {
                answer.TrySetException(new BayeuxException(SessionFault.CallRejected(result.Error)));
            }
            else if (result.Fault is { } fault)
            {
                answer.TrySetException(new BayeuxException(fault));
            }
        }
        catch (OperationCanceledException)
        {
            // The caller, who waits with the same token, sees to it.
        }

        // Whoever waited may have stopped; then it is nobody's unobserved exception.
        if (answer.Task.IsFaulted)
        {
            _ = answer.Task.Exception;
        }
    }
}
