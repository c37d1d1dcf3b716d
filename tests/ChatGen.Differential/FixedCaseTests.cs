using System.Text.Json;
using ChatGen.Differential.Comparison;
using ChatGen.Differential.Judges;
using ChatGen.Generator.JsonSchemas;
using ChatGen.Tests.Shared;
using Xunit;

namespace ChatGen.Differential;

/// <summary>What the generators leave out, by cases on which both judges can be right.</summary>
public class FixedCaseTests
{
    private static readonly (string Format, string[] Valid, string[] Invalid)[] s_formats =
    [
        ("email", ["joe@example.com", "a.b+c@mail.example.org", "te~st@example.com"], ["", "joe", "@example.com", "joe@", ".joe@example.com", "joe..x@example.com", "joe@-example.com"]),
        ("hostname", ["example.com", "a-b.c1", "xn--nxasmq6b.example", "A.B"], ["", "-a.com", "a-.com", "a_b.com", "a..b", "a b", "é.com", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.com"]),
        ("uri", ["http://example.com/a?b=c#d", "urn:isbn:1", "mailto:a@b.c", "http://[::1]:80/", "tel:+1-816-555-1212"], ["", "/a", "//a/b", "http://a b", "http:// a", "é://a", "http://example.com/<>", @"\\a\b"]),
        ("uri-reference", ["", "/a/b", "../a", "#a", "?a=b", "//a/b", "http://a/%20", "a"], ["%", "/a b", @"\\a\b", "#a#b", "{a}", "é"]),
        ("uri-template", ["", "http://a/{b}", "{+a,b}", "{?a*}", "a{/b:3}"], ["{", "{a", "a}", "a b"]),
    ];

    private static readonly (string Format, string[] Valid, string[] Invalid)[] s_formatsOf202012 =
    [
        .. s_formats,
        ("duration", ["P1Y", "P1Y2M3D", "PT1H2M3S", "P4W", "P1DT12H", "PT0S"], ["", "P", "PT", "P1", "1D", "P1Y2W", "PT1D", "P1H", "-P1D", "P1D2H", "P1.5D"]),
    ];

    private static readonly JudgedCase[] s_surrogates =
    [
        new(JsonSchemaDialect.Draft7, """{ "minLength": 2, "maxLength": 2 }""", [""" "a\ud83d" """, """ "\ud83d\udca9" """, """ "\udca9\ud83d" """, """ "\ud83d\ud83d\udca9" """]),
        new(JsonSchemaDialect.Draft7, """{ "enum": [ "\ud83d", { "\udca9": 1 } ] }""", [""" "\uD83D" """, """ "\ud83e" """, """ { "\udca9": 1.0 } """, """ { "\udca8": 1 } """]),
        new(JsonSchemaDialect.Draft7, """{ "uniqueItems": true }""", [""" [ "\ud83d", "\ud83e" ] """, """ [ "\ud83d", "\ud83d" ] """, """ [ "\ud83d\udca9", "💩" ] """]),
        new(JsonSchemaDialect.Draft202012, """{ "required": [ "\ud83d" ], "propertyNames": { "maxLength": 1 } }""", [""" { "\ud83d": 1 } """, """ { "\ud83e": 1 } """, """ { "\ud83d": 1, "\ud83d\ud83d": 1 } """]),
        new(JsonSchemaDialect.Draft202012, """{ "pattern": "^.$" }""", [""" "\ud83d" """, """ "\ud83d\ud83d" """, """ "\ud83d\udca9" """]),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_format_that_ajv_reads_loosely_is_asserted_alike_where_it_is_clear(bool isDraft7)
    {
        (string Format, string[] Valid, string[] Invalid)[] formats = isDraft7 ? s_formats : s_formatsOf202012;

        IReadOnlyList<Outcome> outcomes = await CompareAsync([.. formats.Select(format =>
            new JudgedCase(isDraft7 ? JsonSchemaDialect.Draft7 : JsonSchemaDialect.Draft202012, $$"""{ "format": "{{format.Format}}" }""", [.. format.Valid.Concat(format.Invalid).Select(text => JsonSerializer.Serialize(text))]))]);

        Assert.All(outcomes.Zip(formats), pair => Assert.Equal(
            pair.Second.Valid.Select(text => (text, true)).Concat(pair.Second.Invalid.Select(text => (text, false))),
            pair.Second.Valid.Concat(pair.Second.Invalid).Zip(pair.First.Ours.Verdicts, (text, verdict) => (text, verdict == true))));
    }

    [Fact]
    public async Task A_lone_surrogate_is_a_character_to_both() => _ = await CompareAsync(s_surrogates);

    private static async Task<IReadOnlyList<Outcome>> CompareAsync(IReadOnlyList<JudgedCase> cases)
    {
        await NpmPackages.SchemaTools.RequireAsync();
        IReadOnlyList<Outcome> outcomes = await DifferentialRun.Judges.CompareAsync(0, cases, TestContext.Current.CancellationToken);
        Assert.All(outcomes, outcome => Assert.True(outcome.IsJudged, outcome.Ours.Refusal + outcome.Theirs.Refusal));
        Assert.Equal([], outcomes.SelectMany(outcome => outcome.Differences).Select(difference => difference.ToString()));
        return outcomes;
    }
}
