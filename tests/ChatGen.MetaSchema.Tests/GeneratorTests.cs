using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Model;
using ChatGen.Generator.Tests;
using Xunit;

namespace ChatGen.MetaSchema.Tests;

/// <summary>What the generator says of mistakes that the meta-schema finds, and where.</summary>
public class GeneratorTests
{
    [Theory]
    [InlineData("""{ "type": "string", "x-chat-empty-as-default": {|CHAT1050:"yes"|} }""")]
    [InlineData("""{ "type": "string", "x-chat-mandatory-when": {|CHAT1050:true|} }""")]
    [InlineData("""{ "type": "string", "x-chat-mandatory-when": {|CHAT1050:""|} }""")]
    [InlineData("""{ "type": "string", "x-chat-unit": {|CHAT1050:"seconds"|} }""")]
    [InlineData("""{ "type": ["integer", "null"], "x-chat-unit": {|CHAT1050:"milliseconds"|} }""")]
    [InlineData("""{ "type": "object", "x-chat-any-event": {|CHAT1050:false|} }""")]
    [InlineData("""{ "type": "integer", "x-chat-codes": {|CHAT1050:{ "A": { "code": 1, "description": "A." } }|} }""")]
    [InlineData("""{ "type": "string", "examples": {|CHAT1050:"Jane"|} }""")]
    [InlineData("""{ "type": "string", "examples": {|CHAT1050:"yes"|}, "writeOnly": {|CHAT1006:1|} }""")]
    [InlineData("""{ "type": "string", "$comment": {|CHAT1050:[ "a",  "b" ]|} }""")]
    [InlineData("""{ "$ref": "#/definitions/Party", "type": {|CHAT1050:"strnig"|} }""")]
    [InlineData("""{ "$ref": "#/definitions/Party", {|CHAT1050:"descripton"|}: "Who." }""")]
    [InlineData("""{ "$ref": "#/definitions/Party", "properties": { "a": { "items": [ true, { "required": [ "b", {|CHAT1050:1|} ] } ] } } }""")]
    [InlineData("""{ "$ref": "#/definitions/Party", "properties": { "a.b[0]'\"~1/": { "properties": { "": { "minLength": {|CHAT1050:-1|} } } } } }""")]
    [InlineData("""{ "type": "string", "\u0078-chat-empty-as-default": {|CHAT1050:"\u0079es"|} }""")]
    public Task What_no_reader_finds_in_a_property_is_located(string property) => SchemaVerifier.VerifyAsync($$"""
        { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" },
          "definitions": { "StartSessionOptions": { "properties": { "queue": {{property}} } } } }
        """);

    [Theory]
    [InlineData(""" "title": {|CHAT1050:5|} """, "", "")]
    [InlineData(""" "description": {|CHAT1050:[]|}, "$comment": {|CHAT1050:{}|} """, "", "")]
    [InlineData("", """, "version": {|CHAT1050:"1"|} """, "")]
    [InlineData("", """, "version": {|CHAT1050:2|} """, "")]
    [InlineData("", """, "$comment": {|CHAT1050:true|} """, "")]
    [InlineData("", """, "commands": { "$comment": {|CHAT1050:1|}, "leave": { "$comment": {|CHAT1050:2|} } } """, "")]
    [InlineData("", """, "errors": { "connection": {|CHAT1050:1.5|}, "library": {|CHAT1050:2147483648|} } """, "")]
    [InlineData("", "", """ "StartSessionOptions": { "x-chat-ignored-with": {|CHAT1050:["transport"]|} } """)]
    [InlineData("", "", """ "ErrorCode": { "x-chat-ranges": [ { "$comment": {|CHAT1050:1|}, "name": "A", "from": 1, "to": 2, "description": "A." } ] } """)]
    public Task What_no_reader_finds_elsewhere_is_located(string root, string chat, string definitions) => SchemaVerifier.VerifyAsync($$"""
        { "$schema": "./chatgen.meta.schema.json", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" {{chat}} },
          "definitions": { {{definitions}} }{{(root.Length > 0 ? "," + root : "")}} }
        """);

    [Theory]
    [InlineData("""{ "type": {|CHAT1004:"strnig"|} }""")]
    [InlineData("""{ "type": "string", {|CHAT1012:"maxLenght"|}: "5" }""")]
    [InlineData("""{ "type": "string", {|CHAT1012:"x-chat-units"|}: [] }""")]
    [InlineData("""{ "type": "number", "multipleOf": {|CHAT1006:"2"|} }""")]
    [InlineData("""{ "type": "number", "x-chat-unit": {|CHAT1016:"hours"|} }""")]
    [InlineData("""{ "type": "string", "x-chat-client": {|CHAT1016:5|} }""")]
    [InlineData("""{ "type": "string", "x-chat-name": {|CHAT1042:"queue"|} }""")]
    [InlineData("""{ "type": "string", "enum": ["a"], "x-chat-enum-names": { "a": {|CHAT1042:"a"|} } }""")]
    [InlineData("""{ "type": "string", "maxLength": {|CHAT1006:"5"|} }""")]
    [InlineData("""{ "type": "string", "x-chat-ignored-with": {|CHAT1006:"transport"|} }""")]
    [InlineData("""{|CHAT1006:5|}""")]
    public Task What_a_reader_finds_in_a_property_is_reported_by_it_alone(string property) => SchemaVerifier.VerifyAsync($$"""
        { "$schema": "./chatgen.meta.schema.json", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" },
          "definitions": { "StartSessionOptions": { "properties": { "queue": {{property}} } } } }
        """);

    [Theory]
    [InlineData(""" "commands": { "leave": { {|CHAT1016:"rolle"|}: "leave" } } """, "")]
    [InlineData(""" "commands": { "getUserData": { "parameters": {|CHAT1016:"key"|} } } """, "")]
    [InlineData(""" "events": { "types": { "agentTyping": { "role": {|CHAT1016:"typing"|} } } } """, "")]
    [InlineData(""" "transports": { "cometd": { "channel": {|CHAT1016:"chat"|} } } """, "")]
    [InlineData("", """ "ErrorCode": { "x-chat-codes": { "Closed": { "code": {|CHAT1016:true|}, "description": "Closed." } } } """)]
    [InlineData("", """ "ErrorCode": { "x-chat-ranges": [ {|CHAT1016:{|} "from": 1, "to": 2, "description": "A." } ] } """)]
    public Task What_a_reader_finds_elsewhere_is_reported_by_it_alone(string chat, string definitions) => SchemaVerifier.VerifyAsync($$"""
        { "$schema": "./chatgen.meta.schema.json", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5"{{(chat.Length > 0 ? "," + chat : "")}} },
          "definitions": { {{definitions}} } }
        """);

    [Theory]
    [InlineData("x-chat-empty-as-default", "\"yes\"", "'x-chat-empty-as-default' must be a Boolean")]
    [InlineData("x-chat-any-event", "false", "'x-chat-any-event' must be true, or not be there")]
    [InlineData("x-chat-unit", "\"seconds\"", "'x-chat-unit' has no effect on a value of this type")]
    [InlineData("x-chat-codes", "{}", "'x-chat-codes' has no effect here")]
    [InlineData("x-chat-mandatory-when", "\"\"", "'x-chat-mandatory-when' must not be empty")]
    [InlineData("examples", "5", "'examples' must be an array")]
    public void The_message_says_what_is_wrong(string keyword, string value, string message)
    {
        GeneratorRun run = GeneratorRun.Of($$"""
            { "$schema": "./chatgen.meta.schema.json", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" },
              "definitions": { "StartSessionOptions": { "properties": { "queue": { "type": "string", "{{keyword}}": {{value}} } } } } }
            """);

        Assert.Equal(message, Assert.Single(run.Diagnostics).GetMessage(null));
        Assert.Empty(run.CompilerProblems);
    }

    [Theory]
    [InlineData("\"type\": \"strnig\"", "'type' must not be 'strnig'; did you mean 'string'?")]
    [InlineData("\"descripton\": \"Who.\"", "'descripton' has no meaning here; did you mean 'description'?")]
    [InlineData("\"type\": 5", "'type' must be an array or a string")]
    [InlineData("\"items\": 5", "'items' must be an object or an array or a Boolean")]
    [InlineData("\"multipleOf\": 0", "'multipleOf' must be above 0")]
    [InlineData("\"minLength\": -1", "'minLength' must be at least 0")]
    [InlineData("\"maxLength\": 1.5", "'maxLength' must be an integer")]
    [InlineData("\"allOf\": []", "'allOf' must have at least one item")]
    [InlineData("\"required\": [\"a\", \"a\"]", "'required' must have no item twice")]
    [InlineData("\"if\": \"a\"", "'if' must be an object or a Boolean")]
    [InlineData("\"x-chat-deprecated\": false", "'x-chat-deprecated' must be true, or a string that says what to use instead")]
    public void The_message_says_what_would_be_right(string member, string message)
    {
        // What stands beside a reference has no effect in draft-07, so the readers do not look at it.
        DiagnosticInfo found = Assert.Single(Read.Diagnostics($$"""
            { "$schema": "./chatgen.meta.schema.json", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" },
              "definitions": { "StartSessionOptions": { "properties": { "party": { "$ref": "#/definitions/Party", {{member}} } } } } }
            """));

        Assert.Equal("CHAT1050 " + message, $"{found.Descriptor.Id} {found.ToDiagnostic().GetMessage(null)}");
    }

    [Fact]
    public void A_mistake_of_a_base_is_reported_in_the_base_alone()
    {
        SchemaInput[] schemas =
        [
            new("/work/base.chat.json", """
                { "$schema": "./chatgen.meta.schema.json", "$id": "base", "title": 5, "x-chat": { "extends": "genesys-gwe-8.5" },
                  "definitions": { "StartSessionOptions": { "properties": { "queue": { "type": "string", "examples": 1 } } } } }
                """, "Base"),
            new("/work/acme.chat.json", """
                { "$schema": "./chatgen.meta.schema.json", "$id": "acme", "x-chat": { "extends": "base" },
                  "definitions": { "StartSessionOptions": { "properties": { "queue": { "readOnly": 1 } } } } }
                """, "Acme"),
        ];

        Assert.Equal(["title", "examples"], Read.Diagnostics(schemas, "/work/base.chat.json").Select(diagnostic => diagnostic.Subject));
        Assert.Equal(["readOnly"], Read.Diagnostics(schemas, "/work/acme.chat.json").Select(diagnostic => diagnostic.Subject));
    }

    [Fact]
    public void What_a_variant_removes_is_no_mistake() => Assert.Empty(Read.Diagnostics("""
        { "$schema": "./chatgen.meta.schema.json", "$id": "acme", "title": null,
          "x-chat": { "extends": "genesys-gwe-8.5", "version": null, "transports": { "rest": null, "cometd": { "$comment": null } } },
          "definitions": { "StartSessionOptions": { "properties": { "subject": null, "username": { "default": null, "x-chat-empty-as-default": null } } }, "ErrorCode": { "x-chat-ranges": null } } }
        """));

    [Theory]
    [InlineData("""{ "$schema": "./chatgen.meta.schema.json", "$id": "acme", "title": 5, "x-chat": { "extends": "nowhere" } }""", "CHAT1015")]
    [InlineData("""{ "$schema": "./chatgen.meta.schema.json", "$id": "acme", "title": 5, "x-chat": { "extends": "genesys-gwe-8.5" }""", "CHAT1001")]
    public void A_document_that_is_not_whole_is_not_checked(string text, string id) => Assert.Equal([id], Read.Diagnostics(text).Select(diagnostic => diagnostic.Descriptor.Id));
}
