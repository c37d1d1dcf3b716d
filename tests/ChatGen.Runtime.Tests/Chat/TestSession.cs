namespace ChatGen.Tests;

public sealed class TestSession(ChatSessionContext context) : ChatSessionCore(context)
{
    public Task SendMessageAsync(string message, CancellationToken cancellationToken) => SendMessageAsync(message, default, cancellationToken);

    public Task SendMessageAsync(string message, ChatValidationResult validation, CancellationToken cancellationToken) =>
        ExecuteAsync(TestProtocol.SendMessage.With(new MessageOptions(message)), validation, cancellationToken);

    public Task<Transcript> GetTranscriptAsync(int fromIndex, CancellationToken cancellationToken) =>
        ExecuteAsync<Transcript>(TestProtocol.GetTranscript.With(new TranscriptOptions(fromIndex)), default, cancellationToken);

    public Task LeaveAsync(CancellationToken cancellationToken) =>
        ExecuteLeaveAsync(TestProtocol.Leave.With(null), static result => ((Transcript)result).Entries, cancellationToken);
}
