namespace ChatGen.Bayeux.Chaos.Mutation;

/// <summary>What a hostile server puts where something else belongs, some of it no JSON.</summary>
internal static class Hostile
{
    public static IReadOnlyList<string> Values { get; } =
    [
        "null", "true", "false", "0", "-1", "17", "1e999", "-1e999", "1E-400", "0.1", "-0", "86400001", "2147483648", "9223372036854775808", "123456789012345678901234567890",
        "\"\"", "\"/\"", "\"//\"", "\"/a\"", "\"/a/**\"", "\"true\"", "\"0\"", "\"1e9\"", "\"retry\"", "\"handshake\"", "\"none\"", "\"RETRY\"", "\"1\"", "\"c2\"", "\"h1\"", "\"d1\"",
        "\"/meta/handshake\"", "\"/meta/connect\"", "\"/meta/disconnect\"", "\"/meta/subscribe\"", "\"/meta/unsubscribe\"", "\"/meta/unheard\"", "\"/service/chat\"",
        "\"\\ud800\"", "\"\\udc00x\"", "\"\\u0000\"", "\"\\u002fa\"", "\"\\\"", "\"\n\"", "\"é ✓ 日本 👋\"", "\"402::\"", "\":::\"", "\"999:a,b:c:d\"", "\"-12::x\"",
        "[]", "{}", "[[]]", "[{}]", "[null]", "[\"/a\"]", "{\"a\":1,\"a\":2}", "[\"websocket\"]", "[\"in-process\",7,null,{},[]]",
        "{\"reconnect\":\"none\"}", "{\"reconnect\":\"handshake\"}", "{\"interval\":-1}", "{\"interval\":1e300}", "{\"timeout\":-1e300}", "{\"timeout\":0,\"maxInterval\":0}",
        "{\"channel\":\"/meta/connect\",\"successful\":true}", "{\"channel\":\"/a\",\"data\":1}", "{\"ack\":true}", "{\"ack\":-1}", "{\"ack\":1e40}", "{\"ack\":\"x\"}",
        "NaN", "undefined", "'x'", "/* */1", "01", "+1", ".5", "1.", "\"unterminated", "tru", "",
        Nested(62, '[', ']'), Nested(63, '[', ']'), Nested(64, '[', ']'), Nested(65, '[', ']'), Nested(5000, '[', ']'), Nested(30, '[', ' '),
        string.Concat(Enumerable.Repeat("{\"a\":", 61)) + "1" + new string('}', 61), string.Concat(Enumerable.Repeat("{\"a\":", 3000)) + "1" + new string('}', 3000),
        $"\"{new string('x', 5000)}\"", $"[{string.Join(',', Enumerable.Repeat("0", 3000))}]",
    ];

    public static IReadOnlyList<string> Members { get; } =
    [
        "channel", "id", "clientId", "successful", "data", "error", "advice", "ext", "subscription", "supportedConnectionTypes", "version", "timestamp", "x-messages",
        "reconnect", "interval", "timeout", "maxInterval", "multiple-clients", "hosts", "long-polling", "websocket", "ack", "timesync", "", "Channel", "\u0000", "é",
    ];

    /// <summary>Bytes that matter to a parser, and bytes that are no text.</summary>
    public static IReadOnlyList<byte[]> Bytes { get; } =
    [
        [.. "["u8], [.. "]"u8], [.. "{"u8], [.. "}"u8], [.. ","u8], [.. ":"u8], [.. "\""u8], [.. "\\"u8], [.. "\\u"u8], [.. "\\ud800"u8], [.. "/"u8], [.. "-"u8], [.. "e"u8], [.. "0"u8], [.. " "u8], [.. "\n"u8],
        [0x00], [0x01], [0x1F], [0x7F], [0x80], [0xC0], [0xC3], [0xC3, 0x28], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF0, 0x9F], [0xF4, 0x90, 0x80, 0x80], [0xFE], [0xFF], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE],
    ];

    private static string Nested(int depth, char open, char close) => new string(open, depth) + new string(close, depth);
}
