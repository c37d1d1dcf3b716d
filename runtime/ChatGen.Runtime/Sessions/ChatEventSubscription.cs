using Microsoft.Extensions.Logging;

namespace ChatGen;

/// <summary>Hands the events of a log to one handler, one at a time and in order, from the first memorised one on.</summary>
internal sealed partial class ChatEventSubscription : IDisposable, IThreadPoolWorkItem
{
    private readonly ChatEventLog _log;
    private readonly Action<ChatEvent> _handler;
    private readonly ILogger _logger;
    private readonly SynchronizationContext? _context;
    private int _position;
    private int _running;
    private volatile bool _disposed;

    public ChatEventSubscription(ChatEventLog log, Action<ChatEvent> handler, ILogger logger)
    {
        _log = log;
        _handler = handler;
        _logger = logger;
        _context = SynchronizationContext.Current;
    }

    /// <summary>Sees to it that the handler gets what has been appended. Never throws and never calls the handler itself.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref _running, 1) != 0)
        {
            return;
        }

        if (_context is null)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            return;
        }

        try
        {
            _context.Post(static subscription => ((ChatEventSubscription)subscription!).Execute(), this);
        }
        catch (Exception exception)
        {
            // The context is the application's; one that is shut down refuses, and then there is nowhere to call the handler any more.
            Dispose();
            Log.ContextRefused(_logger, exception);
        }
    }

    /// <summary>Stops the calls; one that is under way on another thread still finishes.</summary>
    public void Dispose()
    {
        _disposed = true;
        _log.Remove(this);
    }

    public void Execute()
    {
        int position;
        do
        {
            while (!_disposed && _log.TryRead(_position, out ChatEvent? chatEvent))
            {
                _position++;
                Call(chatEvent);
            }

            position = _position;
            Interlocked.Exchange(ref _running, 0);

            // What was appended after the last read, but before others could see that nobody runs, is for this thread.
        }
        while (!_disposed && _log.TryRead(position, out _) && Interlocked.Exchange(ref _running, 1) == 0);
    }

    private void Call(ChatEvent chatEvent)
    {
        try
        {
            _handler(chatEvent);
        }
        catch (Exception exception)
        {
            // A handler is the application's; what it throws must not keep later events from it.
            Log.HandlerFailed(_logger, chatEvent.EventType, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(20, LogLevel.Error, "A handler of the event '{EventType}' threw an exception; it gets the next event all the same.")]
        public static partial void HandlerFailed(ILogger logger, ChatEventType eventType, Exception exception);

        [LoggerMessage(21, LogLevel.Error, "The synchronization context of an event handler takes no more calls; the handler gets no more events.")]
        public static partial void ContextRefused(ILogger logger, Exception exception);
    }
}
