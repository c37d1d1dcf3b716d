using Xunit;

namespace ChatGen.Generator.Tests;

/// <summary>A record and its JSON have one verdict, in cases that random schemas met.</summary>
public sealed class RecordAndJsonTests
{
    [Fact]
    public void A_mandatory_constant_that_may_be_null_instead_can_be_set()
    {
        CompiledOptions options = CompiledOptions.Of("""
            "Yes": { "const": true },
            "StartSessionOptions": { "properties": { "terms": { "oneOf": [{ "$ref": "#/definitions/Yes" }, { "type": "null" }] } }, "required": ["terms"] }
            """);

        Assert.True(options.Property("Terms").CanWrite);
        Assert.Contains("\"terms\":null", options.RoundTrip(Start(""" "terms": null """)), StringComparison.Ordinal);
        Assert.Contains("\"terms\":true", options.RoundTrip(Start(""" "terms": true """)), StringComparison.Ordinal);
        Assert.NotEmpty(options.Check(Start(""" "terms": false """)));
    }

    [Theory]
    [InlineData("""{ "allOf": [{ "type": ["integer", "null"], "maximum": 9 }, { "not": { "const": 5 } }] }""", true)]
    [InlineData("""{ "allOf": [{ "type": ["integer", "null"] }, { "type": "integer" }] }""", false)]
    [InlineData("""{ "allOf": [{ "type": ["string", "null"] }, { "enum": ["a", "b"] }] }""", false)]
    public void Null_is_a_value_if_all_that_is_applied_in_place_allows_it(string schema, bool allowsNull)
    {
        CompiledOptions options = CompiledOptions.Of($$"""
            "StartSessionOptions": { "properties": { "x": {{schema}}, "all": { "type": "array", "items": {{schema}} } } }
            """);

        Assert.Equal(allowsNull, options.Check(Start(""" "x": null """)).Length == 0);
        Assert.Equal(allowsNull, options.Check(Start(""" "all": [null] """)).Length == 0);
    }

    [Theory]
    [InlineData("""{ "type": "string", "maxLength": 2, "readOnly": true }""", "\"abc\"", "$.x maxLength")]
    [InlineData("""{ "type": "integer", "minimum": 1, "readOnly": true }""", "0", "$.x minimum")]
    [InlineData("""{ "type": "object", "properties": { "a": { "type": "string" }, "b": { "type": "string" } }, "dependencies": { "a": ["b"] }, "readOnly": true }""", """{ "a": "" }""", "$.x dependencies")]
    public void What_the_backend_alone_sets_is_checked_where_it_is_there(string schema, string invalid, string failure)
    {
        CompiledOptions options = CompiledOptions.Of($$"""
            "StartSessionOptions": { "properties": { "x": {{schema}} } }
            """);

        Assert.StartsWith(failure, Assert.Single(options.Check(Start($"\"x\": {invalid}"))), StringComparison.Ordinal);
        Assert.StartsWith(failure, Assert.Single(options.CheckValue(Start($"\"x\": {invalid}"))), StringComparison.Ordinal);
        Assert.Empty(options.CheckValue("""{ "serverUrl": "https://chat.example.com" }"""));
    }

    [Theory]
    [InlineData("duration", "1D")]
    [InlineData("uuid", "2eb8aa08aa9811eab4aa73b441d16380")]
    public void Formats_that_came_after_draft_07_are_checked_in_it_too_in_JSON_and_in_values(string format, string invalid)
    {
        CompiledOptions options = CompiledOptions.Of($$"""
            "StartSessionOptions": { "properties": { "x": { "type": "string", "format": "{{format}}", "maxLength": 90 }, "other": { "type": "integer", "multipleOf": 2 } } }
            """);

        Assert.StartsWith("$.x format", Assert.Single(options.Check(Start($"\"x\": \"{invalid}\""))), StringComparison.Ordinal);
        Assert.StartsWith("$.x format", Assert.Single(options.CheckValue(Start($"\"x\": \"{invalid}\""))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_of_reading_names_the_keyword_that_is_broken()
    {
        CompiledOptions options = CompiledOptions.Of("""
            "StartSessionOptions": { "properties": {
              "queue": { "type": "string", "enum": ["a", "b"] }, "queues": { "type": "array", "items": { "type": "string", "enum": ["a", "b"] } } }, "additionalProperties": false }
            """);

        Assert.Equal(["$.queue enum: 'queue' must be one of 'a', 'b'"], options.Check(Start(""" "queue": "c" """)));
        Assert.Equal(["$.queues[1] enum: 'queues[1]' must be one of 'a', 'b'"], options.Check(Start(""" "queues": ["a", "c"] """)));
        Assert.Equal(["$.queue type: 'queue' must be a string, but is a number"], options.Check(Start(""" "queue": 1 """)));
        Assert.Equal(["$.extra additionalProperties: 'extra' is not allowed"], options.Check(Start(""" "extra": 1 """)));
    }

    [Theory]
    [InlineData("""{ "allOf": [{ "type": "string", "format": "date-time" }, { "maxLength": 20 }] }""", "2026-01-31T12:00:00Z")]
    [InlineData("""{ "allOf": [{ "type": "string", "format": "date-time", "maxLength": 20 }, { "not": { "const": "" } }] }""", "2026-01-31T12:00:00Z")]
    [InlineData("""{ "type": "string", "format": "uuid", "not": { "pattern": "[a-z]" } }""", "2EB8AA08-AA98-11EA-B4AA-73B441D16380")]
    public void A_value_of_which_the_text_matters_stays_as_it_is_written(string schema, string value)
    {
        CompiledOptions options = CompiledOptions.Of($$"""
            "StartSessionOptions": { "properties": { "x": {{schema}} } }
            """);

        string json = Start($"\"x\": \"{value}\"");
        Assert.Empty(options.Check(json));
        Assert.Empty(options.CheckValue(json));
        Assert.Contains(value, options.RoundTrip(json), StringComparison.Ordinal);
    }

    private static string Start(string members) => $$"""{ "serverUrl": "https://chat.example.com", {{members}} }""";
}
