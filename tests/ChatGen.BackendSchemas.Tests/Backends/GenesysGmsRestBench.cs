using ChatGen.Backends.GenesysGms;
using ChatGen.BackendSchemas.Tests.GenesysGmsRest;
using ChatGen.BackendSchemas.Tests.Script;

namespace ChatGen.BackendSchemas.Tests.Backends;

/// <summary>genesys-gms-v2-rest.</summary>
internal sealed class GenesysGmsRestBench(GenesysGmsEmulator emulator) : Bench
{
    public override string Name => nameof(GenesysGmsRestBench);

    public override Traits Traits { get; } = new()
    {
        HasHistory = true,
        EchoesVisitor = true,
        TakesStopOfTyping = true,
        TellsStopOfTyping = true,
        TakesTypedText = true,
        NamesAgent = true,
        HasUserData = true,
        HasFiles = true,
        SendsFiles = true,
        NamesFetchedFiles = true,
        HasFileLimits = true,
    };

    public override GenesysGmsEmulator Emulator => emulator;

    public override Uri ServerUrl => new(emulator.Address, "/");

    public override IEnumerable<string> Secrets => [emulator.Conversation!.SecureKey, emulator.Conversation.Id, emulator.Conversation.UserId, "key-of-the-proxy"];

    public override bool IsMessage(EmulatorRequest request) => request.Path.EndsWith("/send", StringComparison.Ordinal);

    public override bool IsStart(EmulatorRequest request) => request.Path == emulator.Address.AbsolutePath;

    public override async Task<IVisitor> StartAsync(Surroundings surroundings, CancellationToken cancellationToken)
    {
        var client = new ChatClient(surroundings.Settings);
        return new Visitor(client, await client.StartSessionAsync(
            new StartSessionOptions
            {
                ServerUrl = surroundings.ServerUrl ?? ServerUrl,
                ServiceName = "customer-support",
                ApiKey = "key-of-the-proxy",
                Nickname = "Jane",
                EmailAddress = "jane@example.com",
                UserData = new() { ["GCTI_LanguageCode"] = "en" },
            },
            cancellationToken));
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

        public Task SendMessageAsync(string text, CancellationToken cancellationToken) => session.SendMessageAsync(text, cancellationToken: cancellationToken);

        public Task SendTypingAsync(bool isTyping, string? typedText, CancellationToken cancellationToken) => session.SendTypingAsync(isTyping, typedText, cancellationToken);

        public Task LeaveAsync(CancellationToken cancellationToken) => session.LeaveAsync(cancellationToken);

        public async Task<IReadOnlyList<ChatEvent>> GetTranscriptAsync(CancellationToken cancellationToken) => (await session.GetTranscriptAsync(cancellationToken: cancellationToken)).Transcript;

        public Task SetUserDataAsync(string key, string value, CancellationToken cancellationToken) => session.SetUserDataAsync(new Dictionary<string, string> { [key] = value }, cancellationToken);

        public async Task<string> SendFileAsync(ChatFile file, CancellationToken cancellationToken) => (await session.SendFileAsync(file, cancellationToken)).FileId!;

        public Task<ChatFile> DownloadFileAsync(string id, CancellationToken cancellationToken) => session.DownloadFileAsync(id, cancellationToken);

        public Task DeleteFileAsync(string id, CancellationToken cancellationToken) => session.DeleteFileAsync(id, cancellationToken);

        public async Task<long?> GetMaxFilesAsync(CancellationToken cancellationToken) => (await session.GetFileLimitsAsync(cancellationToken)).MaxFiles;

        public async ValueTask DisposeAsync()
        {
            await session.DisposeAsync();
            await client.DisposeAsync();
        }
    }
}
