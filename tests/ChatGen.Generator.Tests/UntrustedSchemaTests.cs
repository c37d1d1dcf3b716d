using System.Globalization;
using Microsoft.CodeAnalysis;
using Xunit;

namespace ChatGen.Generator.Tests;

/// <summary>Schemas that fuzzing found: each once broke the generator, the compiler or the generated code.</summary>
public class UntrustedSchemaTests
{
    private const string Shapes = """
        "Circle": { "type": "object", "properties": { "kind": { "const": "circle" } }, "required": ["kind"] },
        "Square": { "type": "object", "properties": { "kind": { "const": "square" } }, "required": ["kind"] },
        "Shape": { "oneOf": [{ "$ref": "#/definitions/Circle" }, { "$ref": "#/definitions/Square" }] }
        """;

    [Fact]
    public void A_list_of_itself_is_reported()
    {
        GeneratorRun run = Variant("""
            "Tree": { "type": "array", "items": { "$ref": "#/definitions/Tree" } },
            "StartSessionOptions": { "properties": { "tree": { "$ref": "#/definitions/Tree" } } }
            """);

        Assert.Equal(["CHAT1009"], run.Diagnostics.Select(diagnostic => diagnostic.Id));
        Assert.Empty(run.CompilerProblems);
    }

    [Fact]
    public void Lists_through_many_definitions_are_reported_where_they_nest_too_deep()
    {
        string definitions = string.Join(", ", Enumerable.Range(0, 2000).Select(i => string.Create(CultureInfo.InvariantCulture, $$"""
            "D{{i}}": { "type": "array", "items": { "$ref": "#/definitions/D{{i + 1}}" } }
            """)));
        GeneratorRun run = Variant(definitions + """
            , "D2000": { "type": "string" }, "StartSessionOptions": { "properties": { "deep": { "$ref": "#/definitions/D0" } } }
            """);

        Assert.All(run.Diagnostics, diagnostic => Assert.Equal("CHAT1017", diagnostic.Id));
        Assert.NotEmpty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
    }

    [Fact]
    public void A_list_of_enumerated_strings_can_be_referred_to_twice()
    {
        GeneratorRun run = Variant("""
            "Tags": { "type": "array", "items": { "type": "string", "enum": ["a", "b"] } },
            "StartSessionOptions": { "properties": { "one": { "$ref": "#/definitions/Tags" }, "two": { "$ref": "#/definitions/Tags" } } }
            """);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
    }

    [Theory]
    [InlineData("\u0928\u092e\u0938\u094d\u0924\u0947")]
    [InlineData("\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35")]
    [InlineData("e\u0301te\u0301")]
    public void A_definition_with_a_name_in_any_script_gets_a_file(string name)
    {
        GeneratorRun run = Variant($$"""
            "{{name}}": { "type": "object", "properties": { "a": { "type": "string" } } }
            """);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
    }

    [Theory]
    [InlineData("ChatClient")]
    [InlineData("foo")]
    [InlineData("Equals")]
    public void An_event_whose_payload_has_a_taken_name_is_left_out(string definition)
    {
        GeneratorRun run = GeneratorRun.Of($$"""
            { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme",
              "x-chat": { "extends": "genesys-gwe-8.5",
                "events": { "types": { "mine": { "wire": "Mine", "payload": { "$ref": "#/definitions/{{definition}}" } } } },
                "commands": { "ask": { "options": { "$ref": "#/definitions/{{definition}}" }, "parameters": ["a"] } } },
              "definitions": { "Foo": { "type": "object", "properties": { "a": { "type": "string" } } },
                               "{{definition}}": { "type": "object", "properties": { "a": { "type": "string" } } } } }
            """);

        Assert.Contains(run.Diagnostics, diagnostic => diagnostic.Id == "CHAT1013");
        Assert.Empty(run.CompilerProblems);
    }

    [Fact]
    public void Error_codes_keep_apart_from_a_record_of_their_name()
    {
        GeneratorRun run = Variant("""
            "ErrorCode": { "x-chat-codes": null, "type": "object", "properties": { "a": { "type": "string" } } }
            """);

        Assert.Empty(run.CompilerProblems);
    }

    [Theory]
    [InlineData("\"cometd\": { \"channel\": null }")]
    [InlineData("\"rest\": { \"interface\": null }")]
    [InlineData("\"rest\": { \"interface\": \"ChatClient\" }")]
    [InlineData("\"rest\": { \"interface\": \"record\" }")]
    [InlineData("\"rest\": { \"interface\": \"errorCode\" }")]
    [InlineData("\"rest\": { \"requests\": { \"leave\": { \"path\": \"\\\"); class EVIL { } //\" } } }")]
    public void A_transport_that_cannot_be_made_is_reported_in_the_schema(string transport)
    {
        GeneratorRun run = GeneratorRun.Of($$"""
            { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme",
              "x-chat": { "extends": "genesys-gwe-8.5", "transports": { {{transport}} } },
              "definitions": { "IChatApi": { "type": "object", "properties": { "a": { "type": "string" } } } } }
            """);

        Assert.NotEmpty(run.Diagnostics);
        Assert.All(run.Diagnostics, diagnostic => Assert.Equal("CHAT1016", diagnostic.Id));
        Assert.Empty(run.CompilerProblems);
    }

    [Fact]
    public void A_REST_mapping_of_the_start_alone_compiles()
    {
        GeneratorRun run = GeneratorRun.Of("""
            { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme",
              "x-chat": { "extends": "genesys-gwe-8.5", "transports": { "rest": { "requests": { "getTranscript": null, "getEvents": null, "sendMessage": null, "sendTyping": null, "leave": null }, "events": null } } }, "definitions": { } }
            """);

        Assert.Empty(run.CompilerProblems);
    }

    [Theory]
    [InlineData("\"start\": { \"name\": \"sendMessage\" }")]
    [InlineData("\"start\": { \"name\": \"restore-session\" }")]
    public void Operations_of_one_name_are_reported(string chat)
    {
        GeneratorRun run = GeneratorRun.Of($$"""
            { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5", {{chat}}, "transports": null }, "definitions": { } }
            """);

        Assert.Contains(run.Diagnostics, diagnostic => diagnostic.Id == "CHAT1013");
        Assert.Empty(run.CompilerProblems);
    }

    [Theory]
    [InlineData("[\"message\", \"message\"]")]
    [InlineData("[\"message\", \"cancellationToken\"]")]
    public void Parameters_that_no_method_can_have_are_reported(string parameters)
    {
        GeneratorRun run = GeneratorRun.Of($$"""
            { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme",
              "x-chat": { "extends": "genesys-gwe-8.5", "commands": { "sendMessage": { "parameters": {{parameters}} } } },
              "definitions": { "SendMessageOptions": { "properties": { "cancellationToken": { "type": "string" } } } } }
            """);

        Assert.Equal(["CHAT1016"], run.Diagnostics.Select(diagnostic => diagnostic.Id));
        Assert.Empty(run.CompilerProblems);
    }

    [Fact]
    public void A_parameter_of_the_type_of_the_options_themselves_is_reported()
    {
        GeneratorRun run = GeneratorRun.Of("""
            { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme",
              "x-chat": { "extends": "genesys-gwe-8.5", "commands": { "sendTyping": { "parameters": ["self"] } } },
              "definitions": { "SendTypingOptions": { "properties": { "self": { "$ref": "#/definitions/SendTypingOptions" } } } } }
            """);

        Assert.Equal(["CHAT1016"], run.Diagnostics.Select(diagnostic => diagnostic.Id));
        Assert.Empty(run.CompilerProblems);
    }

    [Fact]
    public void A_second_property_for_one_setting_of_the_client_is_reported()
    {
        GeneratorRun run = Variant("""
            "StartSessionOptions": { "properties": {
              "other": { "type": "number", "x-chat-unit": "seconds", "x-chat-client": "maxOfflineDuration" }, "another": { "x-chat-service": "transport" } } }
            """);

        Assert.Equal(["CHAT1016", "CHAT1016"], run.Diagnostics.Select(diagnostic => diagnostic.Id));
        Assert.Empty(run.CompilerProblems);
    }

    [Theory]
    [InlineData("\"required\": [\"transport\", \"logger\"]")]
    [InlineData("\"properties\": { \"subject\": { \"type\": \"integer\", \"x-chat-empty-as-default\": true, \"default\": 1 } }")]
    [InlineData("\"properties\": { \"x\": { \"type\": \"string\", \"enum\": [\"Deconstruct\", \"PrintMembers\", \"GetType\", \"a b\", \"a-b\", \"a.b\"] } }")]
    public void What_the_schema_may_say_compiles(string members)
    {
        GeneratorRun run = Variant($$"""
            "StartSessionOptions": { {{members}} }, "Party": { "properties": { "kind": { "type": "string", "enum": ["Deconstruct", "PrintMembers", "GetType", "a b", "a-b", "a.b"] } } }
            """);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
    }

    [Fact]
    public void A_bound_that_no_number_of_CSharp_can_hold_is_checked_all_the_same()
    {
        GeneratorRun run = Variant("""
            "StartSessionOptions": { "properties": { "x": { "type": "number", "maximum": 1e400 } } }
            """);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
        Assert.Contains("1e400", run.Source("ChatJsonRules"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_may_be_named_as_the_type_of_another_with_a_default()
    {
        GeneratorRun run = Variant("""
            "Colour": { "type": "string", "enum": ["red"], "default": "red" },
            "StartSessionOptions": { "properties": { "Colour": { "type": "string" }, "x": { "$ref": "#/definitions/Colour" } } }
            """);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
    }

    [Fact]
    public void Names_that_are_too_long_for_metadata_are_cut()
    {
        string name = new('n', 2000);
        GeneratorRun run = Variant($$"""
            "{{name}}": { "type": "object", "properties": { "{{name}}": { "type": "string" } } }
            """);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.Output.Emit(Stream.Null, cancellationToken: TestContext.Current.CancellationToken).Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
    }

    [Theory]
    [InlineData("{ \"allOf\": [{ \"$ref\": \"#/definitions/D{next}\" }, { \"minProperties\": 1 }] }")]
    [InlineData("{ \"allOf\": [{ \"$ref\": \"#/definitions/D{next}\" }], \"properties\": { \"p{i}\": { \"type\": \"string\" } } }")]
    public void A_schema_that_applies_too_many_others_is_reported_once(string definition)
    {
        string definitions = string.Join(", ", Enumerable.Range(0, 3000).Select(i => $"\"D{i}\": "
            + definition.Replace("{i}", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("{next}", (i + 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)));
        GeneratorRun run = Variant(definitions + """, "D3000": { "type": "object", "properties": { "last": { "type": "string" } } }""");

        Assert.Equal(["CHAT1017"], run.Diagnostics.Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public void What_is_taken_over_into_many_schemas_is_bounded()
    {
        string members = string.Join(", ", Enumerable.Range(0, 1000).Select(i => $"\"p{i}\": {{ \"type\": \"string\" }}"));
        string definitions = string.Join(", ", Enumerable.Range(0, 200).Select(i => $"\"D{i}\": {{ \"allOf\": [{{ \"$ref\": \"#/definitions/B\" }}], \"minProperties\": 1 }}"));
        GeneratorRun run = Variant($"\"B\": {{ \"type\": \"object\", \"properties\": {{ {members} }} }}, {definitions}");

        Assert.Equal(["CHAT1017"], run.Diagnostics.Select(diagnostic => diagnostic.Id));
    }

    [Theory]
    [InlineData("\"#/definitions/StartSessionOptions/properties\"")]
    [InlineData("\"#/definitions/Odd/x-deep\"")]
    [InlineData("\"#/definitions\"")]
    public void A_reference_to_what_holds_schemas_that_were_read_is_followed(string reference)
    {
        GeneratorRun run = Variant($$"""
            "Odd": { "x-deep": { "items": { "type": "string" }, "not": { "not": { } } } },
            "StartSessionOptions": { "properties": {
              "first": { "$ref": "#/definitions/Odd/x-deep/not" }, "items": { "type": "integer" }, "not": { "type": "string" }, "odd": { "$ref": {{reference}} } } }
            """);

        Assert.DoesNotContain(run.Diagnostics, diagnostic => diagnostic.Id is "CHAT0001" or "CS8785");
        Assert.Empty(run.CompilerProblems);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{ \"$id\": ")]
    public void A_reference_to_a_document_that_is_no_schema_is_reported(string other)
    {
        GeneratorRun run = GeneratorRun.Of(
        [
            new SchemaFile("/work/acme.chat.json", """
                { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" },
                  "definitions": { "StartSessionOptions": { "properties": { "a": { "$ref": "other.chat.json" }, "b": { "$ref": "other.chat.json#/definitions/X" } } } } }
                """, "Acme.Chat"),
            new SchemaFile("/work/other.chat.json", other, "Other.Chat"),
        ]);

        Assert.DoesNotContain(run.Diagnostics, diagnostic => diagnostic.Id is "CHAT0001" or "CS8785");
        Assert.NotEmpty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
    }

    [Fact]
    public void A_branch_of_a_hierarchy_that_only_the_backend_sends_may_be_part_of_options()
    {
        GeneratorRun run = Variant(Shapes + """
            , "Party": { "properties": { "shape": { "$ref": "#/definitions/Shape" } } }, "StartSessionOptions": { "properties": { "circle": { "$ref": "#/definitions/Circle" } } }
            """);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
    }

    [Fact]
    public void An_event_that_is_a_branch_of_a_hierarchy_is_reported()
    {
        GeneratorRun run = GeneratorRun.Of($$"""
            { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme",
              "x-chat": { "extends": "genesys-gwe-8.5", "events": { "types": { "mine": { "wire": "Mine", "payload": { "$ref": "#/definitions/Circle" } } } } }, "definitions": { {{Shapes}} } }
            """);

        Assert.Equal(["CHAT1013"], run.Diagnostics.Select(diagnostic => diagnostic.Id));
        Assert.Empty(run.CompilerProblems);
    }

    [Fact]
    public void Faults_that_two_checks_find_are_reported_once_each()
    {
        string properties = string.Join(", ", Enumerable.Range(0, 1500).Select(i => $"\"p{i}\": {{ \"minLength\": -1, \"allOf\": 1, \"uniqueItems\": 2 }}"));
        GeneratorRun run = Variant($"\"StartSessionOptions\": {{ \"properties\": {{ {properties} }} }}");

        // Each once, though both checks find the first two.
        Assert.Equal(4500, run.Diagnostics.Length);
    }

    [Theory]
    [InlineData("properties", "{", "\"p\": true", "}")]
    [InlineData("anyOf", "[", "{ \"required\": [\"p0\"] }", "]")]
    [InlineData("oneOf", "[", "{ \"const\": 0 }", "]")]
    public void A_keyword_with_too_many_subschemas_is_reported_at_its_name(string keyword, string open, string subschema, string close)
    {
        string subschemas = string.Join(", ", Enumerable.Range(0, 2001).Select(i => subschema.Replace("\"p\"", $"\"p{i}\"", StringComparison.Ordinal)));
        string definition = keyword == "properties" ? $"\"required\": [\"p2000\"], \"{keyword}\": {open} {subschemas} {close}" : $"\"{keyword}\": {open} {subschemas} {close}";
        string text = Text($"\"Many\": {{ {definition} }}");
        GeneratorRun run = GeneratorRun.Of(text);

        Diagnostic diagnostic = Assert.Single(run.Diagnostics, diagnostic => diagnostic.Id == "CHAT1017");
        Assert.DoesNotContain(run.Diagnostics, other => other.DefaultSeverity == DiagnosticSeverity.Error && other != diagnostic);
        Assert.Equal($"\"{keyword}\"", text.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
        Assert.Equal($"The schema has more than 2000 subschemas in one '{keyword}'; split or flatten it", diagnostic.GetMessage(CultureInfo.InvariantCulture));
        Assert.Empty(run.CompilerProblems);
    }

    [Fact]
    public void A_text_with_too_many_values_is_read_up_to_there()
    {
        string text = Text($"\"StartSessionOptions\": {{ \"properties\": {{ \"p\": {{ \"type\": \"string\", \"examples\": [{string.Join(",", Enumerable.Repeat("1", 30_000))}] }} }} }}");
        GeneratorRun run = GeneratorRun.Of(text);

        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("CHAT1017", diagnostic.Id);
        Assert.Equal("1", text.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
        Assert.Equal("The schema has more than 30000 values; split or flatten it", diagnostic.GetMessage(CultureInfo.InvariantCulture));
        Assert.Empty(run.CompilerProblems);
    }

    [Fact]
    public void The_meanings_of_dynamic_anchors_are_bounded()
    {
        static string Anchors(int i) => string.Join(", ", Enumerable.Range(0, 40).Select(j => $"\"{j}\": {{ \"$dynamicAnchor\": \"a{i}-{j}\" }}"));
        string definitions = string.Join(", ", Enumerable.Range(0, 200).Select(i => $"\"D{i}\": {{ \"$id\": \"r{i}\", \"$defs\": {{ {Anchors(i)} }}, \"not\": {{ \"items\": {{ \"$ref\": \"r{i + 1}\" }} }} }}"));
        GeneratorRun run = GeneratorRun.Of($$"""
            { "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" },
              "definitions": { {{definitions}}, "D200": { "$id": "r200" } } }
            """);

        Assert.Equal(["CHAT1017"], run.Diagnostics.Select(diagnostic => diagnostic.Id));
        Assert.Empty(run.CompilerProblems);
    }

    [Theory]
    [InlineData("\"minLength\": 1e")]
    [InlineData("\"multipleOf\": 1e+")]
    [InlineData("\"minimum\": -")]
    [InlineData("\"maxLength\": 1x10")]
    [InlineData("\"maxLength\": 2ex10")]
    public void A_text_that_breaks_off_within_a_number_is_reported(string end)
    {
        GeneratorRun run = GeneratorRun.Of($$"""
            { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" }, "definitions": { "StartSessionOptions": { "properties": { "a": { {{end}}
            """);

        Assert.DoesNotContain(run.Diagnostics, diagnostic => diagnostic.Id is "CHAT0001" or "CS8785");
        Assert.NotEmpty(run.Diagnostics);
    }

    private static GeneratorRun Variant(string definitions) => GeneratorRun.Of(Text(definitions));

    private static string Text(string definitions) => $$"""
        { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" }, "definitions": { {{definitions}} } }
        """;
}
