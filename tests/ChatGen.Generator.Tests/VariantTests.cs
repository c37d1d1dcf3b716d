using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace ChatGen.Generator.Tests;

/// <summary>What a schema's author can change, and how it looks in C#.</summary>
public class VariantTests
{
    [Fact]
    public void A_variant_adds_options_and_error_codes_to_its_base()
    {
        GeneratorRun run = GeneratorRun.Of("""
            { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme",
              "x-chat": { "extends": "genesys-gwe-8.5" },
              "definitions": {
                "StartSessionOptions": { "properties": { "queue": { "type": "string", "enum": ["sales", "support"] }, "subject": { "maxLength": 64 } }, "required": ["queue"] },
                "ErrorCode": { "x-chat-codes": { "QueueClosed": { "code": 4101, "description": "The queue is closed.", "recovery": "fatal" } } } } }
            """, """
            #nullable enable
            using System;
            using Acme.Chat;

            internal static class Program
            {
                internal static StartSessionOptions Options => new() { ServerUrl = new Uri("https://chat.example.com/cometd"), Queue = StartSessionOptionsQueue.Sales, Subject = "Hello" };

                internal static bool IsClosed(ChatGen.ChatException exception) => exception.Code == ErrorCode.QueueClosed;
            }
            """);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
        Assert.Contains("ChatRules.MaxLength(ref failures, \"subject\", \"Subject\", Subject, 64);", run.Source("StartSessionOptions"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_null_in_a_variant_removes_what_the_base_has()
    {
        GeneratorRun run = GeneratorRun.Of("""
            { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme",
              "x-chat": { "extends": "genesys-gwe-8.5", "commands": { "sendTyping": null }, "transports": { "cometd": { "operations": { "sendTyping": null } }, "rest": null } },
              "definitions": { "StartSessionOptions": { "properties": { "subject": null } }, "SendTypingOptions": null } }
            """);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
        Assert.DoesNotContain("Subject", run.Source("StartSessionOptions"), StringComparison.Ordinal);
        Assert.DoesNotContain("SendTypingAsync", run.Source("ChatSession"), StringComparison.Ordinal);
        Assert.DoesNotContain(run.Result.GeneratedTrees, tree => tree.FilePath.Contains("IChatApi", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_supported_type_and_rule_gives_code_that_compiles()
    {
        GeneratorRun run = GeneratorRun.Of("""
            { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme",
              "x-chat": { "extends": "genesys-gwe-8.5",
                "commands": { "act": { "options": { "$ref": "#/definitions/ActOptions" }, "result": { "$ref": "#/definitions/Everything" }, "parameters": ["list", "nested", "maybe", "pause"] } }, "transports": { "cometd": { "operations": { "act": "act" } } } },
              "definitions": {
                "ActOptions": { "type": "object", "additionalProperties": false, "required": ["list", "nested", "maybe"], "properties": {
                    "list": { "type": "array", "minItems": 1, "maxItems": 3, "items": { "$ref": "#/definitions/Everything" } },
                    "nested": { "type": "object", "required": ["x"], "properties": { "x": { "type": "integer", "minimum": -5, "maximum": 1e3, "exclusiveMinimum": -6, "exclusiveMaximum": 2000 } } },
                    "maybe": { "type": ["string", "null"], "maxLength": 3 },
                    "pause": { "type": "number", "x-chat-unit": "milliseconds", "minimum": 0.5 } } },
                "Everything": { "type": "object", "properties": {
                    "s": { "type": "string", "default": "a" }, "b": { "type": "boolean", "default": true }, "i": { "type": "integer", "default": 9000000000 },
                    "n": { "type": "number", "default": -1.5e3, "maximum": 0 }, "u": { "type": "string", "format": "uri" }, "d": { "type": "string", "format": "date-time" },
                    "g": { "type": "string", "format": "uuid" }, "o": { "type": "object" }, "any": {}, "yes": true, "map": { "type": "object", "additionalProperties": { "type": "integer" } },
                    "maps": { "type": "array", "items": { "type": "object", "additionalProperties": { "type": "array", "items": { "type": "boolean" } } } },
                    "e": { "type": "string", "enum": ["a", "A", "a b"], "default": "A" }, "ne": { "type": ["string", "null"], "enum": ["x"] },
                    "es": { "type": "array", "items": { "type": "string", "enum": ["p", "q"] } },
                    "code": { "$ref": "#/definitions/ErrorCode" }, "codes": { "type": "array", "items": { "$ref": "#/definitions/ErrorCode" } },
                    "events": { "type": "array", "items": { "$ref": "#/definitions/ChatEvent" } }, "event": { "$ref": "#/definitions/ChatEvent" },
                    "one": { "$ref": "#/definitions/MessageReceivedEvent" }, "self": { "$ref": "#/definitions/Everything" },
                    "nd": { "type": ["integer", "null"], "default": 5 }, "color": { "$ref": "#/definitions/Color" }, "span": { "type": "number", "x-chat-unit": "seconds", "default": 0.25 } } },
                "Color": { "type": "string", "enum": ["red", "green"] } } }
            """);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
    }

    [Fact]
    public void A_parameter_list_that_lacks_a_required_member_is_located()
    {
        GeneratorRun run = GeneratorRun.Of("""
            { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme",
              "x-chat": { "extends": "genesys-gwe-8.5", "commands": { "sendMessage": { "parameters": ["type"] } } } }
            """);

        Assert.Equal("'message' is required and must be a parameter too", Assert.Single(run.Diagnostics).GetMessage(null));
        Assert.Empty(run.CompilerProblems);
    }

    [Fact]
    public void Several_schemas_go_into_namespaces_of_their_own()
    {
        const string Variant = """{ "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" } }""";

        GeneratorRun run = GeneratorRun.Of([new SchemaFile("/work/a.json", Variant, "Acme.A"), new SchemaFile("/work/b.json", Variant, ""), new SchemaFile("/work/c.json", Variant, "Acme.A")]);

        Assert.Equal("CHAT0005", Assert.Single(run.Diagnostics).Id);
        Assert.Equal("/work/c.json", run.Diagnostics[0].Location.GetLineSpan().Path);
        Assert.Empty(run.CompilerProblems);
        Assert.NotNull(run.Output.GetTypeByMetadataName("Acme.A.ChatClient"));
        Assert.NotNull(run.Output.GetTypeByMetadataName("Acme.Chat.ChatClient"));
    }

    [Fact]
    public void A_namespace_that_is_none_is_refused()
    {
        GeneratorRun run = GeneratorRun.Of([new SchemaFile("/work/a.json", "{}", "Acme; class EVIL { }")]);

        Assert.Equal("CHAT0004", Assert.Single(run.Diagnostics).Id);
        Assert.Empty(run.Result.GeneratedTrees);
    }

    [Fact]
    public void Without_the_runtime_one_error_says_what_to_reference()
    {
        GeneratorRun run = GeneratorRun.Of([], withRuntime: false);

        Assert.Equal("CHAT0002", Assert.Single(run.Diagnostics).Id);
        Assert.Empty(run.Result.GeneratedTrees);
    }

    [Fact]
    public void With_an_old_language_version_one_error_says_which_is_needed()
    {
        GeneratorRun run = GeneratorRun.Of([], language: LanguageVersion.CSharp11);

        Assert.Equal("CHAT0003", Assert.Single(run.Diagnostics).Id);
        Assert.Equal("The generated chat client needs C# 12 or later, but the project uses C# 11.0; set LangVersion", run.Diagnostics[0].GetMessage(null));
        Assert.Empty(run.Result.GeneratedTrees);
    }

    [Fact]
    public void The_order_of_schemas_does_not_change_the_output()
    {
        SchemaFile a = new("/work/a.json", """{ "$schema": "http://json-schema.org/draft-07/schema#", "$id": "a", "x-chat": { "extends": "genesys-gwe-8.5" } }""", "Acme.A");
        SchemaFile b = new("/work/b.json", """{ "$schema": "http://json-schema.org/draft-07/schema#", "$id": "b", "x-chat": { "extends": "genesys-gwe-8.5" } }""", "Acme.B");

        Assert.Equal(Sources(GeneratorRun.Of([a, b])), Sources(GeneratorRun.Of([b, a])));

        static string[] Sources(GeneratorRun run) => [.. run.Result.GeneratedTrees.Select(tree => tree.FilePath + "\n" + tree).Order(StringComparer.Ordinal)];
    }
}
