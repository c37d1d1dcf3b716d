using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ChatGen.Analyzers.Tests;

public class UsageTests
{
    [Theory]
    [InlineData("new StartSessionOptions { Username = \"a\" }", "CHAT2001 new StartSessionOptions: 'StartSessionOptions' needs 'ServerUrl' unless 'Transport' is given")]
    [InlineData("new StartSessionOptions { ServerUrl = new Uri(\"https://a.example\") }")]
    [InlineData("new StartSessionOptions { ServerUrl = url }")]
    [InlineData("new StartSessionOptions { ServerUrl = new Uri(\"ftp://a.example\") }", "CHAT2004 new Uri(\"ftp://a.example\"): 'ServerUrl' must match the pattern ^https?://")]
    [InlineData("new StartSessionOptions { ServerUrl = null }", "CHAT2001 new StartSessionOptions: 'StartSessionOptions' needs 'ServerUrl' unless 'Transport' is given")]
    [InlineData("options with { MaxOfflineDuration = TimeSpan.FromSeconds(-5) }", "CHAT2003 TimeSpan.FromSeconds(-5): 'MaxOfflineDuration' must be at least 0, but is -5")]
    [InlineData("options with { MaxOfflineDuration = -TimeSpan.FromMinutes(1) }", "CHAT2003 -TimeSpan.FromMinutes(1): 'MaxOfflineDuration' must be at least 0, but is -60")]
    [InlineData("options with { MaxOfflineDuration = TimeSpan.Zero }")]
    [InlineData("options with { MaxOfflineDuration = TimeSpan.FromSeconds(9), StateStorage = new MemoryChatStateStorage() }", "CHAT2010 TimeSpan.FromSeconds(9): 'MaxOfflineDuration' has no effect together with 'StateStorage'")]
    [InlineData("options with { StateStorage = new MemoryChatStateStorage() }")]
    [InlineData("options with { DisableWebSockets = true, Transport = transport }", "CHAT2010 true: 'DisableWebSockets' has no effect together with 'Transport'")]
    [InlineData("new SendMessageOptions { Message = \"\" }", "CHAT2003 \"\": 'Message' must have at least 1 character, but has 0")]
    [InlineData("new SendMessageOptions { Message = null! }", "CHAT2006 null: 'Message' must not be null")]
    [InlineData("new SendMessageOptions { Message = \"a\", Type = (SendMessageOptionsType)7 }", "CHAT2005 (SendMessageOptionsType)7: 'Type' must be one of 'text', 'url'")]
    [InlineData("session.SendMessageAsync(\"\")", "CHAT2003 \"\": 'Message' must have at least 1 character, but has 0")]
    [InlineData("session.SendMessageAsync(\"a\")")]
    [InlineData("session.SendMessageAsync(name)")]
    [InlineData("session.GetTranscriptAsync(fromIndex: -1)", "CHAT2003 -1: 'FromIndex' must be at least 0, but is -1")]
    [InlineData("new GetTranscriptOptions { FromIndex = -1 }", "CHAT2003 -1: 'FromIndex' must be at least 0, but is -1")]
    public async Task Says_what_is_wrong_for_certain(string expression, params string[] expected)
    {
        string code = $$"""
            using System;
            using System.Collections.Generic;
            using System.Text.Json.Nodes;
            using ChatGen;
            using Acme.Chat;
            class Program
            {
                object Run(StartSessionOptions options, ChatSession session, IChatTransport transport, Uri url, string name) => {{expression}};
            }
            """;
        Assert.Equal(expected, await SayAsync(UsageRun.Compile(code, Schemas.BuiltIn)));
    }

    private static async Task<string[]> SayAsync(Compilation compilation)
    {
        ImmutableArray<Diagnostic> diagnostics = await UsageRun.AnalyzeAsync(compilation, new ChatUsageAnalyzer());
        return [.. diagnostics.Select(diagnostic => $"{diagnostic.Id} {Text(diagnostic.Location)}: {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}")];

        static string Text(Location location) => location.SourceTree!.GetText().ToString(location.SourceSpan);
    }
}
