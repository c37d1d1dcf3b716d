using System.Threading.Channels;
using ChatGen;
using Quickstart.Chat;

namespace Quickstart;

/// <summary>What the visitor does. Every event is printed once it is there, and can then be waited for.</summary>
internal sealed class Conversation : IDisposable
{
    private readonly ChatSession _session;
    private readonly IDisposable _subscription;
    private readonly Channel<ChatEvent> _printed = Channel.CreateUnbounded<ChatEvent>();

    public Conversation(ChatSession session)
    {
        _session = session;
        _subscription = session.On<ChatEvent>(chatEvent =>
        {
            TranscriptPrinter.Print(chatEvent);
            _printed.Writer.TryWrite(chatEvent);
        });
    }

    /// <summary>Waits until an agent has said something new.</summary>
    public async Task WaitForAgentAsync(CancellationToken cancellationToken)
    {
        while (await _printed.Reader.ReadAsync(cancellationToken) is not MessageReceivedEvent { Restored: false, Party.Type.Value: "Agent" })
        {
        }
    }

    /// <summary>Sends a message and waits until an agent has answered.</summary>
    public async Task AskAsync(string question, CancellationToken cancellationToken)
    {
        await _session.SendTypingAsync(typedText: question, cancellationToken: cancellationToken);
        await _session.SendMessageAsync(question, cancellationToken: cancellationToken);
        await WaitForAgentAsync(cancellationToken);
    }

    /// <summary>Leaves the chat and waits until it is over.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        await _session.LeaveAsync(cancellationToken);
        while (await _printed.Reader.ReadAsync(cancellationToken) is not SessionEndedEvent)
        {
        }
    }

    public void Dispose() => _subscription.Dispose();
}
