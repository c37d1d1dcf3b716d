using StackExchange.Redis;

namespace ChatGen.Ownership;

/// <summary>A subscription to the hints for one node.</summary>
internal sealed class RedisHints(ChannelMessageQueue queue) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        try
        {
            await queue.UnsubscribeAsync(CommandFlags.FireAndForget).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RedisException or ObjectDisposedException)
        {
            // The connection is gone, and the subscription with it.
        }
    }
}
