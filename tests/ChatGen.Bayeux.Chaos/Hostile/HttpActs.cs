using System.IO.Compression;
using System.Text;

namespace ChatGen.Bayeux.Chaos.Hostile;

/// <summary>HTTP responses that no client should have to read.</summary>
internal static class HttpActs
{
    private const int Much = 64 * 1024 * 1024;
    private const int PieceBytes = 64 * 1024;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);
    private static readonly byte[] s_spaces = [.. Enumerable.Repeat((byte)' ', PieceBytes)];
    private static readonly byte[] s_brackets = [.. Enumerable.Repeat((byte)'[', PieceBytes)];

    public static IReadOnlyList<HostileAct> All { get; } =
    [
        new("nothing", static (_, _) => Task.CompletedTask),
        new("a reset", static (connection, _) =>
        {
            connection.Reset();
            return Task.CompletedTask;
        }),
        new("silence", static (connection, _) => connection.DrainAsync()),
        new("half the answer, and a reset", static async (connection, good) =>
        {
            await connection.SendAsync(Response(good).AsMemory(..^(good.Length / 2)));
            connection.Reset();
        }),

        // Bodies.
        Body("an empty body", ""),
        Body("an empty array", "[]"),
        Body("null", "null"),
        Body("a number", "17"),
        Body("an array of null", "[null]"),
        Body("an array of arrays", "[[[]]]"),
        Body("a page of HTML", "<!DOCTYPE html><html><body>Please log in.</body></html>"),
        Body("plain text", "upstream connect error or disconnect/reset before headers"),
        Body("a byte order mark alone", "\uFEFF"),
        Body("an array that does not end", "[{\"channel\":\"/meta/connect\","),
        Body("an unpaired surrogate", "[{\"channel\":\"/a\",\"data\":1,\"error\":\"\\ud800\"}]"),
        Body("bytes that are no text", [0x5B, 0xC3, 0x28, 0xFF, 0xFE, 0x5D]),
        Body("UTF-16", Encoding.Unicode.GetBytes("[]")),
        Body("thirty thousand brackets", new string('[', 30_000)),
        Body("a message with deep data", $"[{{\"channel\":\"/a\",\"data\":{new string('[', 10_000)}{new string(']', 10_000)}}}]"),
        Body("three thousand messages and no reply", $"[{string.Join(',', Enumerable.Repeat("{\"channel\":\"/a\"}", 3000))}]"),
        Body("a reply to somebody else", "[{\"channel\":\"/meta/handshake\",\"id\":\"nobody\",\"successful\":true,\"clientId\":\"x\"},{\"channel\":\"/meta/connect\",\"id\":\"nobody\",\"successful\":true}]"),
        Body("a reply without a channel", "[{\"id\":\"1\",\"successful\":true}]"),
        Body("a channel that is no name", "[{\"channel\":\"meta connect\",\"successful\":true}]"),
        Body("success that is no Boolean", "[{\"channel\":\"/meta/connect\",\"successful\":\"true\"},{\"channel\":\"/meta/handshake\",\"successful\":1}]"),
        Body("a handshake without a client id", "[{\"channel\":\"/meta/handshake\",\"successful\":true,\"supportedConnectionTypes\":[\"long-polling\"]}]"),

        .. ReplyActs.All.Select(static act => new HostileAct(
            act.Name,
            (connection, good) => connection.SendAsync(Response(Encoding.UTF8.GetBytes(act.Change(Encoding.UTF8.GetString(good))))),
            Closes: false,
            act.IsHarmless)),

        // Lengths.
        Send("a length beyond the body", "200 OK", "Content-Length: 1000", "[]"),
        Send("a length short of the body", "200 OK", "Content-Length: 2", "[][{\"channel\":\"/a\"}]", closes: false),
        Send("a negative length", "200 OK", "Content-Length: -1", "[]"),
        Send("a length that is no number", "200 OK", "Content-Length: many", "[]"),
        Send("a length of nine exabytes", "200 OK", "Content-Length: 9223372036854775807", "[]"),
        Send("a length of nine exabytes, at rest", "200 OK", "Content-Length: 9223372036854775807", "[", closes: false),
        Send("a length just within an array's", "200 OK", "Content-Length: 2147483591", "[", closes: false),
        Send("two lengths", "200 OK", "Content-Length: 2\r\nContent-Length: 3", "[]"),
        Send("a chunk whose size is no number", "200 OK", "Transfer-Encoding: chunked", "zz\r\n[]\r\n0\r\n\r\n"),
        Send("a chunk that lacks bytes", "200 OK", "Transfer-Encoding: chunked", "64\r\n[]\r\n0\r\n\r\n"),
        Send("a chunk without its end", "200 OK", "Transfer-Encoding: chunked", "2\r\n[]0\r\n\r\n"),
        Send("a chunk of nine exabytes", "200 OK", "Transfer-Encoding: chunked", "7fffffffffffffff\r\n[]"),
        Send("chunks without the last", "200 OK", "Transfer-Encoding: chunked", "2\r\n[]\r\n"),
        Send("chunks without the last, at rest", "200 OK", "Transfer-Encoding: chunked", "2\r\n[]\r\n", closes: false),
        Send("an end by closing", "200 OK", "X-Nothing: 1", "[{"),

        // Without an end.
        HostileAct.Endless("a body without end", Head("200 OK", $"Content-Length: {Much}"), s_brackets),
        HostileAct.Endless("a body of spaces without end", Head("200 OK", "X-Nothing: 1"), s_spaces),
        HostileAct.Endless("chunks without end", Head("200 OK", "Transfer-Encoding: chunked"), [.. "10000\r\n"u8, .. s_spaces, .. "\r\n"u8]),
        HostileAct.Endless("a body that drips", Head("200 OK", "Content-Length: 60000"), [.. "["u8], s_pause),
        HostileAct.Endless("chunks that drip", Head("200 OK", "Transfer-Encoding: chunked"), [.. "1\r\n \r\n"u8], s_pause),
        HostileAct.Endless("a chunk's size without end", Head("200 OK", "Transfer-Encoding: chunked"), [.. "0000000000000000"u8]),
        HostileAct.Endless("headers without end", [.. "HTTP/1.1 200 OK\r\n"u8], [.. "X-More: and more, and more, and more, and more\r\n"u8]),
        HostileAct.Endless("a header line without end", [.. "HTTP/1.1 200 OK\r\nX-Long: "u8], s_brackets),
        HostileAct.Endless("headers that drip", [.. "HTTP/1.1 200 OK\r\n"u8], [.. "X: y\r\n"u8], s_pause),
        HostileAct.Endless("a status line that drips", [.. "HTTP/1.1 200 "u8], [.. "O"u8], s_pause),
        HostileAct.Endless("trailers without end", [.. Head("200 OK", "Transfer-Encoding: chunked"), .. "0\r\n"u8], [.. "X-More: and more\r\n"u8]),
        HostileAct.Endless("promises to go on", [], [.. "HTTP/1.1 100 Continue\r\n\r\n"u8]),

        // Compression.
        Encoded("a bomb of gzip", "gzip", Compress(static stream => new GZipStream(stream, CompressionLevel.SmallestSize))),
        Encoded("a bomb of brotli", "br", Compress(static stream => new BrotliStream(stream, CompressionLevel.Optimal))),
        Encoded("a bomb of deflate", "deflate", Compress(static stream => new ZLibStream(stream, CompressionLevel.SmallestSize))),
        Encoded("gzip that is none", "gzip", [.. "[{\"channel\":\"/a\"}]"u8]),
        Encoded("brotli that is none", "br", [0xFF, 0x00, 0x13, 0x37, 0xFF]),
        Encoded("an unknown encoding", "zstd-of-old", [0x28, 0xB5, 0x2F, 0xFD]),

        // Statuses, and what is no response at all.
        Send("204", "204 No Content", "X-Nothing: 1", ""),
        Send("a redirection to itself", "302 Found", "Location: /cometd\r\nContent-Length: 0", ""),
        Send("a redirection elsewhere", "307 Temporary Redirect", "Location: http://127.0.0.1:1/\r\nContent-Length: 0", ""),
        Send("401", "401 Unauthorized", "WWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0", ""),
        Send("403", "403 Forbidden", "Content-Length: 2", "no"),
        Send("407", "407 Proxy Authentication Required", "Proxy-Authenticate: Negotiate\r\nContent-Length: 0", ""),
        Send("500", "500 Oops", "Content-Length: 0", ""),
        Send("503 that asks for a second date", "503 Later", "Retry-After: Sat, 31 Feb 2099 99:99:99 GMT\r\nContent-Length: 0", ""),
        Send("status 999", "999 What", "Content-Length: 0", ""),
        Send("status 42", "42 What", "Content-Length: 0", ""),
        Send("a switch of protocols that nobody asked for", "101 Switching Protocols", "Upgrade: websocket\r\nConnection: Upgrade", "\u0081\u0002[]"),
        HostileAct.Send("HTTP 0.9", "[{\"channel\":\"/meta/connect\",\"successful\":true}]"),
        HostileAct.Send("a frame of HTTP/2", [0, 0, 18, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 100]),
        HostileAct.Send("an alert of TLS", [0x15, 3, 1, 0, 2, 2, 70]),
        HostileAct.Send("bytes at random", [.. Enumerable.Range(0, 2000).Select(static i => (byte)((i * 7919) ^ (i >> 3)))]),
        HostileAct.Send("line feeds alone", new string('\n', 5000)),
        HostileAct.Send("a header with a NUL", "HTTP/1.1 200 OK\r\nX-\0: \0\r\nContent-Length: 2\r\n\r\n[]"),

        // What comes besides a good answer.
        Besides("a cookie that is none", "Set-Cookie: ;;;=\u00FF;=;Expires=never;Max-Age=9999999999999999999"),
        Besides("a thousand cookies", string.Join("\r\n", Enumerable.Range(0, 1000).Select(static number => $"Set-Cookie: c{number}={new string('x', 20)}"))),
        Besides("a content type that is none", "Content-Type: //;;charset=\"\u00FF"),
        Besides("an unknown character set", "Content-Type: application/json;charset=klingon"),
    ];

    private static HostileAct Body(string name, string body) => Body(name, Encoding.UTF8.GetBytes(body));

    private static HostileAct Body(string name, byte[] body) => HostileAct.Send(name, Response(body), closes: false);

    private static HostileAct Send(string name, string status, string headers, string body, bool closes = true) =>
        HostileAct.Send(name, [.. Head(status, headers), .. Encoding.Latin1.GetBytes(body)], closes);

    private static HostileAct Encoded(string name, string encoding, byte[] body) =>
        HostileAct.Send(name, [.. Head("200 OK", $"Content-Encoding: {encoding}\r\nContent-Length: {body.Length}"), .. body], closes: false);

    private static HostileAct Besides(string name, string headers) => new(
        name,
        (connection, good) => connection.SendAsync((byte[])[.. Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {good.Length}\r\n{headers}\r\n\r\n"), .. good]),
        Closes: false,
        IsHarmless: true);

    private static byte[] Response(byte[] body) => [.. Head("200 OK", $"Content-Type: application/json\r\nContent-Length: {body.Length}"), .. body];

    private static byte[] Head(string status, string headers) => Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{headers}\r\n\r\n");

    private static byte[] Compress(Func<Stream, Stream> wrap)
    {
        using MemoryStream compressed = new();
        using (Stream stream = wrap(compressed))
        {
            for (int written = 0; written < Much; written += PieceBytes)
            {
                stream.Write(s_spaces);
            }
        }

        return compressed.ToArray();
    }
}
