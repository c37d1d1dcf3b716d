using System.Text.Json;
using ChatGen.JsonSchemas;

namespace ChatGen.Runtime.Tests.JsonSchemas;

public class JsonEqualityTests
{
    [Theory]
    [InlineData("""[1, 1.0]""", false)]
    [InlineData("""[1, true, "1", null, [], {}]""", true)]
    [InlineData("""["a", "\u0061"]""", false)]
    [InlineData("""["a", "A"]""", true)]
    [InlineData("""["\ud83d", "\ud83e"]""", true)]
    [InlineData("""["\ud83d\udca9", "💩"]""", false)]
    [InlineData("""[{ "a": 1, "b": 2 }, { "b": 2, "a": 1 }]""", false)]
    [InlineData("""[[1, 2], [2, 1]]""", true)]
    [InlineData("[]", true)]
    public void Items_are_unique_by_their_values_in_short_arrays_and_in_long_ones(string array, bool expected)
    {
        // What is added is equal to nothing.
        string others = string.Join(", ", Enumerable.Range(100, 20));
        string longer = array == "[]" ? $"[{others}]" : $"{array.TrimEnd(']')}{(array.EndsWith("]]", StringComparison.Ordinal) ? "]" : "")}, {others}]";

        Assert.Equal(expected, AreUnique(array));
        Assert.Equal(expected, AreUnique(longer));
    }

    private static bool AreUnique(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return JsonEquality.AreUnique(document.RootElement);
    }
}
