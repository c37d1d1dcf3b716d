using Xunit;

namespace ChatGen.Bayeux.Chaos.Hostile;

/// <summary>Whatever a server does with a WebSocket, the client says what is wrong, and is well as soon as the server is.</summary>
public sealed class HostileWebSocketTests(ITestOutputHelper output)
{
    public static TheoryData<string> Upgrades => [.. WebSocketActs.Upgrades.Select(static act => act.Name)];

    public static TheoryData<string> Frames => [.. WebSocketActs.Frames.Select(static act => act.Name)];

    [Theory]
    [MemberData(nameof(Upgrades))]
    public Task Upgrade_is_answered_by(string act) => RunAsync(HostileStage.Upgrade, WebSocketActs.Upgrades, act);

    [Theory]
    [MemberData(nameof(Frames))]
    public Task Handshake_is_answered_by(string act) => RunAsync(HostileStage.Handshake, WebSocketActs.Frames, act);

    [Theory]
    [MemberData(nameof(Frames))]
    public Task Connect_is_answered_by(string act) => RunAsync(HostileStage.Connect, WebSocketActs.Frames, act);

    private Task RunAsync(HostileStage stage, IReadOnlyList<HostileAct> acts, string act) =>
        new HostileEncounter(stage, acts.Single(candidate => candidate.Name == act), disableWebSockets: false, output).RunAsync();
}
