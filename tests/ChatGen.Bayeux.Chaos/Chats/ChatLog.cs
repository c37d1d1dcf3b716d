using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ChatGen.Bayeux.Chaos.Chats;

/// <summary>What a chat has lately been through: what a person needs who wants to know why it failed.</summary>
internal sealed class ChatLog : ILogger
{
    private const int Kept = 300;
    private const int KeptAfterFault = 60;

    private static readonly long s_start = TimeProvider.System.GetTimestamp();

    private readonly ConcurrentQueue<string> _lines = new();
    private int _left = int.MaxValue;

    public IEnumerable<string> Lines => _lines;

    /// <summary>Something has gone wrong: what led to it must not be forgotten.</summary>
    public void KeepFromNow() => Interlocked.CompareExchange(ref _left, KeptAfterFault, int.MaxValue);

    public void Add(string line)
    {
        if (Volatile.Read(ref _left) != int.MaxValue && Interlocked.Decrement(ref _left) < 0)
        {
            Volatile.Write(ref _left, 0);
            return;
        }

        _lines.Enqueue($"{TimeProvider.System.GetElapsedTime(s_start).TotalSeconds,8:0.000} {line}");
        if (_lines.Count > Kept)
        {
            _lines.TryDequeue(out _);
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Add($"{formatter(state, exception)} {exception?.Message}");
}
