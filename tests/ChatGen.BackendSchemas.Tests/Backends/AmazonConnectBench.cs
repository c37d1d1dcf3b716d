using ChatGen.Backends.AmazonConnect;
using ChatGen.BackendSchemas.Tests.AmazonConnect;
using ChatGen.BackendSchemas.Tests.Script;

namespace ChatGen.BackendSchemas.Tests.Backends;

/// <summary>amazon-connect-participant.</summary>
internal sealed class AmazonConnectBench(AmazonConnectEmulator emulator) : Bench
{
    private readonly List<string> _tokens = [];

    public override string Name => nameof(AmazonConnectBench);

    public override Traits Traits { get; } = new() { HasHistory = true, EchoesVisitor = true, NamesAgent = true, HasFiles = true, SendsFiles = true };

    public override AmazonConnectEmulator Emulator => emulator;

    public override IEnumerable<string> Secrets => _tokens;

    public override int AttemptsOfStart => 3;

    public override int AttemptsOfMessage => 3;

    public override bool IsMessage(EmulatorRequest request) => request.Path == "/participant/message";

    public override bool IsStart(EmulatorRequest request) => request.Path == "/participant/connection";

    public override ChatErrorCode? CodeOf(int status) => status switch
    {
        429 => new ChatErrorCode("ThrottlingException"),
        500 => new ChatErrorCode("InternalServerException"),
        _ => null,
    };

    public override async Task<IVisitor> StartAsync(Surroundings surroundings, CancellationToken cancellationToken)
    {
        AmazonConnectConversation contact = emulator.StartContact("Jane");
        _tokens.Add(contact.ParticipantToken);
        var client = new ChatClient(surroundings.Settings);
        return new Visitor(client, await client.StartSessionAsync(
            new StartSessionOptions { ServerUrl = surroundings.ServerUrl ?? ServerUrl, ParticipantToken = contact.ParticipantToken }, cancellationToken));
    }

    /// <summary>Restores a session; the backend's emulator may run in another process.</summary>
    public static async Task<IVisitor?> RestoreVisitorAsync(Surroundings surroundings, CancellationToken cancellationToken)
    {
        var client = new ChatClient(surroundings.Settings);
        return await client.RestoreSessionAsync(new RestoreSessionOptions(), cancellationToken) is { } session ? new Visitor(client, session) : null;
    }

    public override Task<IVisitor?> RestoreAsync(Surroundings surroundings, CancellationToken cancellationToken) => RestoreVisitorAsync(surroundings, cancellationToken);

    private sealed class Visitor(ChatClient client, ChatSession session) : IVisitor
    {
        public ChatSessionCore Session => session;

        public Seen See(ChatEvent chatEvent)
        {
            var seen = new Seen(chatEvent.EventType.Name, chatEvent.Restored);
            return chatEvent switch
            {
                AgentConnectedEvent e => seen with { Who = e.Party.Name },
                MessageReceivedEvent e => seen with { Who = e.Party.Name, Text = e.Content.Text },
                AgentTypingEvent e => seen with { Who = e.Party.Name, IsTyping = e.IsTyping },
                FileReceivedEvent e => seen with { Who = e.Party.Name, FileId = e.File.Id },
                SessionEndedEvent e => seen with { Reason = e.Reason.ToString() },
                ErrorEvent e => seen with { Code = e.Error.Code },
                _ => seen,
            };
        }

        public Task SendMessageAsync(string text, CancellationToken cancellationToken) => session.SendMessageAsync(text, cancellationToken);

        public Task SendTypingAsync(bool isTyping, string? typedText, CancellationToken cancellationToken) => session.SendTypingAsync(isTyping, cancellationToken);

        public Task LeaveAsync(CancellationToken cancellationToken) => session.LeaveAsync(cancellationToken);

        public async Task<IReadOnlyList<ChatEvent>> GetTranscriptAsync(CancellationToken cancellationToken) => (await session.GetTranscriptAsync(cancellationToken: cancellationToken)).Transcript;

        public async Task<string> SendFileAsync(ChatFile file, CancellationToken cancellationToken) => (await session.SendFileAsync(file, cancellationToken)).FileId;

        public Task<ChatFile> DownloadFileAsync(string id, CancellationToken cancellationToken) => session.DownloadFileAsync(id, cancellationToken);

        public async ValueTask DisposeAsync()
        {
            await session.DisposeAsync();
            await client.DisposeAsync();
        }
    }
}
