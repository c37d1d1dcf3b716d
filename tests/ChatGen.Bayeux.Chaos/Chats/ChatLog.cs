using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ChatGen.Bayeux.Chaos.Chats;

/// <summary>What a chat has lately been through: what a person needs who wants to know why it failed.</summary>
internal sealed class ChatLog : ILogger
{
    private const int Kept = 300;

    private static readonly long s_start = TimeProvider.System.GetTimestamp();

    private readonly ConcurrentQueue<string> _lines = new();

    public IEnumerable<string> Lines => _lines;

    public void Add(string line)
    {
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
