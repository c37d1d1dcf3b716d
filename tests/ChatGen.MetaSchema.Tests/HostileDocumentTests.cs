using System.Globalization;
using Xunit;

namespace ChatGen.MetaSchema.Tests;

/// <summary>Documents that try to make the check throw or never end.</summary>
public class HostileDocumentTests
{
    /// <summary>Each level within 'definitions'; what would be judged twice for each level would not be done in a lifetime.</summary>
    [Theory]
    [InlineData("{ \"items\": ", " }", 60)]
    [InlineData("{ \"items\": [", "] }", 30)]
    [InlineData("{ \"anyOf\": [", "] }", 30)]
    [InlineData("{ \"x-chat-unit\": \"seconds\", \"type\": 5, \"properties\": { \"a\": ", "} }", 30)]
    [InlineData("{ \"dependencies\": { \"a\": ", "} }", 30)]
    [InlineData("{ \"properties\": { \"a\": ", "} }", 30)]
    public void Nesting_costs_no_more_than_its_length(string open, string close, int levels)
    {
        string text = Document(string.Concat(Enumerable.Repeat(open, levels)) + "{ \"type\": \"strnig\" }" + string.Concat(Enumerable.Repeat(close, levels)));

        Assert.NotEmpty(Read.Validate(text));
        Assert.NotEmpty(Read.Diagnostics(text));
    }

    [Theory]
    [InlineData("definitions", 19_000)]
    [InlineData("definitions", 25_000)]
    [InlineData("mistakes", 9_000)]
    [InlineData("mistakes", 25_000)]
    [InlineData("notes", 9_000)]
    [InlineData("alternatives", 4_000)]
    public void Many_values_are_checked_up_to_a_bound_and_not_beyond(string kind, int count)
    {
        string text = Document(kind switch
        {
            "definitions" => "{ \"properties\": {" + string.Join(',', Enumerable.Range(0, count).Select(i => $"\"a{i}\": true")) + "}, \"title\": 5 }",
            "mistakes" => "{ \"properties\": {" + string.Join(',', Enumerable.Range(0, count).Select(i => $"\"a{i}\": {{ \"title\": 5 }}")) + "} }",
            "notes" => "{ \"$ref\": \"#/definitions/Party\", \"title\": 5," + string.Join(',', Enumerable.Range(0, count).Select(i => $"\"x-{i}\": [1]")) + "}",
            _ => "{ \"anyOf\": [" + string.Join(',', Enumerable.Range(0, count).Select(i => "{ \"x-a\": 1, \"properties\": { \"a\": 5 } }")) + "] }",
        });

        Assert.Equal(count < 20_000, Read.Validate(text).Count > 0);
    }

    [Theory]
    [InlineData("\"\\ud800\": { \"title\": \"\\udfff\", \"x-\\u0000\": 1 }")]
    [InlineData("\"__proto__\": { \"title\": 5 }, \"constructor\": 1")]
    [InlineData("\"\": 5, \".\": [], \"[0]\": \"\", \"a.b['c']\": {\"\\\\\": 1}")]
    [InlineData("\"A\": { \"pattern\": \"(a+)+$\", \"enum\": [{\"a\": [[[]]]}, 1e400, -0, 1E-400], \"const\": 1e999999999 }")]
    [InlineData("\"A\": { \"maxLength\": 1e999999999, \"minLength\": -1e999999999, \"multipleOf\": 0e5, \"minimum\": 12345678901234567890123456789012345678901234567890 }")]
    [InlineData("\"A\": { \"$ref\": \"#/definitions/A\", \"x-chat-codes\": { \"A\": { \"code\": 1e30 } } }")]
    [InlineData("\"A\": { \"title\": \"2020-01-01T00:00:00Z\", \"default\": \"\\/Date(1)\\/\", \"$id\": \"http://127.0.0.1:9/\", \"$schema\": \"file:///etc/passwd\" }")]
    public void Odd_documents_are_checked_and_read(string definitions)
    {
        string text = $$"""{ "$schema": "./chatgen.meta.schema.json", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" }, "definitions": { {{definitions}} } }""";

        Assert.Null(Record.Exception(() => Read.Validate(text)));
        Assert.DoesNotContain(Read.Diagnostics(text), diagnostic => diagnostic.Descriptor.Id == "CHAT0001");
    }

    [Fact]
    public void A_name_that_is_matched_against_patterns_may_be_long()
    {
        string text = Document("{ \"x-chat-name\": \"" + new string('_', 500_000) + "\", \"" + new string('x', 500_000) + "\": 1 }");

        Assert.Equal(2, Read.Validate(text).Count);
    }

    [Fact]
    public void What_is_said_is_the_same_on_every_machine()
    {
        const string Text = """
            { "$schema": "./chatgen.meta.schema.json", "x-chat": { "version": -1e400, "errors": { "connection": -2147483649, "library": 1.5 } },
              "definitions": { "A": { "multipleOf": -1.5, "minLength": -1 } } }
            """;
        string[] expected = [.. Read.Validate(Text).Select(objection => objection.Problem)];
        CultureInfo culture = CultureInfo.CurrentCulture;
        var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        other.NumberFormat.NegativeSign = "minus";
        other.NumberFormat.NumberDecimalSeparator = "comma";
        try
        {
            CultureInfo.CurrentCulture = other;

            Assert.Equal(expected, Read.Validate(Text).Select(objection => objection.Problem));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        Assert.Equal(["must be 1", "must be at least -2147483648", "must be an integer", "must be above 0", "must be at least 0"], expected);
    }

    [Fact]
    public void A_canceled_check_ends()
    {
        Assert.Throws<OperationCanceledException>(() => Read.ValidateUnder(Document("{}"), new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Schemas_may_be_checked_at_the_same_time()
    {
        string text = Document("{ \"title\": 5 }");

        ParallelLoopResult result = Parallel.For(0, 200, new ParallelOptions { CancellationToken = TestContext.Current.CancellationToken }, _ => Assert.Single(Read.Validate(text)));

        Assert.True(result.IsCompleted);
    }

    private static string Document(string definition) =>
        $$"""{ "$schema": "./chatgen.meta.schema.json", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" }, "definitions": { "A": {{definition}} } }""";
}
