using System.Text.RegularExpressions;
using ChatGen.Generator.Reading;
using Xunit;

namespace ChatGen.Generator.Tests;

public class EcmaPatternTests
{
    [Fact]
    public void A_translated_pattern_matches_what_ecma_262_matches()
    {
        int translated = 0;
        Assert.All(EcmaPatternTable.Rows.Where(row => row.Data.Item2.Length > 0), row =>
        {
            (string pattern, string expected) = row.Data;
            if (EcmaPattern.TryTranslate(pattern, out string translation, out string? problem))
            {
                translated++;
                Assert.Equal($"{pattern}: {expected}", $"{pattern}: {Matches(translation)}");
            }
            else
            {
                Assert.False(string.IsNullOrEmpty(problem));
                Assert.Empty(translation);
            }
        });
        Assert.True(translated > 280, $"Only {translated} patterns could be translated.");
    }

    [Fact]
    public void What_is_a_syntax_error_in_ecma_262_is_refused() =>
        Assert.All(EcmaPatternTable.Rows.Where(row => row.Data.Item2.Length == 0), row =>
            Assert.False(EcmaPattern.TryTranslate(row.Data.Item1, out _, out _), $"'{row.Data.Item1}' is accepted."));

    [Theory]
    [InlineData("^https?://", "^https?://")]
    [InlineData("^abc$", @"^abc\z")]
    [InlineData("[a-z]{2,}?", "[a-z]{2,}?")]
    [InlineData(@"^\d", "^[0-9]")]
    [InlineData(@"^\p{Lm}?a#", @"^(?:[\p{Lm}]|\uD801[\uDF80-\uDF85\uDF87-\uDFB0\uDFB2-\uDFBA]|", true)]
    public void A_translation_says_no_more_than_it_has_to(string pattern, string expected, bool isBeginning = false)
    {
        Assert.True(EcmaPattern.TryTranslate(pattern, out string translated, out _));
        Assert.Equal(expected, isBeginning ? translated[..expected.Length] : translated);
    }

    [Theory]
    [InlineData("(?i)a", "ECMA-262 has no such group (character 1)")]
    [InlineData(@"\A", @"'\A' is no escape of ECMA-262 in Unicode mode (character 1)")]
    [InlineData(@"a\-z", @"'\-' is no escape of ECMA-262 in Unicode mode (character 2)")]
    [InlineData("a{", @"'{' begins no quantifier such as {2}, {2,} or {2,3}; write '\{' for the character (character 3)")]
    [InlineData("a}", @"'}' opens nothing; write '\}' for the character (character 2)")]
    [InlineData("[", "a '[' is not closed (character 2)")]
    [InlineData("(a", "a '(' is not closed (character 3)")]
    [InlineData(@"\p{Script=Greek}", @".NET knows no '\p{Script=Greek}'; only general categories such as '\p{Letter}' can be matched")]
    [InlineData(@"\p{Script=Geek}", "ECMA-262 knows no property 'Script=Geek' (character 3)")]
    [InlineData(@"(?:(a)|b)*\1", "group 1 is repeated, and .NET does not match the reference to it as ECMA-262 does")]
    [InlineData(@"(a)(?<=\1)", ".NET cannot match a reference to a group within a look-behind as ECMA-262 does")]
    [InlineData("a{9999999999}", "a quantifier is too large")]
    public void What_cannot_be_translated_is_explained(string pattern, string expected)
    {
        Assert.False(EcmaPattern.TryTranslate(pattern, out _, out string? problem));
        Assert.Equal(expected, problem);
    }

    [Fact]
    public void A_hostile_pattern_is_refused_without_delay()
    {
        Assert.False(EcmaPattern.TryTranslate(new string('(', 1_000_000), out _, out _));
        Assert.False(EcmaPattern.TryTranslate(new string('(', 251) + new string(')', 251), out _, out string? problem));
        Assert.Equal("its groups are nested too deeply", problem);
        Assert.True(EcmaPattern.TryTranslate(new string('(', 250) + new string(')', 250), out string translated, out _));
        Assert.Matches(translated, "");
    }

    private static string Matches(string translation)
    {
        var regex = new Regex(translation, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));
        return string.Concat(EcmaPatternTable.Samples.Select(sample => regex.IsMatch(sample) ? '+' : '-'));
    }
}
