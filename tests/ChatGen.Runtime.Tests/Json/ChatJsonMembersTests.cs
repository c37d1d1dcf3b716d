using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ChatGen.Runtime.Tests.Json;

public class ChatJsonMembersTests
{
    private static readonly ChatJsonMembers s_open = new(allowsOthers: true, "a", "b", "\u00E9", "text", "test", "");
    private static readonly ChatJsonMembers s_closed = new(allowsOthers: false, "a", "b", "\u00E9", "text", "test", "");

    [Theory]
    [InlineData("{}", "")]
    [InlineData("""{"a":1,"b":2}""", "0=1 1=2")]
    [InlineData("""{"b":2,"a":1}""", "1=2 0=1")]
    [InlineData("""{"a":1,"a":2}""", "0=1 0=2")]
    [InlineData("""{"test":1,"text":2,"\u00E9":3,"":4}""", "4=1 3=2 2=3 5=4")]
    [InlineData("""{"t\u0065xt":1,"\u0061":2}""", "3=1 0=2")]
    [InlineData("""{"a":{"b":1},"b":[1,{"a":2}]}""", "0={ 1=[")]
    public void Members_are_told_by_their_position_in_any_order(string json, string expected)
    {
        Assert.Equal(expected, Read(s_open, json));
        Assert.Equal(expected, Read(s_closed, json));
    }

    [Theory]
    [InlineData("""{"A":1,"a":2}""", "0=2", "A")]
    [InlineData("""{"x":{"a":[1]},"a":2}""", "0=2", "x")]
    [InlineData("""{"a":2,"x":[{"a":1}]}""", "0=2", "x")]
    [InlineData("""{"te\u0078":1}""", "", "tex")]
    public void Others_are_skipped_where_they_are_allowed_and_a_failure_where_not(string json, string expected, string other)
    {
        Assert.Equal(expected, Read(s_open, json));
        Assert.Equal($"$.{other}: is not allowed", Assert.Throws<ChatJsonException>(() => Read(s_closed, json)).Message);
    }

    [Fact]
    public void A_record_without_members_skips_all() => Assert.Equal("", Read(new ChatJsonMembers(allowsOthers: true), """{"a":1}"""));

    private static string Read(ChatJsonMembers members, string json)
    {
        string whole = Read(members, new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(json)));
        Assert.Equal(whole, Read(members, Segment.Split(Encoding.UTF8.GetBytes(json))));
        return whole;
    }

    private static string Read(ChatJsonMembers members, ReadOnlySequence<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        var found = new List<string>();
        int member = -1;
        while (members.Next(ref reader, ref member))
        {
            found.Add($"{member}={(reader.TokenType == JsonTokenType.StartObject ? "{" : reader.TokenType == JsonTokenType.StartArray ? "[" : $"{reader.GetInt32()}")}");
            reader.Skip();
        }

        Assert.Equal(JsonTokenType.EndObject, reader.TokenType);
        Assert.Equal(0, reader.CurrentDepth);
        return string.Join(' ', found);
    }

    /// <summary>Bytes one by one, as a network may bring them.</summary>
    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public static ReadOnlySequence<byte> Split(byte[] bytes)
        {
            var first = new Segment { Memory = bytes.AsMemory(0, 1) };
            Segment last = first;
            for (int i = 1; i < bytes.Length; i++)
            {
                var next = new Segment { Memory = bytes.AsMemory(i, 1), RunningIndex = i };
                last.Next = next;
                last = next;
            }

            return new ReadOnlySequence<byte>(first, 0, last, 1);
        }
    }
}
