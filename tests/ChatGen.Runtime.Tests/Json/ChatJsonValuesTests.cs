using System.Text;
using System.Text.Json;

namespace ChatGen.Runtime.Tests.Json;

public class ChatJsonValuesTests
{
    private static readonly ChatJsonValues s_values = new("a", "B", "\u00E9", "", "\uD83D\uDE00", "\uD83D", "\uFFFD", "long value");

    [Theory]
    [InlineData("\"a\"", 0)]
    [InlineData("\"B\"", 1)]
    [InlineData("\"\u00E9\"", 2)]
    [InlineData("\"\\u00e9\"", 2)]
    [InlineData("\"\"", 3)]
    [InlineData("\"\uD83D\uDE00\"", 4)]
    [InlineData("\"\\ud83d\\ude00\"", 4)]
    [InlineData("\"\uFFFD\"", 6)]
    [InlineData("\"l\\u006fng value\"", 7)]
    public void A_value_is_told_by_its_position(string json, int expected)
    {
        Utf8JsonReader reader = Start(json);
        Assert.Equal(expected, s_values.Get(ref reader, "m"));
        Assert.Same(s_values[expected], s_values.GetString(ref reader, "m"));
        Assert.True(s_values.Contains(new string(s_values[expected].AsSpan())));
    }

    [Fact]
    public void Another_string_is_no_value()
    {
        Assert.Equal("$.m: must be one of 'a', 'x'", Assert.Throws<ChatJsonException>(() => Read("\"A\"")).Message);
        Assert.Equal("$.m: must be one of 'a', 'x'", Assert.Throws<ChatJsonException>(() => Read("\"aa\"")).Message);

        Utf8JsonReader reader = Start("\"A\"");
        Assert.Equal("A", s_values.GetString(ref reader, "m"));
        Assert.False(s_values.Contains("A"));
        Assert.False(s_values.Contains(null));
        Assert.False(s_values.Contains(new string('a', 1_000)));

        static void Read(string json)
        {
            Utf8JsonReader reader = Start(json);
            new ChatJsonValues("a", "x").Get(ref reader, "m");
        }
    }

    [Theory]
    [InlineData("1", "a number")]
    [InlineData("null", "null")]
    [InlineData("[\"a\"]", "an array")]
    public void What_is_no_string_is_no_value(string json, string what)
    {
        Assert.Equal($"$.m: must be a string, but is {what}", Assert.Throws<ChatJsonException>(() => Read(open: false)).Message);
        Assert.Equal($"$.m: must be a string, but is {what}", Assert.Throws<ChatJsonException>(() => Read(open: true)).Message);

        void Read(bool open)
        {
            Utf8JsonReader reader = Start(json);
            if (open)
            {
                s_values.GetString(ref reader, "m");
            }
            else
            {
                s_values.Get(ref reader, "m");
            }
        }
    }

    [Fact]
    public void A_value_without_a_name_is_not_written()
    {
        Assert.Equal("a", s_values[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => s_values[8]);
        Assert.Throws<ArgumentOutOfRangeException>(() => s_values[-1]);
    }

    [Fact]
    public void Of_ten_thousand_values_each_is_found()
    {
        string[] all = [.. Enumerable.Range(0, 10_000).Select(i => $"v{i}")];
        var values = new ChatJsonValues(all);
        Assert.All(all, (value, i) =>
        {
            Utf8JsonReader reader = Start($"\"{value}\"");
            Assert.Equal(i, values.Get(ref reader, "m"));
        });
        Assert.False(values.Contains("v10000"));
    }

    private static Utf8JsonReader Start(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        return reader;
    }
}
