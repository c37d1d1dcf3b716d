using ChatGen.Backends.GenesysCloud;
using ChatGen.BackendSchemas.Tests.GenesysCloud;
using ChatGen.BackendSchemas.Tests.Script;

namespace ChatGen.BackendSchemas.Tests.Backends;

/// <summary>genesys-cloud-guest.</summary>
internal sealed class GenesysCloudBench(GenesysCloudEmulator emulator) : Bench
{
    public override string Name => nameof(GenesysCloudBench);

    public override Traits Traits { get; } = new() { HasHistory = true, EchoesVisitor = true };

    public override GenesysCloudEmulator Emulator => emulator;

    public override Uri ServerUrl => new(emulator.Address, "/");

    public override IEnumerable<string> Secrets => [emulator.Conversation!.Jwt, emulator.Conversation.Id, emulator.Conversation.MemberId];

    public override bool IsMessage(EmulatorRequest request) => request.Method == "POST" && request.Path.EndsWith("/messages", StringComparison.Ordinal);

    public override bool IsStart(EmulatorRequest request) => request.Path == emulator.Address.AbsolutePath;

    public override async Task<IVisitor> StartAsync(Surroundings surroundings, CancellationToken cancellationToken)
    {
        var client = new ChatClient(surroundings.Settings);
        return new Visitor(client, await client.StartSessionAsync(
            new StartSessionOptions
            {
                ServerUrl = surroundings.ServerUrl ?? ServerUrl,
                OrganizationId = new Guid("11111111-1111-4111-8111-111111111111"),
                DeploymentId = new Guid("22222222-2222-4222-8222-222222222222"),
                RoutingTarget = new RoutingTarget { TargetAddress = "Support" },
                MemberInfo = new MemberInfo { DisplayName = "Jane" },
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
                MessageReceivedEvent e => seen with { Text = e.Content.Text },
                AgentTypingEvent e => seen with { IsTyping = e.IsTyping },
                SessionEndedEvent e => seen with { Reason = e.Reason.ToString() },
                ErrorEvent e => seen with { Code = e.Error.Code },
                _ => seen,
            };
        }

        public Task SendMessageAsync(string text, CancellationToken cancellationToken) => session.SendMessageAsync(text, cancellationToken: cancellationToken);

        public Task SendTypingAsync(bool isTyping, string? typedText, CancellationToken cancellationToken) => session.SendTypingAsync(isTyping, cancellationToken);

        public Task LeaveAsync(CancellationToken cancellationToken) => session.LeaveAsync(cancellationToken);

        public async Task<IReadOnlyList<ChatEvent>> GetTranscriptAsync(CancellationToken cancellationToken) => (await session.GetTranscriptAsync(cancellationToken: cancellationToken)).Transcript;

        public async ValueTask DisposeAsync()
        {
            await session.DisposeAsync();
            await client.DisposeAsync();
        }
    }
}
