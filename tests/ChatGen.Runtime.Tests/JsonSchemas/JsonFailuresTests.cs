using System.Text.Json;
using System.Text.RegularExpressions;
using ChatGen.JsonSchemas;

namespace ChatGen.Runtime.Tests.JsonSchemas;

/// <summary>How failures of emitted validators are placed and worded, by methods such as these validators have.</summary>
public class JsonFailuresTests
{
    [Fact]
    public void A_path_is_composed_as_that_of_a_record()
    {
        List<ChatValidationFailure>? record = null;
        ChatRules.Minimum(ref record, "n", "n", -5L, 0m);
        ChatRules.Within(record, 0, ".list", 2);
        ChatRules.Within(record, 0, ".outer value");

        Assert.Equal(record, Collect("-5", (instance, failures) =>
        {
            failures?.Enter("outer value");
            failures?.Enter("list");
            failures?.Enter(2);
            failures?.Enter("n");
            bool stops = JsonFailures.Add(failures, "minimum", "must be at least 0, but is", instance);
            failures?.Leave();
            failures?.Leave();
            failures?.Leave();
            failures?.Leave();
            return stops;
        }));
    }

    [Theory]
    [InlineData("1.50", "1.50")]
    [InlineData("\"a\"", "a string")]
    [InlineData("true", "a Boolean")]
    [InlineData("null", "null")]
    [InlineData("[]", "an array")]
    [InlineData("{}", "an object")]
    public void A_value_is_named_by_its_text_or_its_kind(string instance, string expected) =>
        Assert.Equal($"The value is {expected}", Assert.Single(Collect(instance, (value, failures) => JsonFailures.Add(failures, "type", "is", value))!).Message);

    [Fact]
    public void A_failure_that_is_found_twice_is_reported_once() => Assert.Single(Collect("1", (_, failures) =>
        JsonFailures.Add(failures, "minItems", "has", 1) || JsonFailures.Add(failures, "minItems", "has", 1))!);

    [Fact]
    public void A_valid_instance_is_walked_once()
    {
        int walks = 0;

        Assert.Null(Collect("1", (_, _) => ++walks < 0));
        Assert.Equal(1, walks);
    }

    [Fact]
    public void What_was_found_before_it_got_too_deep_is_kept() => Assert.Equal(["minimum", "depth"], Collect("1", (_, failures) =>
    {
        failures?.Enter("a");
        if (JsonFailures.Add(failures, "minimum", "is too small"))
        {
            return true;
        }

        int depth = JsonValidation.MaxDepth;
        JsonValidation.Enter(ref depth);
        return false;
    })!.Select(failure => failure.Keyword));

    [Fact]
    public void A_pattern_that_takes_too_long_is_a_failure_where_failures_are_collected()
    {
        var slow = new JsonPattern(null, "^(a|b|ab)*c$");
        string value = string.Concat(Enumerable.Repeat("ab", 20)) + "!";

        Assert.Throws<RegexMatchTimeoutException>(() => JsonFailures.Mismatches(null, slow, value, "must match"));
        ChatValidationFailure failure = Assert.Single(Collect("1", (_, failures) => JsonFailures.Mismatches(failures, slow, value, "must match"))!);
        Assert.Equal(new ChatValidationFailure("$", "pattern", "The value took too long to check"), failure);
    }

    /// <param name="instance">The instance.</param>
    /// <param name="isInvalid">Whether to stop, which a validator answers by <see langword="false"/>.</param>
    private static List<ChatValidationFailure>? Collect(string instance, Func<JsonElement, JsonFailures?, bool> isInvalid)
    {
        using JsonDocument document = JsonDocument.Parse(instance);
        List<ChatValidationFailure>? failures = null;
        JsonFailures.Collect((value, _, found) => !isInvalid(value, found), document.RootElement, ref failures);
        return failures;
    }
}
