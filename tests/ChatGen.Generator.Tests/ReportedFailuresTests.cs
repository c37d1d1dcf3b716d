using Xunit;

namespace ChatGen.Generator.Tests;

/// <summary>How many failures of a JSON text are reported, by options whose rules say all and by options that the schema's own validator judges.</summary>
public class ReportedFailuresTests
{
    private const string Members = """
        "a": { "type": "integer", "maximum": 5 }, "b": { "type": "integer" }, "c": { "type": "string", "maxLength": 1 }
        """;

    [Theory]
    [InlineData("""{ "a": 9, """, "$ json", "$ json")]
    [InlineData("""{ "a": "x", "b": """, "$.a type", "$ json")]
    [InlineData("""{ "serverUrl": "https://a", "a": 1 } x""", "$ json", "$ json")]
    [InlineData("""{ "serverUrl": "https://a", "a": 9 } x""", "$ json", "$ json")]
    [InlineData("""{ "serverUrl": "https://a", "a": "x", "b": "y" }""", "$.a type", "$.a type, $.b type")]
    [InlineData("""{ "serverUrl": "https://a", "a": 9, "b": "y" }""", "$.b type", "$.a maximum, $.b type")]
    [InlineData("""{ "serverUrl": "https://a", "a": 9, "c": "xyz" }""", "$.a maximum, $.c maxLength", "$.a maximum, $.c maxLength")]
    [InlineData("""{ "serverUrl": "https://a", "b": 1e30, "a": -1e30 }""", "$.b type", "$.b type")]
    public void Failures_are_reported_as_far_as_the_text_is_understood(string json, string plain, string judged)
    {
        CompiledOptions plainOptions = CompiledOptions.Of($$"""
            "StartSessionOptions": { "properties": { {{Members}} } }
            """);
        CompiledOptions judgedOptions = CompiledOptions.Of($$"""
            "StartSessionOptions": { "properties": { {{Members}}, "other": { "type": "integer", "not": { "const": 2 } } } }
            """);

        Assert.DoesNotContain("ChatJsonRules", plainOptions.Run.Source("StartSessionOptions"), StringComparison.Ordinal);
        Assert.Contains("ChatJsonRules", judgedOptions.Run.Source("StartSessionOptions"), StringComparison.Ordinal);
        Assert.Equal(plain, Found(plainOptions, json));
        Assert.Equal(judged, Found(judgedOptions, json));
    }

    private static string Found(CompiledOptions options, string json) => string.Join(", ", options.Check(json).Select(line => line.Split(':')[0]));
}
