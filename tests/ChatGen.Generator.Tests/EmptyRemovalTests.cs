using System.Globalization;
using Microsoft.CodeAnalysis;
using Xunit;

namespace ChatGen.Generator.Tests;

/// <summary>What is said of a <c>null</c> in a variant where the base has nothing to remove.</summary>
public class EmptyRemovalTests
{
    [Theory]
    [InlineData("""{ "properties": { "subjct": [|null|] } }""", "subjct", "did you mean 'subject'?")]
    [InlineData("""{ "properties": { "entirelyOther": [|null|] } }""", "entirelyOther", "leave it out")]
    [InlineData("""{ "properties": { "queue": { "type": "string", "description": [|null|] } } }""", "description", "leave it out")]
    [InlineData("""{ "properties": { "default": [|null|] } }""", "default", "leave it out")]
    [InlineData("""{ "properties": { "queue": { "type": "null", "const": [|null|] } } }""", "const", "a variant cannot set null: say '\"enum\": [null]'")]
    [InlineData("""{ "properties": { "queue": { "const": { "a": { "b": [|null|] } } } } }""", "b", "a variant cannot set null: give the value in the array of 'enum', not as 'const'")]
    [InlineData("""{ "properties": { "queue": { "type": ["string", "null"], "default": [|null|] } } }""", "default", "a variant cannot set null: leave the default out")]
    public void A_null_that_removes_nothing_is_located(string options, string member, string advice)
    {
        string text = Text(options);
        GeneratorRun run = GeneratorRun.Of(text.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal));

        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("CHAT1035", diagnostic.Id);
        Assert.Equal(DiagnosticSeverity.Warning, diagnostic.DefaultSeverity);
        Assert.Equal(text.IndexOf("[|", StringComparison.Ordinal), diagnostic.Location.SourceSpan.Start);
        Assert.Equal("null".Length, diagnostic.Location.SourceSpan.Length);
        Assert.Equal($"The null removes '{member}' from what is extended, which has none; {advice}", diagnostic.GetMessage(CultureInfo.InvariantCulture));
        Assert.Empty(run.CompilerProblems);
    }

    [Theory]
    [InlineData("""{ "properties": { "subject": null } }""")]
    [InlineData("""{ "properties": { "queue": { "enum": [null, { "a": null }] } } }""")]
    public void A_null_that_removes_something_or_stands_in_an_array_is_left_alone(string options)
    {
        GeneratorRun run = GeneratorRun.Of(Text(options));

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
    }

    [Fact]
    public void A_null_of_a_base_is_reported_in_the_base_alone()
    {
        GeneratorRun run = GeneratorRun.Of(
        [
            new SchemaFile("/work/base.chat.json", Text("""{ "properties": { "nope": null } }""").Replace("acme", "base", StringComparison.Ordinal), "", "false"),
            new SchemaFile("/work/acme.chat.json", Text("{ }").Replace("genesys-gwe-8.5", "base", StringComparison.Ordinal), "Acme.Chat"),
        ]);

        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("CHAT1035", diagnostic.Id);
        Assert.Equal("/work/base.chat.json", diagnostic.Location.GetLineSpan().Path);
    }

    private static string Text(string options) => $$"""
        { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" }, "definitions": { "StartSessionOptions": {{options}} } }
        """;
}
