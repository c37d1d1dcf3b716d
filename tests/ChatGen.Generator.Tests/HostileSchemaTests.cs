using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace ChatGen.Generator.Tests;

/// <summary>A schema is untrusted text: it must not be able to put code of its own into the output.</summary>
public class HostileSchemaTests
{
    public static TheoryData<string> Texts =>
    [
        "EVIL\"; } class EVIL { string s = \"",
        "EVIL */ class EVIL { } /*",
        "EVIL\nclass EVIL { }",
        "EVIL\r\nclass EVIL { }",
        "EVIL\u2028class EVIL { }",
        "EVIL\u2029class EVIL { }",
        "EVIL\u0085class EVIL { }",
        "EVIL</summary><script>alert(1)</script>",
        "EVIL ]]> <!-- --> &amp; &#x0; {0} {{",
        "EVIL \\\" \\u0022 \\\\",
        "EVIL \ud83d\udca5 \ud83d",
        "EVIL \u0000\u0001\u007f\ufffe\uffff",
        "EVIL \"\"\" \"\"\"\"",
        "EVIL #if true\n#error EVIL",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_of_the_schema_stays_in_literals_and_comments(string text)
    {
        string json = Json(text);
        GeneratorRun run = GeneratorRun.Of($$"""
            { "$schema": "http://json-schema.org/draft-07/schema#", "$id": {{json}},
              "x-chat": { "extends": "genesys-gwe-8.5",
                "errors": { "member": {{json}}, "code": {{json}}, "description": {{json}} },
                "commands": { "sendMessage": { "description": {{json}} } },
                "events": { "discriminator": {{json}}, "types": { "agentConnected": { "wire": {{json}} } } },
                "transports": { "cometd": { "operation": {{json}}, "operations": { "leave": {{json}} } } } },
              "definitions": {
                "StartSessionOptions": { "description": {{json}},
                  "properties": { "username": { "description": {{json}}, "default": {{json}}, "x-chat-mandatory-when": {{json}} },
                                  "x": { "type": "string", "enum": [{{Json("1" + text)}}], "description": {{json}} } } },
                "ErrorCode": { "description": {{json}}, "x-chat-codes": {
                    "A": { "code": {{json}}, "description": {{json}} } },
                  "x-chat-ranges": [{ "name": {{json}}, "from": -5, "to": 5, "description": {{json}} }] } } }
            """);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
        AssertNoCode(run);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_of_the_REST_mapping_stays_in_literals_and_comments(string text)
    {
        string json = Json(text);
        string template = Json(text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
        GeneratorRun run = GeneratorRun.Of($$"""
            { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme",
              "x-chat": { "extends": "genesys-gwe-8.5",
                "transports": { "rest": {
                  "tables": { "names": { {{json}}: {{json}} } },
                  "requests": {
                    "leave": { "description": {{json}}, "query": { {{json}}: "{sessionId}", "b": {{template}} }, "body": { "content": { {{json}}: [{{template}}] } } },
                    "sendTyping": { "path": "/{options.typedText}", "body": { "encoding": "multipart", "content": { {{json}}: "{options.isTyping}" } } },
                    {{json}}: { "description": {{json}}, "method": "GET", "path": "/a" } },
                  "errors": [{ "when": { "{/a}": {{template}} }, "code": 52, "description": {{template}} }],
                  "events": { "map": [{ "event": "sessionEnded", "when": { "{/b}": [{{template}}] }, "members": { "reason": "{/c|names}" } }] } } } } }
            """);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
        AssertNoCode(run);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_where_the_REST_mapping_has_names_and_addresses_is_reported(string text)
    {
        string json = Json(text);
        GeneratorRun run = GeneratorRun.Of($$"""
            { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme",
              "x-chat": { "extends": "genesys-gwe-8.5",
                "transports": { "rest": { "interface": {{json}}, "take": { {{json}}: {{json}} }, "headers": { {{json}}: {{json}} }, "allowedHosts": [{{json}}],
                  "requests": { "leave": { "method": {{json}}, "path": {{json}} }, "sendTyping": { "path": null, "url": {{json}} } }, "operations": { {{json}}: {{json}} } } } } }
            """);

        Assert.NotEmpty(run.Diagnostics);
        Assert.All(run.Diagnostics, diagnostic => Assert.Contains(diagnostic.Id, (string[])["CHAT1016", "CHAT1050"]));
        Assert.Empty(run.CompilerProblems);
        AssertNoCode(run);
    }

    public static TheoryData<string> NamesOfMembers =>
    [
        "class", "Class", "record", "", " ", "a b", "1st", "a\"b", "a\\b", "\u00e9t\u00e9", "\ud83d\udca5", "a\u200db", "\u2028", "$ref!", "EqualityContract", "Validate",
        "ToString", "GetHashCode", "StartSessionOptions", "ChatSchema", "x\u0000y", "__", "a.b", "{0}", "<summary>",
    ];

    [Theory]
    [MemberData(nameof(NamesOfMembers))]
    public void Any_name_of_a_member_becomes_an_identifier(string name)
    {
        string json = Json(name);
        GeneratorRun run = GeneratorRun.Of($$"""
            { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme",
              "x-chat": { "extends": "genesys-gwe-8.5" },
              "definitions": { "StartSessionOptions": { "properties": {
                {{json}}: { "type": "string", "minLength": 1, "pattern": "^a" } } } } }
            """);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
    }

    [Theory]
    [MemberData(nameof(NamesOfMembers))]
    public void Any_name_of_a_definition_command_event_or_code_gives_code_that_compiles_or_a_diagnostic(string name)
    {
        string json = Json(name);
        GeneratorRun run = GeneratorRun.Of($$"""
            { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme",
              "x-chat": { "extends": "genesys-gwe-8.5",
                "commands": { {{json}}: { } },
                "events": { "types": { {{json}}: { "wire": "Mine", "payload": { "$ref": "#/definitions/Mine" } } } },
                "transports": { "cometd": { "operations": { {{json}}: "mine" } },
                  "rest": { "requests": { {{json}}: { "method": "GET", "path": "/a", "query": { {{json}}: "{sessionId}" } } }, "tables": { "names": { {{json}}: {{json}} } } } } },
              "definitions": {
                {{json}}: { "type": "object", "properties": { "a": { "type": "string", "enum": ["x", {{json}}] } } },
                "Mine": { "type": "object", "properties": { "index": { "type": "string" } } },
                "ErrorCode": { "x-chat-codes": { {{json}}: { "code": 4101, "description": "Mine." } } } } }
            """);

        Assert.All(run.Diagnostics, diagnostic => Assert.StartsWith("CHAT1", diagnostic.Id, StringComparison.Ordinal));
        Assert.Empty(run.CompilerProblems);
    }

    /// <summary>Outside literals and comments the marker must not stand, since no identifier was made of it.</summary>
    private static void AssertNoCode(GeneratorRun run)
    {
        foreach (SyntaxTree tree in run.Result.GeneratedTrees)
        {
            SyntaxNode root = tree.GetRoot(TestContext.Current.CancellationToken);
            Assert.DoesNotContain(root.DescendantTokens(), token => token.IsKind(SyntaxKind.IdentifierToken) && token.Text == "EVIL");
            Assert.DoesNotContain(root.DescendantTrivia(), trivia => trivia.IsDirective && trivia.ToString().Contains("EVIL", StringComparison.Ordinal));
        }
    }

    private static string Json(string text) => "\"" + string.Concat(text.Select(character => $"\\u{(int)character:x4}")) + "\"";
}
