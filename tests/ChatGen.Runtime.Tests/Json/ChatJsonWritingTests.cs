using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatGen.Runtime.Tests.Json;

public class ChatJsonWritingTests
{
    private static readonly ChatJsonValues s_values = new("a", "b");

    [Fact]
    public void A_member_is_written_and_null_is_left_out()
    {
        Writes("\"x\"", writer => ChatJson.WriteString(writer, "m"u8, "x"), writer => ChatJson.WriteString(writer, "m"u8, null));
        Writes("true", writer => ChatJson.WriteBoolean(writer, "m"u8, true), writer => ChatJson.WriteBoolean(writer, "m"u8, null));
        Writes("1", writer => ChatJson.WriteInt32(writer, "m"u8, 1), writer => ChatJson.WriteInt32(writer, "m"u8, null));
        Writes("9223372036854775807", writer => ChatJson.WriteInt64(writer, "m"u8, long.MaxValue), writer => ChatJson.WriteInt64(writer, "m"u8, null));
        Writes("0.5", writer => ChatJson.WriteDouble(writer, "m"u8, 0.5), writer => ChatJson.WriteDouble(writer, "m"u8, null));
        Writes("1.5", writer => ChatJson.WriteSeconds(writer, "m"u8, TimeSpan.FromMilliseconds(1500)), writer => ChatJson.WriteSeconds(writer, "m"u8, null));
        Writes("1500", writer => ChatJson.WriteMilliseconds(writer, "m"u8, TimeSpan.FromMilliseconds(1500)), writer => ChatJson.WriteMilliseconds(writer, "m"u8, null));
        Writes("\"/a\"", writer => ChatJson.WriteUri(writer, "m"u8, new Uri("/a", UriKind.Relative)), writer => ChatJson.WriteUri(writer, "m"u8, null));
        Writes("\"2026-01-31T00:00:00+00:00\"", writer => ChatJson.WriteDateTimeOffset(writer, "m"u8, new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero)), writer => ChatJson.WriteDateTimeOffset(writer, "m"u8, null));
        Writes("\"00000000-0000-0000-0000-000000000000\"", writer => ChatJson.WriteGuid(writer, "m"u8, Guid.Empty), writer => ChatJson.WriteGuid(writer, "m"u8, null));
        Writes("\"b\"", writer => ChatJson.WriteEnum(writer, "m"u8, 1, s_values), writer => ChatJson.WriteEnum(writer, "m"u8, null, s_values));
        Writes("[1]", writer => ChatJson.WriteJsonNode(writer, "m"u8, new JsonArray(1)), writer => ChatJson.WriteJsonNode(writer, "m"u8, null));
        Writes("{\"v\":1}", writer => ChatJson.WriteValue(writer, "m"u8, "x", static (writer, _) => writer.WriteNumber("v", 1)), writer => ChatJson.WriteValue<string>(writer, "m"u8, null, static (_, _) => { }));
        Writes("[1,2]", writer => ChatJson.WriteList(writer, "m"u8, [1, 2], ChatJson.WriteInt32), writer => ChatJson.WriteList<int>(writer, "m"u8, null, ChatJson.WriteInt32));
        Writes("{\"k\":\"v\"}", writer => ChatJson.WriteDictionary(writer, "m"u8, new Dictionary<string, string> { ["k"] = "v" }, ChatJson.WriteString), writer => ChatJson.WriteDictionary<string>(writer, "m"u8, null, ChatJson.WriteString));
    }

    [Fact]
    public void An_item_is_written()
    {
        Items("[\"x\"]", ["x"], ChatJson.WriteString);
        Items("[false]", [false], ChatJson.WriteBoolean);
        Items("[1]", [1L], ChatJson.WriteInt64);
        Items("[0.5]", [0.5], ChatJson.WriteDouble);
        Items("[60]", [TimeSpan.FromMinutes(1)], ChatJson.WriteSeconds);
        Items("[60000]", [TimeSpan.FromMinutes(1)], ChatJson.WriteMilliseconds);
        Items("[\"http://a\"]", [new Uri("http://a")], ChatJson.WriteUri);
        Items("[\"00000000-0000-0000-0000-000000000000\"]", [Guid.Empty], ChatJson.WriteGuid);
        Items("[\"2026-01-31T00:00:00+00:00\"]", [new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero)], ChatJson.WriteDateTimeOffset);
        Items("[null,1]", [null, JsonValue.Create(1)], ChatJson.WriteJsonNode);
    }

    private static void Items<T>(string expected, IReadOnlyList<T> list, ChatJsonWriter<T> write) =>
        Writes(expected, writer => ChatJson.WriteList(writer, "m"u8, list, write), static _ => { });

    private static void Writes(string expected, Action<Utf8JsonWriter> write, Action<Utf8JsonWriter> writeNull)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writeNull(writer);
            write(writer);
            writer.WriteEndObject();
        }

        Assert.Equal($"{{\"m\":{expected}}}", Encoding.UTF8.GetString(stream.ToArray()));
    }
}
