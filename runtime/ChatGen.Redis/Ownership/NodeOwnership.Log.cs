using Microsoft.Extensions.Logging;

namespace ChatGen.Ownership;

internal sealed partial class NodeOwnership
{
    private static partial class Log
    {
        [LoggerMessage(80, LogLevel.Debug, "A lease has begun.")]
        public static partial void Registered(ILogger logger);

        [LoggerMessage(81, LogLevel.Warning, "The store of the sessions' owners does not answer.")]
        public static partial void StoreFailed(ILogger logger, Exception exception);

        [LoggerMessage(82, LogLevel.Warning, "The lease was over before it was renewed: the process was stopped for longer than that, or could not reach the store. Its sessions are let go of.")]
        public static partial void LeaseOver(ILogger logger);

        [LoggerMessage(83, LogLevel.Warning, "The lease cannot be renewed. {Count} sessions are let go of.")]
        public static partial void Ending(ILogger logger, int count);

        [LoggerMessage(84, LogLevel.Information, "The store had lost its memory. {Count} sessions have been claimed again.")]
        public static partial void Moved(ILogger logger, int count);

        [LoggerMessage(85, LogLevel.Debug, "The store did not answer to a claim.")]
        public static partial void ClaimFailed(ILogger logger, Exception exception);

        [LoggerMessage(86, LogLevel.Debug, "The store was not reached to release a session; it is released when another node asks for it, or with the lease.")]
        public static partial void ReleaseFailed(ILogger logger, Exception exception);
    }
}
