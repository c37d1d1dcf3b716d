using ChatGen.Analyzers.Tests.Cases;

namespace ChatGen.Analyzers.Tests;

/// <summary>What starting a session is given has to be given where it is restored, over all files of a project.</summary>
public sealed class UsageRestoreTests
{
    private const string Silent = "object Start() => client.StartSessionAsync(new() { ServerUrl = url });";
    private const string WithoutSockets = "object Start() => client.StartSessionAsync(new() { ServerUrl = url, DisableWebSockets = true });";
    private const string WithTransport = "object Start() => client.StartSessionAsync(new() { Transport = transport });";
    private const string Sockets = "'StartSessionOptions' is given where a session is started; give 'DisableWebSockets' the same value, or the session is not restored as it was";
    private const string Transport = "'StartSessionOptions' is given where a session is started; give 'Transport' the same value, or the session is not restored as it was";

    [Theory]
    [InlineData(WithoutSockets, "client.RestoreSessionAsync()", "RestoreSessionAsync")]
    [InlineData(WithoutSockets, "client.RestoreSessionAsync(null)", "RestoreSessionAsync")]
    [InlineData(WithoutSockets, "client.RestoreSessionAsync(new RestoreSessionOptions())", "new RestoreSessionOptions()")]
    [InlineData(WithoutSockets, "client.RestoreSessionAsync(new() { MaxOfflineDuration = TimeSpan.Zero })", "new()")]
    [InlineData(WithoutSockets, "client.RestoreSessionAsync(new() { DisableWebSockets = false })", "new()")]
    [InlineData("object Start() => options with { DisableWebSockets = true };", "client.RestoreSessionAsync()", "RestoreSessionAsync")]
    public async Task A_session_that_starts_without_WebSockets_is_restored_without(string start, string restore, string marked) =>
        Assert.Equal([$"Info CHAT2011 {marked}: {Sockets}"], await SayAsync(start, restore));

    [Theory]
    [InlineData("client.RestoreSessionAsync()", "RestoreSessionAsync")]
    [InlineData("client.RestoreSessionAsync(new())", "new()")]
    [InlineData("client.RestoreSessionAsync(new() { Transport = null })", "new()")]
    public async Task A_session_with_a_transport_is_restored_with_one(string restore, string marked) =>
        Assert.Equal([$"Info CHAT2011 {marked}: {Transport}"], await SayAsync(WithTransport, restore));

    [Theory]
    [InlineData(Silent, "client.RestoreSessionAsync()")]
    [InlineData(Silent, "client.RestoreSessionAsync(new() { DisableWebSockets = true })")]
    [InlineData(WithoutSockets, "client.RestoreSessionAsync(new() { DisableWebSockets = true })")]
    [InlineData(WithoutSockets, "client.RestoreSessionAsync(new() { DisableWebSockets = flag })")]
    [InlineData(WithTransport, "client.RestoreSessionAsync(new() { Transport = transport })")]
    [InlineData(WithTransport, "client.RestoreSessionAsync(new() { Transport = perhaps })")]
    [InlineData(WithoutSockets, "new object()")]
    [InlineData("object Start() => client.StartSessionAsync(new() { ServerUrl = url, DisableWebSockets = false });", "client.RestoreSessionAsync()")]
    [InlineData("object Start() => client.StartSessionAsync(new() { ServerUrl = url, Transport = perhaps });", "client.RestoreSessionAsync()")]
    [InlineData("object Start() => client.StartSessionAsync(options);", "client.RestoreSessionAsync()")]
    public async Task Nothing_is_said_of_what_is_the_same_or_not_known(string start, string restore) => Assert.DoesNotContain(await SayAsync(start, restore), said => said.Contains("CHAT2011", StringComparison.Ordinal));

    private static Task<string[]> SayAsync(string start, string restore) =>
        CaseRun.SayAsync(CaseLibrary.Elsewhere, $"class Starting {{ {start} }}", $"class Restoring {{ object Restore() => {restore}; }}");
}
