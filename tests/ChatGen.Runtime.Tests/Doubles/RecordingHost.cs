using System.Text;
using Microsoft.Extensions.Logging;

namespace ChatGen.Tests;

/// <summary>Takes what a transport delivers.</summary>
public sealed class RecordingHost(TimeProvider timeProvider, ChatProtocol? protocol = null) : IChatTransportHost
{
    private readonly CollectingLogger _logger = new();

    public ChatProtocol Protocol { get; } = protocol ?? TestProtocol.Protocol;

    public ILogger Logger => _logger;

    public Recorder<LogEntry> Log => _logger.Entries;

    public TimeProvider TimeProvider { get; } = timeProvider;

    /// <summary>Events as <c>event 1</c>, and <c>interrupted</c>, <c>continued</c>, <c>error 150</c>.</summary>
    public Recorder<string> Calls { get; } = new();

    public Recorder<ChatException> Errors { get; } = new();

    public int? LastIndex { get; set; }

    public void OnEvent(ChatEvent chatEvent) => Calls.Add($"event {chatEvent.Index}");

    public void OnEvent(ReadOnlySpan<byte> utf8Json) => Calls.Add(Encoding.UTF8.GetString(utf8Json));

    public void OnInterrupted() => Calls.Add("interrupted");

    public void OnContinued() => Calls.Add("continued");

    public void OnError(ChatException exception)
    {
        Errors.Add(exception);
        Calls.Add($"error {exception.Code.Number}");
    }

    /// <summary>What was to be stored.</summary>
    public Recorder<ChatSessionState> States { get; } = new();

    public void OnStateChanged(ChatSessionState state)
    {
        States.Add(state);
        Calls.Add("state");
    }
}
