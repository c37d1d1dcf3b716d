using System.Text;
using System.Text.Json;

namespace ChatGen.Runtime.Tests.Json;

/// <summary>Values are read without losing a digit, or not at all.</summary>
public sealed class ExactValueTests
{
    [Theory]
    [InlineData("0.1")]
    [InlineData("-0")]
    [InlineData("1e300")]
    [InlineData("0.30000000000000004")]
    [InlineData("1.7976931348623157e308")]
    [InlineData("9007199254740992")]
    [InlineData("0.10000000000000000000000")]
    public void A_number_that_a_double_holds_is_read(string json) => Assert.Equal(double.Parse(json, System.Globalization.CultureInfo.InvariantCulture), Read(json, ChatJson.GetDouble));

    [Theory]
    [InlineData("9007199254740993")]
    [InlineData("0.1234567890123456789")]
    [InlineData("1e400")]
    [InlineData("1e-400")]
    public void A_number_that_a_double_would_round_is_refused(string json) =>
        Assert.Equal("$.x: has more digits than a double holds", Assert.Throws<ChatJsonException>(() => Read(json, (ref Utf8JsonReader reader) => ChatJson.GetDouble(ref reader, "x"))).Message);

    [Theory]
    [InlineData("5.0", 5)]
    [InlineData("5e0", 5)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("0.5e1", 5)]
    public void An_integer_may_be_written_in_any_way(string json, long expected) => Assert.Equal(expected, Read(json, ChatJson.GetInt64));

    [Theory]
    [InlineData("9223372036854775808")]
    [InlineData("1.00000000000000000000000000000000000001")]
    [InlineData("1.5")]
    public void What_is_no_64_bit_integer_is_refused(string json) =>
        Assert.Equal("$.x: must be an integer of at most 64 bits", Assert.Throws<ChatJsonException>(() => Read(json, (ref Utf8JsonReader reader) => ChatJson.GetInt64(ref reader, "x"))).Message);

    [Theory]
    [InlineData("\"2026-01-31T12:00:00Z\"")]
    [InlineData("\"2026-01-31t12:00:00z\"")]
    [InlineData("\"2026-01-31T12:00:00.5-01:00\"")]
    [InlineData("\"2026-01-31T12:00:00\\u002B01:00\"")]
    public void A_date_and_time_of_RFC_3339_is_read(string json) =>
        Assert.Equal(DateTimeOffset.Parse(JsonSerializer.Deserialize<string>(json)!, System.Globalization.CultureInfo.InvariantCulture), Read(json, ChatJson.GetDateTimeOffset));

    [Theory]
    [InlineData("\"2026-01-31\"")]
    [InlineData("\"2026-01-31T12:00:00\"")]
    [InlineData("\"2026-01-31T12:00Z\"")]
    [InlineData("\"2026-02-30T12:00:00Z\"")]
    [InlineData("\"31.1.2026 12:00:00 +01:00\"")]
    public void What_other_standards_allow_is_refused(string json) =>
        Assert.Equal("format", Assert.Throws<ChatJsonException>(() => Read(json, (ref Utf8JsonReader reader) => ChatJson.GetDateTimeOffset(ref reader, "x"))).Keyword);

    [Fact]
    public void A_leap_second_is_a_date_and_time_that_cannot_be_held() =>
        Assert.Contains("no value for", Assert.Throws<ChatJsonException>(() => Read("\"1998-12-31T23:59:60Z\"", ChatJson.GetDateTimeOffset)).Message, StringComparison.Ordinal);

    private static T Read<T>(string json, ChatJsonReader<T> read)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        return read(ref reader);
    }
}
