using Microsoft.Extensions.Logging;

namespace ChatGen;

/// <summary>Where a session is kept while nobody holds it.</summary>
/// <param name="state">The storage of its state.</param>
/// <param name="ownsState">Whether the storage was made for this session alone.</param>
/// <param name="history">The storage of its history; <see langword="null"/> if that is not kept.</param>
internal sealed partial class SessionStore(IChatStateStorage state, bool ownsState, IChatHistoryStorage? history)
{
    private bool _isLetGo;

    public IChatStateStorage State { get; } = state;

    public IChatHistoryStorage? History { get; } = history;

    /// <summary>Lets go of the state's storage if it was made for this session. Never throws; calling it again does nothing.</summary>
    public async ValueTask LetGoAsync(ILogger logger)
    {
        if (!ownsState || Interlocked.Exchange(ref _isLetGo, true))
        {
            return;
        }

        try
        {
            if (State is IAsyncDisposable asyncDisposable)
            {
                await asyncDisposable.DisposeAsync().ConfigureAwait(false);
            }
            else
            {
                (State as IDisposable)?.Dispose();
            }
        }
        catch (Exception exception)
        {
            Log.NotDisposed(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(36, LogLevel.Error, "The storage of the session's state threw an exception while it was disposed.")]
        public static partial void NotDisposed(ILogger logger, Exception exception);
    }
}
