using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace ChatGen.MetaSchema.Tests;

/// <summary>Schemas without a mistake.</summary>
public class ValidDocumentTests
{
    /// <summary>Every chat schema of the repository, and those of the page on the schema language, by name.</summary>
    private static readonly Dictionary<string, string> s_documents = Repository.ChatSchemas()
        .Select(file => (Name: file, Text: File.ReadAllText(Path.Combine(Repository.Root, file))))
        .Concat(JsonOfDocumentation().Where(text => text.Contains("\"$schema\"", StringComparison.Ordinal)).Select((text, index) => (Name: $"docs/schema-language.md, {index + 1}", Text: text)))
        .ToDictionary(document => document.Name, document => document.Text);

    private static readonly Lazy<Task<IReadOnlyDictionary<string, string[]>>> s_ajv = new(() =>
        Ajv.ValidateAsync(Repository.MetaSchema, s_documents.Select(document => (document.Key, JsonNode.Parse(document.Value)!.AsObject()))));

    public static TheoryData<string> Names => [.. s_documents.Keys];

    [Fact]
    public async Task The_meta_schema_is_valid_by_the_meta_schema_of_draft_07()
    {
        IReadOnlyDictionary<string, string[]> objections = await Ajv.ValidateAsync(Ajv.Draft07, [("meta", JsonNode.Parse(await File.ReadAllTextAsync(Repository.MetaSchema, TestContext.Current.CancellationToken))!.AsObject())]);

        Assert.Empty(objections["meta"]);
    }

    [Fact]
    public void The_repository_and_its_documentation_have_schemas_to_check()
    {
        Assert.Contains("schema/genesys-gwe-8.5.chat.json", s_documents.Keys);
        Assert.InRange(s_documents.Keys.Count(name => name.StartsWith("docs/", StringComparison.Ordinal)), 3, 100);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Ajv_objects_to_nothing(string name) => Assert.Empty((await s_ajv.Value)[name]);

    [Theory]
    [MemberData(nameof(Names))]
    public void NJsonSchema_objects_to_nothing(string name) => Assert.Empty(Read.Validate(s_documents[name]));

    /// <summary>Whatever NJsonSchema has of its own idea of JSON Schema must not be held against an author.</summary>
    [Theory]
    [InlineData("maxLength", "2.0")]
    [InlineData("maxLength", "20e-1")]
    [InlineData("minimum", "1e400")]
    [InlineData("minimum", "-12345678901234567890123456789012345")]
    [InlineData("multipleOf", "1e-300")]
    [InlineData("default", "1e400")]
    [InlineData("default", "null")]
    [InlineData("const", "null")]
    [InlineData("const", "\"2020-01-01T00:00:00Z\"")]
    [InlineData("enum", "[1, \"1\", true, \"true\", null, \"\", 1.0]")]
    [InlineData("examples", "[]")]
    [InlineData("type", "[\"string\", \"null\"]")]
    [InlineData("type", "\"null\"")]
    [InlineData("items", "false")]
    [InlineData("items", "[{ \"type\": \"string\" }, true]")]
    [InlineData("additionalProperties", "false")]
    [InlineData("not", "false")]
    [InlineData("minItems", "0")]
    [InlineData("properties", "{ \"type\": { \"type\": \"string\" }, \"a.b\": true, \"\": {}, \"x-chat-anything\": {}, \"$comment\": {} }")]
    [InlineData("dependencies", "{ \"a\": [\"b\"], \"c\": { \"required\": [\"d\"] } }")]
    [InlineData("x-chat-name", "\"_1\"")]
    [InlineData("x-chat-name", "\"Größe\"")]
    [InlineData("x-chat-name", "\"漢字\"")]
    [InlineData("x-chat-deprecated", "\"Use subject.\"")]
    [InlineData("x-chat-deprecated", "true")]
    [InlineData("x-other", "{ \"x-chat-name\": 5 }")]
    public async Task A_keyword_with_a_right_value_is_objected_to_by_neither(string keyword, string value)
    {
        string text = $$"""
            { "$schema": "http://json-schema.org/draft-07/schema#", "definitions": { "A": { "properties": { "b": { "{{keyword}}": {{value}} } } } } }
            """;

        Assert.Empty(Read.Validate(text));
        // What System.Text.Json cannot hold is written by hand.
        Assert.Empty((await Ajv.ValidateTextAsync(Repository.MetaSchema, $$"""{ "it": {{text}} }"""))["it"]);
    }

    [Theory]
    [InlineData("""{ "$schema": "http://json-schema.org/draft-07/schema", "x-chat": null, "definitions": null, "$id": null, "title": null }""")]
    [InlineData("""{ "$schema": "./chatgen.meta.schema.json", "x-chat": { "extends": "a", "start": null, "commands": { "leave": null }, "events": { "types": { "error": { "role": null } } }, "errors": { "connection": null } } }""")]
    [InlineData("""{ "$schema": "chatgen.meta.schema.json", "x-chat": { "extends": "a", "transports": { "cometd": null, "rest": { "events": null, "take": null, "operations": { "leave": null }, "requests": { "a": null, "leave": { "method": null, "query": null, "headers": { "X-A": null }, "body": { "content": null } } } } } } }""")]
    [InlineData("""{ "$schema": "../a b/chatgen.meta.schema.json", "definitions": { "A": null, "B": { "properties": { "a": null, "b": { "type": null, "x-chat-unit": null, "x-chat-codes": null } }, "required": null } } }""")]
    [InlineData("""{ "$schema": "https://example.com/1.0.0/chatgen.meta.schema.json", "definitions": { "A": { "x-chat-ignored-with": null, "x-chat-codes": { "Gone": null, "Other": { "recovery": null } }, "x-chat-ranges": null } } }""")]
    [InlineData("""{ "$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": { "A": { "x-chat-number": "decimal", "type": "number", "deprecated": true, "prefixItems": [true], "unevaluatedProperties": false } } }""")]
    public async Task A_patch_may_remove_whatever_it_reaches(string text)
    {
        Assert.Empty(Read.Validate(text));
        Assert.Empty((await Ajv.ValidateTextAsync(Repository.MetaSchema, $$"""{ "it": {{text}} }"""))["it"]);
    }

    [Theory]
    [InlineData("chatgen.meta.schema.json")]
    [InlineData("./chatgen.meta.schema.json")]
    [InlineData("../node/chatgen.meta.schema.json")]
    [InlineData("file:///nowhere/chatgen.meta.schema.json")]
    [InlineData("http://127.0.0.1:9/chatgen.meta.schema.json")]
    public void The_place_of_the_meta_schema_stands_for_draft_07_and_is_not_looked_at(string place) =>
        Assert.Empty(Read.Diagnostics($$"""{ "$schema": "{{place}}", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" } }"""));

    [Theory]
    [InlineData("chatgen.meta.schema.json#")]
    [InlineData("./notchatgen.meta.schema.json")]
    [InlineData("./chatgen.meta.schema.json/")]
    [InlineData("./Chatgen.Meta.Schema.json")]
    [InlineData("http://localhost/?a=/chatgen.meta.schema.json")]
    [InlineData("")]
    public void What_is_not_quite_the_place_of_the_meta_schema_is_another_dialect(string place) =>
        Assert.Equal(["CHAT1003"], Read.Diagnostics($$"""{ "$schema": "{{place}}", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" } }""").Select(diagnostic => diagnostic.Descriptor.Id));

    private static IEnumerable<string> JsonOfDocumentation() => JsonBlock().Matches(File.ReadAllText(Repository.SchemaLanguage)).Select(match => match.Groups[1].Value);

    private static Regex JsonBlock() => new("```json\n(.*?)```", RegexOptions.Singleline);
}
