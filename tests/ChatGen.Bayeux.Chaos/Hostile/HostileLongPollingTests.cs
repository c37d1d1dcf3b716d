using Xunit;

namespace ChatGen.Bayeux.Chaos.Hostile;

/// <summary>Whatever a server answers to HTTP requests, the client says what is wrong, and is well as soon as the server is.</summary>
public sealed class HostileLongPollingTests(ITestOutputHelper output)
{
    public static TheoryData<string> Acts => [.. HttpActs.All.Select(static act => act.Name)];

    [Theory]
    [MemberData(nameof(Acts))]
    public Task Handshake_is_answered_by(string act) => RunAsync(HostileStage.Handshake, act);

    [Theory]
    [MemberData(nameof(Acts))]
    public Task Connect_is_answered_by(string act) => RunAsync(HostileStage.Connect, act);

    [Theory]
    [MemberData(nameof(Acts))]
    public Task Publish_is_answered_by(string act) => RunAsync(HostileStage.Publish, act);

    private Task RunAsync(HostileStage stage, string act) =>
        new HostileEncounter(stage, HttpActs.All.Single(candidate => candidate.Name == act), disableWebSockets: true, output).RunAsync();
}
