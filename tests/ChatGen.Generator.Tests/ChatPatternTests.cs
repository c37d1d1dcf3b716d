using System.Text.RegularExpressions;
using ChatGen.Generator.Emit;
using ChatGen.Generator.Reading;
using Xunit;

namespace ChatGen.Generator.Tests;

public class ChatPatternTests
{
    private const string NoTranslation = "(?!)";

    // What random values are made of: what the patterns below name, their neighbours, and what is easily forgotten.
    private static readonly string[] s_pieces =
    [
        "a", "b", "c", "z", "A", "Z", "0", "5", "9", "_", "-", ".", "+", "@", "/", ":", " ", "http", "https", "://", "www.", "\n", "\r", "\u2028", "\0", "{", "`", "[",
        "\u00E9", "\u0130", "\u2603", "\uFFFF", "\uD83D\uDE00", "\uD83D", "\uDE00", "\uD800\uDC00", "\uDBFF\uDFFF",
    ];

    /// <summary>Patterns that take no regular expression, with a value that matches if there is one.</summary>
    public static TheoryData<string, string?> Sequences => new()
    {
        { "^", "" },
        { "^$", "" },
        { "^a", "a" },
        { "^a$", "a" },
        { "^abc$", "abc" },
        { "^a?$", "a" },
        { "^a*$", "aa" },
        { "^a+$", "a" },
        { "^a+?$", "aa" },
        { "^a{2}$", "aa" },
        { "^a{2,}$", "aaa" },
        { "^a{2,3}$", "aa" },
        { "^a{0}b$", "b" },
        { "^ab?c", "abc" },
        { "^a{2}a*$", "aaa" },
        { "^[a-z]+$", "ab" },
        { "^[a-z0-9_.-]{1,8}$", "a-b.9" },
        { "^[A-Za-z][A-Za-z0-9]*$", "A9" },
        { @"^\+?[0-9]{2,5}$", "+905" },
        { @"^\d{2}-\d{3}$", "90-509" },
        { @"^\w+$", "a_9" },
        { @"^[\w.]+@[a-z]+\.[a-z]{1,3}$", "a.b@c.z" },
        { "^[^@]+@[^@]+$", "a@b" },
        { @"^[^\d]*$", "ab" },
        { "^.$", "a" },
        { "^..$", "ab" },
        { "^.*$", "ab" },
        { "^.{2,}$", "abc" },
        { @"^\.", "." },
        { @"^[\u{1F600}-\u{1F64F}]+$", "\uD83D\uDE00" },
        { @"^[^\u{1F600}]$", "a" },
        { @"^\u{1F600}?a$", "a" },
        { @"^[\uD83D\uDE00]$", "\uD83D\uDE00" },
        { @"^\uD83D$", "\uD83D" },
        { @"^[\uD800-\uDBFF]", "\uD83Da" },
        { @"^[\n\r]?[^\n\r]$", "\na" },
        { "^https?://[a-z.]+$", "http://www.a" },
        { "^[a-c]{0,2}[0-9]{0,2}$", "ab9" },
        { @"^\/[^\/]*$", "/a" },
        { "^[^a]?a$", "ba" },
        { "^[^]$", "a" },
        { "^[]$", null },
        { "^a{3,2147483647}$", "aaa" },
    };

    [Theory]
    [MemberData(nameof(Sequences))]
    public void A_plain_sequence_matches_what_its_regular_expression_matches(string pattern, string? match)
    {
        Assert.True(TakesNoRegularExpression(pattern), $"'{pattern}' takes a regular expression.");
        var sequence = new ChatPattern(pattern, NoTranslation);
        Regex regex = Translate(pattern);
        Assert.True(match is null || regex.IsMatch(match));
        var random = new Random(1);
        for (int i = 0; i < 4_000; i++)
        {
            string value = match is not null && i % 2 == 0 ? Change(match, random) : string.Concat(Enumerable.Range(0, random.Next(7)).Select(_ => Piece(random)));
            bool isMatch = regex.IsMatch(value);
            Assert.True(isMatch == sequence.IsMatch(value), $"'{pattern}' on '{Regex.Escape(value)}': the regular expression says {isMatch}.");
        }
    }

    [Fact]
    public void A_pattern_matches_what_node_matches()
    {
        int sequences = 0;
        Assert.All(EcmaPatternTable.Rows.Where(row => row.Data.Item2.Length > 0), row =>
        {
            (string pattern, string expected) = row.Data;
            if (EcmaPattern.TryTranslate(pattern, out string translation, out _))
            {
                sequences += TakesNoRegularExpression(pattern) ? 1 : 0;
                var matched = new ChatPattern(pattern, translation);
                Assert.Equal($"{pattern}: {expected}", $"{pattern}: {string.Concat(EcmaPatternTable.Samples.Select(sample => matched.IsMatch(sample) ? '+' : '-'))}");
            }
        });
        Assert.True(sequences >= 10, $"Only {sequences} patterns take no regular expression.");
    }

    [Theory]
    [InlineData("a")]
    [InlineData("^a|b")]
    [InlineData("^(a)$")]
    [InlineData("^a*a$")]
    [InlineData("^[a-z]*[0-9]*z$")]
    [InlineData(@"^\s$")]
    [InlineData(@"^\p{L}$")]
    [InlineData(@"^a\b")]
    [InlineData("^a$b")]
    [InlineData("a^")]
    [InlineData("^^a")]
    [InlineData("$")]
    public void Another_pattern_takes_a_regular_expression(string pattern) => Assert.False(TakesNoRegularExpression(pattern));

    [Fact]
    public void A_value_that_takes_too_long_does_not_match() =>
        Assert.False(new ChatPattern("^(?:a+)+$", @"^(?:a+)+\z").IsMatch(new string('a', 40) + "!"));

    [Theory]
    [InlineData("^https?://", "http://", "https://")]
    [InlineData("^http", "http")]
    [InlineData("^ab?", "a", "ab")]
    [InlineData(@"^\.\/", "./")]
    [InlineData(@"^\u{1F600}", "\uD83D\uDE00")]
    [InlineData("^")]
    [InlineData("^a?")]
    [InlineData("^a?b?c")]
    [InlineData("^a$")]
    [InlineData("^a{2}")]
    [InlineData("^[a]")]
    [InlineData("a")]
    [InlineData("^a|b")]
    [InlineData(@"^\uD83D")]
    public void A_pattern_of_beginnings_is_read_as_texts(string pattern, params string[] prefixes)
    {
        Assert.Equal(prefixes, PatternPrefixes.Of(pattern));
        Regex regex = Translate(pattern);
        var random = new Random(1);
        for (int i = 0; i < 2_000 && prefixes.Length > 0; i++)
        {
            string value = Change(prefixes[i % prefixes.Length], random);
            Assert.Equal(regex.IsMatch(value), prefixes.Any(prefix => value.StartsWith(prefix, StringComparison.Ordinal)));
        }
    }

    private static string Piece(Random random) => s_pieces[random.Next(s_pieces.Length)];

    /// <summary>No change to three: a piece instead of a character, before it, or nothing.</summary>
    private static string Change(string value, Random random)
    {
        for (int changes = random.Next(4); changes > 0; changes--)
        {
            int place = random.Next(value.Length + 1);
            int length = random.Next(Math.Min(2, value.Length - place + 1));
            value = value.Remove(place, length).Insert(place, random.Next(3) == 0 ? "" : Piece(random));
        }

        return value;
    }

    // Who does not ask the translation does not notice that it is wrong.
    private static bool TakesNoRegularExpression(string pattern) =>
        EcmaPatternTable.Samples.All(sample => new ChatPattern(pattern, NoTranslation).IsMatch(sample) == new ChatPattern(pattern, "").IsMatch(sample));

    private static Regex Translate(string pattern)
    {
        Assert.True(EcmaPattern.TryTranslate(pattern, out string translation, out string? problem), problem);
        return new Regex(translation, RegexOptions.CultureInvariant);
    }
}
