using ChatGen.Backends.SalesforceLiveAgent;
using ChatGen.BackendSchemas.Tests.SalesforceLiveAgent;
using ChatGen.BackendSchemas.Tests.Script;

namespace ChatGen.BackendSchemas.Tests.Backends;

/// <summary>salesforce-live-agent.</summary>
internal sealed class SalesforceLiveAgentBench(SalesforceLiveAgentEmulator emulator) : Bench
{
    public override string Name => nameof(SalesforceLiveAgentBench);

    public override Traits Traits { get; } = new() { TakesStopOfTyping = true, TellsStopOfTyping = true, TakesTypedText = true, NamesAgent = true };

    public override SalesforceLiveAgentEmulator Emulator => emulator;

    public override IEnumerable<string> Secrets => [emulator.Conversation!.Key, Uri.EscapeDataString(emulator.Conversation.Key), emulator.Conversation.Id];

    public override bool IsMessage(EmulatorRequest request) => request.Path.EndsWith("/ChatMessage", StringComparison.Ordinal);

    public override bool IsStart(EmulatorRequest request) => request.Path.EndsWith("/SessionId", StringComparison.Ordinal);

    public override ChatErrorCode? CodeOf(int status) => new ChatErrorCode(status);

    // Without a key out of the first answer, the second request of the start is refused.
    public override ChatErrorCode? CodeOfStart(int status, string body) => status >= 400 ? CodeOf(status) : body.StartsWith('<') ? null : CodeOf(403);

    public override async Task<IVisitor> StartAsync(Surroundings surroundings, CancellationToken cancellationToken)
    {
        var client = new ChatClient(surroundings.Settings);
        return new Visitor(client, await client.StartSessionAsync(
            new StartSessionOptions
            {
                ServerUrl = surroundings.ServerUrl ?? ServerUrl,
                OrganizationId = "00D000000000001",
                DeploymentId = "572000000000001",
                ButtonId = "573000000000001",
                VisitorName = "Jane",
                PrechatDetails = [new PrechatDetail { Label = "Order", Value = "4711", DisplayToAgent = true }],
                PrechatEntities = [],
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
                AgentTypingEvent e => seen with { IsTyping = e.IsTyping },
                SessionEndedEvent e => seen with { Reason = e.Reason.ToString() },
                ErrorEvent e => seen with { Code = e.Error.Code },
                _ => seen,
            };
        }

        public Task SendMessageAsync(string text, CancellationToken cancellationToken) => session.SendMessageAsync(text, cancellationToken);

        public Task SendTypingAsync(bool isTyping, string? typedText, CancellationToken cancellationToken) => session.SendTypingAsync(isTyping, typedText, cancellationToken);

        public Task LeaveAsync(CancellationToken cancellationToken) => session.LeaveAsync(cancellationToken);

        public async ValueTask DisposeAsync()
        {
            await session.DisposeAsync();
            await client.DisposeAsync();
        }
    }
}
