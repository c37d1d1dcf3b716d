using Microsoft.Extensions.Logging;

namespace ChatGen;

/// <summary>Where a session is kept while nobody holds it.</summary>
/// <param name="State">The storage of its state.</param>
/// <param name="OwnsState">Whether the storage was made for this session alone.</param>
/// <param name="History">The storage of its history; <see langword="null"/> if that is not kept.</param>
internal sealed partial record SessionStore(IChatStateStorage State, bool OwnsState, IChatHistoryStorage? History)
{
    /// <summary>Lets go of the state's storage if it was made for this session. Never throws.</summary>
    public async ValueTask LetGoAsync(ILogger logger)
    {
        if (!OwnsState)
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
