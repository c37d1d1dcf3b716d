namespace ChatGen.Runtime.Tests.Validation;

public class ChatRulesTests
{
    private delegate void Rule(ref List<ChatValidationFailure>? failures);

    [Fact]
    public void A_bound_is_checked()
    {
        Passes((ref failures) => ChatRules.Minimum(ref failures, "m", "M", 1.5, 1.5));
        Passes((ref failures) => ChatRules.Minimum(ref failures, "m", "M", (double?)null, 1.5));
        Passes((ref failures) => ChatRules.Minimum(ref failures, "m", "M", 1L, 1L));
        Passes((ref failures) => ChatRules.Minimum(ref failures, "m", "M", 1L, 0.5m));
        Fails("minimum", "'M' must be at least 1.5, but is 1", (ref failures) => ChatRules.Minimum(ref failures, "m", "M", 1.0, 1.5));
        Fails("minimum", "'M' must be at least 1, but is 0", (ref failures) => ChatRules.Minimum(ref failures, "m", "M", 0L, 1L));
        Fails("minimum", "'M' must be at least 0.5, but is 0", (ref failures) => ChatRules.Minimum(ref failures, "m", "M", 0L, 0.5m));

        Passes((ref failures) => ChatRules.Maximum(ref failures, "m", "M", 1.5, 1.5));
        Fails("maximum", "'M' must be at most 1.5, but is 2", (ref failures) => ChatRules.Maximum(ref failures, "m", "M", 2.0, 1.5));
        Fails("maximum", "'M' must be at most 1, but is 2", (ref failures) => ChatRules.Maximum(ref failures, "m", "M", 2L, 1L));
        Fails("maximum", "'M' must be at most 1.5, but is 2", (ref failures) => ChatRules.Maximum(ref failures, "m", "M", 2L, 1.5m));

        Passes((ref failures) => ChatRules.ExclusiveMinimum(ref failures, "m", "M", 2L, 1L));
        Fails("exclusiveMinimum", "'M' must be above 1.5, but is 1.5", (ref failures) => ChatRules.ExclusiveMinimum(ref failures, "m", "M", 1.5, 1.5));
        Fails("exclusiveMinimum", "'M' must be above 1, but is 1", (ref failures) => ChatRules.ExclusiveMinimum(ref failures, "m", "M", 1L, 1L));
        Fails("exclusiveMinimum", "'M' must be above 1.5, but is 1", (ref failures) => ChatRules.ExclusiveMinimum(ref failures, "m", "M", 1L, 1.5m));

        Passes((ref failures) => ChatRules.ExclusiveMaximum(ref failures, "m", "M", 0L, 1L));
        Fails("exclusiveMaximum", "'M' must be below 1.5, but is 1.5", (ref failures) => ChatRules.ExclusiveMaximum(ref failures, "m", "M", 1.5, 1.5));
        Fails("exclusiveMaximum", "'M' must be below 1, but is 1", (ref failures) => ChatRules.ExclusiveMaximum(ref failures, "m", "M", 1L, 1L));
        Fails("exclusiveMaximum", "'M' must be below 1.5, but is 2", (ref failures) => ChatRules.ExclusiveMaximum(ref failures, "m", "M", 2L, 1.5m));
    }

    [Theory]
    [InlineData("", 0, true)]
    [InlineData("", 1, false)]
    [InlineData("ab", 2, true)]
    [InlineData("ab", 3, false)]
    [InlineData("\uD83D\uDE00", 1, true)]
    [InlineData("\uD83D\uDE00", 2, false)]
    [InlineData("\uD83D\uDE00\uD83D\uDE00", 2, true)]
    [InlineData("\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00", 4, false)]
    [InlineData("\uD83D\uD83D", 2, true)]
    [InlineData("abc", int.MaxValue, false)]
    public void A_minimum_length_counts_code_points(string value, int bound, bool isValid) =>
        Check(isValid, "minLength", "at least", value, bound, (ref failures) => ChatRules.MinLength(ref failures, "m", "M", value, bound));

    [Theory]
    [InlineData("", 0, true)]
    [InlineData("a", 0, false)]
    [InlineData("ab", 2, true)]
    [InlineData("ab", 1, false)]
    [InlineData("\uD83D\uDE00", 1, true)]
    [InlineData("\uD83D\uDE00", 0, false)]
    [InlineData("\uD83D\uDE00\uD83D\uDE00", 2, true)]
    [InlineData("\uD83D\uDE00\uD83D\uDE00", 1, false)]
    [InlineData("\uD83D\uD83D", 1, false)]
    public void A_maximum_length_counts_code_points(string value, int bound, bool isValid) =>
        Check(isValid, "maxLength", "at most", value, bound, (ref failures) => ChatRules.MaxLength(ref failures, "m", "M", value, bound));

    [Fact]
    public void A_number_of_items_is_checked()
    {
        Passes((ref failures) => ChatRules.MinItems(ref failures, "m", "M", 1, 1));
        Passes((ref failures) => ChatRules.MinItems(ref failures, "m", "M", null, 1));
        Passes((ref failures) => ChatRules.MaxItems(ref failures, "m", "M", 1, 1));
        Fails("minItems", "'M' must have at least 1 item, but has 0", (ref failures) => ChatRules.MinItems(ref failures, "m", "M", 0, 1));
        Fails("maxItems", "'M' must have at most 2 items, but has 3", (ref failures) => ChatRules.MaxItems(ref failures, "m", "M", 3, 2));
    }

    [Fact]
    public void A_pattern_is_checked()
    {
        var pattern = new ChatPattern("^a");
        Passes((ref failures) => ChatRules.Pattern(ref failures, "m", "M", "ab", pattern));
        Passes((ref failures) => ChatRules.Pattern(ref failures, "m", "M", null, pattern));
        Fails("pattern", "'M' must match the pattern ^a", (ref failures) => ChatRules.Pattern(ref failures, "m", "M", "ba", pattern));

        Passes((ref failures) => ChatRules.Prefix(ref failures, "m", "M", "ab", "^a", "a"));
        Passes((ref failures) => ChatRules.Prefix(ref failures, "m", "M", null, "^a", "a"));
        Fails("pattern", "'M' must match the pattern ^a", (ref failures) => ChatRules.Prefix(ref failures, "m", "M", "Ab", "^a", "a"));

        Passes((ref failures) => ChatRules.Prefix(ref failures, "m", "M", "http://x", "^https?://", "http://", "https://"));
        Passes((ref failures) => ChatRules.Prefix(ref failures, "m", "M", "https://x", "^https?://", "http://", "https://"));
        Fails("pattern", "'M' must match the pattern ^https?://", (ref failures) => ChatRules.Prefix(ref failures, "m", "M", "ftp://x", "^https?://", "http://", "https://"));
    }

    [Fact]
    public void What_must_be_there_is_checked()
    {
        Passes((ref failures) => ChatRules.NotNull(ref failures, "m", "M", ""));
        Fails("type", "'M' must not be null", (ref failures) => ChatRules.NotNull(ref failures, "m", "M", null));
        Passes((ref failures) => ChatRules.AbsoluteUri(ref failures, "m", "M", new Uri("https://example.com")));
        Passes((ref failures) => ChatRules.AbsoluteUri(ref failures, "m", "M", null));
        Fails("format", "'M' must be an absolute URI", (ref failures) => ChatRules.AbsoluteUri(ref failures, "m", "M", new Uri("/a", UriKind.Relative)));
        var values = new ChatJsonValues("a", "b");
        Passes((ref failures) => ChatRules.Enum(ref failures, "m", "M", 1, values));
        Passes((ref failures) => ChatRules.Enum(ref failures, "m", "M", null, values));
        Fails("enum", "'M' must be one of 'a', 'b'", (ref failures) => ChatRules.Enum(ref failures, "m", "M", 2, values));
        Fails("enum", "'M' must be one of 'a', 'b'", (ref failures) => ChatRules.Enum(ref failures, "m", "M", -1, values));
    }

    [Fact]
    public void Numbers_that_JSON_does_not_have_are_no_items()
    {
        List<ChatValidationFailure>? failures = null;

        ChatRules.FiniteItems(ref failures, "m", "M", new double[] { 1, double.NaN });
        ChatRules.FiniteItems(ref failures, "n", "N", new double?[] { null, double.PositiveInfinity });
        ChatRules.FiniteItems(ref failures, "o", "O", new Dictionary<string, double> { ["a"] = 1, ["b"] = double.NegativeInfinity });
        ChatRules.FiniteItems(ref failures, "p", "P", new Dictionary<string, double?> { ["a"] = null, ["b"] = double.NaN });

        Assert.Equal(
            [
                new("$.m[1]", "type", "'M[1]' must be a number, but is NaN"),
                new("$.n[1]", "type", "'N[1]' must be a number, but is Infinity"),
                new("$.o.b", "type", "'O.b' must be a number, but is -Infinity"),
                new("$.p.b", "type", "'P.b' must be a number, but is NaN"),
            ],
            failures!);
    }

    private static void Check(bool isValid, string keyword, string relation, string value, int bound, Rule rule)
    {
        if (isValid)
        {
            Passes(rule);
        }
        else
        {
            Fails(keyword, $"'M' must have {relation} {bound} character{(bound == 1 ? "" : "s")}, but has {value.EnumerateRunes().Count()}", rule);
        }
    }

    private static void Passes(Rule rule)
    {
        List<ChatValidationFailure>? failures = null;
        rule(ref failures);
        Assert.Null(failures);
    }

    private static void Fails(string keyword, string message, Rule rule)
    {
        List<ChatValidationFailure>? failures = null;
        rule(ref failures);
        Assert.Equal([new ChatValidationFailure("$.m", keyword, message)], failures!);
    }
}
