using System.Text.Json;
using ChatGen.JsonSchemas;

namespace ChatGen.Runtime.Tests.JsonSchemas;

public class JsonNumberTests
{
    // Ordered. The texts of a line have one value; some are kept as an integer, some as digits and a power of ten, and some are where the one becomes the other.
    private static readonly string[][] s_ordered =
    [
        ["-1e400"],
        ["-1000000000000000000", "-1e18"],
        ["-999999999999999999", "-999999999999999999.0", "-9999999999999999990e-1"],
        ["-10", "-1e1", "-10.0"],
        ["-0.5"],
        ["0", "-0", "0.0", "0e5", "-0.0e-9"],
        ["1e-400"],
        ["0.1", "1e-1", "0.10"],
        ["1", "1.0", "10e-1", "1E+0"],
        ["99999999999999999.9"],
        ["100000000000000000", "1e17", "100000000000000000.0"],
        ["999999999999999999", "999999999999999999.00"],
        ["1000000000000000000", "1e18", "1000000000000000000.0"],
        ["9223372036854775808"],
        ["1e400", "10e399"],
    ];

    public static TheoryData<int, int> Pairs { get; } =
        new(Enumerable.Range(0, s_ordered.Length).SelectMany(left => Enumerable.Range(0, s_ordered.Length).Select(right => (left, right))));

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Numbers_are_compared_by_value_however_they_are_written(int left, int right)
    {
        foreach (string one in s_ordered[left])
        {
            foreach (string other in s_ordered[right])
            {
                Assert.Equal(Math.Sign(left.CompareTo(right)), Math.Sign(Of(one).CompareTo(Of(other))));
                Assert.Equal(Math.Sign(left.CompareTo(right)), Math.Sign(JsonNumber.Parse(one).CompareTo(Of(other))));
                Assert.Equal(left == right, Of(one) == JsonNumber.Parse(other));
                Assert.True(left != right || Of(one).GetHashCode() == JsonNumber.Parse(other).GetHashCode());
            }
        }
    }

    [Theory]
    [InlineData("6", "3", true)]
    [InlineData("-6", "3", true)]
    [InlineData("7", "3", false)]
    [InlineData("0", "0.1", true)]
    [InlineData("0.0", "7", true)]
    [InlineData("0.3", "0.1", true)]
    [InlineData("3", "0.1", true)]
    [InlineData("0.35", "0.1", false)]
    [InlineData("1e400", "3", false)]
    [InlineData("3e400", "3", true)]
    [InlineData("5", "1e400", false)]
    [InlineData("1e18", "999999999999999999", false)]
    public void Multiples_are_exact(string value, string divisor, bool expected) => Assert.Equal(expected, Of(value).IsMultipleOf(JsonNumber.Parse(divisor)));

    [Theory]
    [InlineData("1.0", true)]
    [InlineData("-0", true)]
    [InlineData("1e400", true)]
    [InlineData("0.5", false)]
    [InlineData("15e-1", false)]
    public void An_integer_is_one_however_it_is_written(string value, bool expected) => Assert.Equal(expected, Of(value).IsInteger);

    private static JsonNumber Of(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return JsonNumber.Of(document.RootElement);
    }
}
