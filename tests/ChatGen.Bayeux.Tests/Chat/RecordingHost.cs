using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace ChatGen.Bayeux.Tests.Chat;

/// <summary>Records in order what a transport tells its host, and all that it logs.</summary>
internal sealed class RecordingHost(ChatProtocol protocol, TimeProvider? timeProvider = null) : IChatTransportHost, ILogger
{
    private readonly Channel<string> _told = Channel.CreateUnbounded<string>();
    private readonly StringBuilder _log = new();
    private TaskCompletionSource _logged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ChatProtocol Protocol { get; } = protocol;

    public ILogger Logger => this;

    public TimeProvider TimeProvider { get; } = timeProvider ?? TimeProvider.System;

    public string LogText
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>Waits until this was logged, so often.</summary>
    public async Task LogUntilAsync(string text, int times = 1)
    {
        bool IsLogged() => LogText.Split(text).Length > times;
        while (!IsLogged())
        {
            Task logged;
            lock (_log)
            {
                logged = _logged.Task;
            }

            if (!IsLogged())
            {
                await logged.Soon();
            }
        }
    }

    public Task<string> NextAsync() => _told.Reader.ReadAsync().Soon();

    public bool HasMore => _told.Reader.TryPeek(out _);

    public int? LastIndex { get; set; }

    public void OnEvent(ChatEvent chatEvent) => _told.Writer.TryWrite($"event {chatEvent.Index}");

    public void OnEvent(ReadOnlySpan<byte> utf8Json)
    {
        try
        {
            OnEvent(Protocol.Events.Read(utf8Json));
        }
        catch (JsonException exception)
        {
            OnError(Protocol.LibraryError(exception.Message, exception));
        }
    }

    public void OnInterrupted() => _told.Writer.TryWrite("interrupted");

    public void OnContinued() => _told.Writer.TryWrite("continued");

    public void OnError(ChatException exception) => _told.Writer.TryWrite($"error {exception.Code.Number}");

    public void OnStateChanged(ChatSessionState state) => _told.Writer.TryWrite("state");

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_log)
        {
            _log.AppendLine(formatter(state, exception)).AppendLine(exception?.ToString());
            _logged.SetResult();
            _logged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
