using Microsoft.Extensions.Logging;

namespace ChatGen;

/// <summary>
/// Finds out whether a session is over when one command was answered so. That may be the command's own fault, so the history is asked: it has
/// the end, or is answered like that too, or shows that the session lives.
/// </summary>
/// <remarks>Thread-safe. One question at a time. Nobody is called while the lock is held.</remarks>
internal sealed partial class SessionEndCheck(SessionTransport transport, IChatTransportHost host) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _asking = Task.CompletedTask;
    private bool _stopped;

    /// <summary>Asks, unless a question is under way; what comes of it is told to the host.</summary>
    /// <param name="answer">What the command was answered with; believed if there is no history to ask.</param>
    public void Ask(ChatException answer)
    {
        lock (_gate)
        {
            if (!_stopped && _asking.IsCompleted)
            {
                _asking = Task.Run(() => AskAsync(answer));
            }
        }
    }

    /// <summary>Stops the question, and waits for that.</summary>
    public async ValueTask DisposeAsync()
    {
        Task asking;
        lock (_gate)
        {
            _stopped = true;
            asking = _asking;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await asking.ConfigureAwait(false);
    }

    private async Task AskAsync(ChatException answer)
    {
        try
        {
            if (!transport.HasTranscript)
            {
                throw answer;
            }

            // An entry without an index could be a double.
            IReadOnlyList<ChatEvent> entries = await transport.ReadTranscriptAsync(host.LastIndex + 1 ?? 0, _stop.Token).WaitAsync(_stop.Token).ConfigureAwait(false);
            foreach (ChatEvent entry in entries)
            {
                if (entry.Index is not null)
                {
                    host.OnEvent(entry);
                }
            }
        }
        catch (ChatException exception) when (exception.Recovery == ChatRecovery.Ended)
        {
            host.OnError(exception);
        }
        catch (Exception exception)
        {
            // Nothing is known then, and the next command asks again.
            Log.NotAsked(host.Logger, exception.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(22, LogLevel.Warning, "Whether the session is over could not be asked: {ExceptionType}.")]
        public static partial void NotAsked(ILogger logger, string exceptionType);
    }
}
