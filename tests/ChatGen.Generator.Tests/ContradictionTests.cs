using Xunit;

namespace ChatGen.Generator.Tests;

/// <summary>What is legal JSON Schema and cannot be meant.</summary>
public sealed class ContradictionTests
{
    [Theory]
    [InlineData("""{ "type": "array", "items": { "type": "integer" }, "default": {|CHAT1019:["a"]|} }""")]
    [InlineData("""{ "type": "integer", "multipleOf": 5, "default": {|CHAT1031:12|} }""")]
    [InlineData("""{ "type": "string", "pattern": "^a", "default": {|CHAT1031:"b"|} }""")]
    [InlineData("""{ "type": "string", "format": "email", "default": {|CHAT1031:"nobody"|} }""")]
    [InlineData("""{ "type": "string", "maxLength": 1, "const": {|CHAT1031:"ab"|} }""")]
    [InlineData("""{ "type": "integer", "const": {|CHAT1031:"1"|} }""")]
    [InlineData("""{ "type": "string", "maxLength": 2, "examples": ["ab", {|CHAT1032:"abc"|}, {|CHAT1032:5|}] }""")]
    [InlineData("""{ "type": "object", "additionalProperties": { "type": "integer" }, "examples": [{ "a": {|CHAT1032:"x"|} }] }""")]
    [InlineData("""{ "type": "integer", "enum": [1, {|CHAT1032:"2"|}] }""")]
    [InlineData("""{ "type": "integer", "minimum": 5, "maximum": {|CHAT1033:4|} }""")]
    [InlineData("""{ "type": "number", "minimum": 5, "exclusiveMaximum": {|CHAT1033:5.0|} }""")]
    [InlineData("""{ "type": "string", "minLength": 2, "maxLength": {|CHAT1033:1|} }""")]
    [InlineData("""{ "type": "array", "items": { "type": "string" }, "minItems": 2, "maxItems": {|CHAT1033:1|} }""")]
    [InlineData("""{ "type": "object", "minProperties": 2, "maxProperties": {|CHAT1033:1|} }""")]
    [InlineData("""{ "anyOf": [{ "minimum": 1 }, {|CHAT1034:false|}] }""")]
    [InlineData("""{ "anyOf": [{ "minimum": 1 }, {|CHAT1034:{|} "minimum": 1 }] }""")]
    [InlineData("""{ "type": "string", "anyOf": [{ "maxLength": 5 }, {|CHAT1034:{|} "type": "integer" }] }""")]
    public Task A_contradiction_is_located(string member) => Verify(member);

    [Theory]
    [InlineData("""{ "type": "number", "minimum": 5, "maximum": 5 }""")]
    [InlineData("""{ "type": "number", "anyOf": [{ "type": "integer" }, { "minimum": 5 }] }""")]
    [InlineData("""{ "type": "string", "examples": ["a", "a"], "default": "b", "maxLength": 1 }""")]
    [InlineData("""{ "type": ["string", "null"], "enum": ["a", null] }""")]
    public Task What_is_no_contradiction_is_left_alone(string member) => Verify(member);

    [Fact]
    public void Many_values_take_no_long_time()
    {
        string values = string.Join(", ", Enumerable.Range(0, 5000).Select(i => $"\"v{i}\""));
        GeneratorRun run = GeneratorRun.Of($$"""
            { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" }, "definitions": {
              "StartSessionOptions": { "properties": { "x": { "type": "string", "examples": [{{values}}], "pattern": "^(a|b)*$" } } } } }
            """);

        Assert.Empty(run.Diagnostics);
    }

    private static Task Verify(string member) => SchemaVerifier.VerifyAsync($$"""
        { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" }, "definitions": {
          "StartSessionOptions": { "properties": { "x": {{member}} } } } }
        """);
}
