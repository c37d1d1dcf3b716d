using System.Text.Json;
using ChatGen.JsonSchemas;

namespace ChatGen.Runtime.Tests.JsonSchemas;

public class JsonNamesTests
{
    private static readonly JsonNames s_names = new("name", "", "größe", "a\"b", "\ud83d", "💩");

    [Theory]
    [InlineData("name", 0)]
    [InlineData("n\\u0061me", 0)]
    [InlineData("Name", -1)]
    [InlineData("", 1)]
    [InlineData("größe", 2)]
    [InlineData("gr\\u00f6ße", 2)]
    [InlineData("a\\\"b", 3)]
    [InlineData("\\ud83d", 4)]
    [InlineData("\\ud83e", -1)]
    [InlineData("\\uD83D\\uDCA9", 5)]
    [InlineData("💩", 5)]
    public void A_name_is_found_however_it_is_written(string written, int expected)
    {
        using JsonDocument document = JsonDocument.Parse($$"""{"{{written}}":1}""");

        Assert.Equal(expected, s_names.Find(document.RootElement.EnumerateObject().Single()));
        Assert.Equal(expected >= 0, s_names.IsAnyIn(document.RootElement));
    }
}
