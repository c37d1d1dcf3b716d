using Microsoft.Extensions.Logging;

namespace ChatGen;

/// <summary>What a client logs. Not nested in the client, since that is generic.</summary>
internal static partial class ChatClientLog
{
    [LoggerMessage(1, LogLevel.Information, "A chat session was started.")]
    public static partial void Started(ILogger logger);

    [LoggerMessage(2, LogLevel.Information, "The chat session was restored with {Count} entries of its history.")]
    public static partial void Restored(ILogger logger, int count);

    [LoggerMessage(3, LogLevel.Information, "There is no chat session to restore.")]
    public static partial void NothingToRestore(ILogger logger);
}
