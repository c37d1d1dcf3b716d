using ChatGen.Analyzers.Tests.CodeFixes;

namespace ChatGen.Analyzers.Tests;

/// <summary>What the pages of the diagnostics show as bad and as good.</summary>
public class PageExampleTests
{
    private const string Rules = """
        "StartSessionOptions": { "properties": { "order": { "type": "string" }, "ticket": { "type": "integer" } }, "not": { "required": ["order", "ticket"] } }
        """;

    [Theory]
    [InlineData(
        "new StartSessionOptions { Username = \"Ada\" }",
        "new StartSessionOptions { Username = \"Ada\", ServerUrl = new Uri(\"https://chat.example.com/cometd\") }",
        "CHAT2001: 'StartSessionOptions' needs 'ServerUrl' unless 'Transport' is given")]
    [InlineData(
        "new StartSessionOptions { ServerUrl = url, Order = \"AB-12\", Ticket = 7 }",
        "new StartSessionOptions { ServerUrl = url, Order = \"AB-12\" }",
        "CHAT2002: 'StartSessionOptions' must not match the schema of 'not'")]
    [InlineData(
        "session.GetTranscriptAsync(fromIndex: -1)",
        "session.GetTranscriptAsync(fromIndex: 0)",
        "CHAT2003: 'FromIndex' must be at least 0, but is -1")]
    [InlineData(
        "new StartSessionOptions { ServerUrl = new Uri(\"ftp://chat.example.com\") }",
        "new StartSessionOptions { ServerUrl = new Uri(\"https://chat.example.com/cometd\") }",
        "CHAT2004: 'ServerUrl' must match the pattern ^https?://")]
    [InlineData(
        "new SendMessageOptions { Message = \"Hello\", Type = (SendMessageOptionsType)7 }",
        "new SendMessageOptions { Message = \"Hello\", Type = SendMessageOptionsType.Text }",
        "CHAT2005: 'Type' must be one of 'text', 'url'")]
    [InlineData(
        "new SendMessageOptions { Message = null! }",
        "new SendMessageOptions { Message = \"Hello\" }",
        "CHAT2006: 'Message' must not be null")]
    [InlineData(
        "new StartSessionOptions { ServerUrl = url, StateStorage = storage, MaxOfflineDuration = TimeSpan.FromMinutes(1) }",
        "new StartSessionOptions { ServerUrl = url, StateStorage = storage }",
        "CHAT2010: 'MaxOfflineDuration' has no effect together with 'StateStorage'")]
    [InlineData(
        "(new StartSessionOptions { ServerUrl = url, DisableWebSockets = true }, new RestoreSessionOptions())",
        "(new StartSessionOptions { ServerUrl = url, DisableWebSockets = true }, new RestoreSessionOptions { DisableWebSockets = true })",
        "CHAT2011: 'StartSessionOptions' is given where a session is started; give 'DisableWebSockets' the same value, or the session is not restored as it was")]
    public async Task What_is_bad_is_said_and_what_is_good_is_not(string bad, string good, string expected)
    {
        Assert.Equal([expected], await FixRun.Of(FixRun.Returning(bad), Schemas.With(Rules)).SayAsync());
        Assert.Empty(await FixRun.Of(FixRun.Returning(good), Schemas.With(Rules)).SayAsync());
    }
}
