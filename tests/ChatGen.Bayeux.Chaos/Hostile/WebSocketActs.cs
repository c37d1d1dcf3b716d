using System.Text;
using ChatGen.Bayeux.Chaos.Servers;

namespace ChatGen.Bayeux.Chaos.Hostile;

/// <summary>Upgrades and frames that no client should have to read.</summary>
internal static class WebSocketActs
{
    private const byte Text = 0x81;
    private const byte Binary = 0x82;
    private const byte TextToBeContinued = 0x01;
    private const byte Continuation = 0x80;
    private const byte ContinuationToBeContinued = 0x00;
    private const byte Close = 0x88;
    private const byte Ping = 0x89;
    private const byte Pong = 0x8A;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);
    private static readonly byte[] s_much = [.. Enumerable.Repeat((byte)'[', 64 * 1024)];

    /// <summary>Answers to an upgrade.</summary>
    public static IReadOnlyList<HostileAct> Upgrades { get; } =
    [
        new("nothing", static (_, _) => Task.CompletedTask),
        new("a reset", static (connection, _) =>
        {
            connection.Reset();
            return Task.CompletedTask;
        }),
        new("silence", static (connection, _) => connection.DrainAsync()),
        Changed("a switch without the accepted key", static good => good.Replace("Sec-WebSocket-Accept", "X-Accept", StringComparison.Ordinal)),
        Changed("a switch with another key", static good => good.Replace("Accept: ", "Accept: AAAA", StringComparison.Ordinal)),
        Changed("a switch to another protocol", static good => good.Replace("Upgrade: websocket", "Upgrade: h2c", StringComparison.Ordinal)),
        Changed("a switch without the upgrade", static good => good.Replace("Upgrade: websocket\r\n", "", StringComparison.Ordinal)),
        Changed("a sub-protocol that nobody asked for", static good => good.Replace("\r\n\r\n", "\r\nSec-WebSocket-Protocol: chess\r\n\r\n", StringComparison.Ordinal)),
        Changed("compression that nobody asked for", static good => good.Replace("\r\n\r\n", "\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n", StringComparison.Ordinal)),
        Changed("a switch with a body's length", static good => good.Replace("\r\n\r\n", "\r\nContent-Length: 5\r\n\r\n", StringComparison.Ordinal)),
        Changed("half a switch", static good => good[..(good.Length / 2)]),
        Changed("a switch, and garbage", static good => good + "GET / HTTP/1.1\r\n\r\n"),
        Changed("a switch, and an end", static good => good),
        HostileAct.Send("200", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]"),
        HostileAct.Send("400", "HTTP/1.1 400 Bad\r\nContent-Length: 0\r\n\r\n"),
        HostileAct.Send("405", "HTTP/1.1 405 No\r\nContent-Length: 0\r\n\r\n"),
        HostileAct.Send("426", "HTTP/1.1 426 Upgrade Required\r\nUpgrade: websocket\r\nContent-Length: 0\r\n\r\n"),
        HostileAct.Send("503", "HTTP/1.1 503 Later\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"),
        HostileAct.Send("a redirection to itself", "HTTP/1.1 302 Found\r\nLocation: /cometd\r\nContent-Length: 0\r\n\r\n"),
        HostileAct.Send("garbage", [.. Enumerable.Range(0, 500).Select(static i => (byte)(i * 31))]),
        HostileAct.Endless("headers that drip", [.. "HTTP/1.1 101 Switching Protocols\r\n"u8], [.. "X: y\r\n"u8], s_pause),
        HostileAct.Endless("headers without end", [.. "HTTP/1.1 101 Switching Protocols\r\n"u8], [.. "X-More: and more, and more, and more, and more\r\n"u8]),
    ];

    /// <summary>Frames instead of a reply.</summary>
    public static IReadOnlyList<HostileAct> Frames { get; } =
    [
        new("nothing", static (_, _) => Task.CompletedTask),
        new("a reset", static (connection, _) =>
        {
            connection.Reset();
            return Task.CompletedTask;
        }),
        new("silence", static (connection, _) => connection.DrainAsync()),
        Frame("an empty text", Text, ""),
        Frame("text that is no JSON", Text, "hello"),
        Frame("an empty array", Text, "[]", closes: true),
        Frame("an array that does not end", Text, "[{\"channel\":"),
        Frame("a page of HTML", Text, "<html></html>"),
        Frame("deep JSON", Text, new string('[', 10_000)),
        Frame("three thousand messages and no reply", Text, $"[{string.Join(',', Enumerable.Repeat("{\"channel\":\"/a\"}", 3000))}]", closes: true),
        .. ReplyActs.All.Select(static act => new HostileAct(
            act.Name,
            (connection, good) => connection.SendFrameAsync(act.Change(Encoding.UTF8.GetString(good))),
            Closes: false,
            act.IsHarmless)),
        Frame("bytes that are no text", Text, [0x5B, 0xC3, 0x28, 0xFF, 0x5D]),
        Frame("bytes as binary", Binary, [0x00, 0x01, 0xFF]),
        new("a good answer as binary", static (connection, good) => connection.SendFrameAsync(Binary, good), Closes: false, IsHarmless: true),
        new("a good answer byte by byte", SendInPiecesAsync, Closes: false, IsHarmless: true),
        new("a good answer masked", static (connection, good) => connection.SendAsync((byte[])[Text, (byte)(0x80 | Math.Min(good.Length, 125)), 0, 0, 0, 0, .. good])),
        Frame("a compressed frame", 0xC1, "[]"),
        Frame("all reserved bits", 0xF1, "[]"),
        Frame("a reserved operation", 0x83, "[]"),
        Frame("a reserved control operation", 0x8B, ""),
        Frame("a continuation of nothing", Continuation, "[]"),
        new("a beginning in a beginning", static async (connection, _) =>
        {
            await connection.SendFrameAsync(TextToBeContinued, "["u8.ToArray());
            await connection.SendFrameAsync(TextToBeContinued, "]"u8.ToArray());
            await connection.DrainAsync();
        }),
        new("a beginning without an end", static async (connection, _) =>
        {
            await connection.SendFrameAsync(TextToBeContinued, "["u8.ToArray());
            await connection.DrainAsync();
        }),
        Frame("a fragmented ping", 0x09, "x"),
        Frame("a ping of 126 bytes", Ping, new string('x', 126)),
        Frame("a pong that nobody asked for", Pong, "x", closes: true),
        Frame("an end without a status", Close, ""),
        Frame("an end with half a status", Close, [3]),
        Frame("an end with status 999", Close, [0x03, 0xE7]),
        Frame("an end with status 1005", Close, [0x03, 0xED]),
        Frame("an end with status 1009", Close, [0x03, 0xF1, .. "too big"u8]),
        Frame("an end whose reason is no text", Close, [0x03, 0xE8, 0xFF, 0xFE]),
        HostileAct.Send("a frame of nine exabytes", [Text, 127, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, .. "["u8]),
        HostileAct.Send("a frame of a negative length", [Text, 127, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, .. "["u8]),
        HostileAct.Send("a frame that lacks bytes", [Text, 100, .. "[{"u8]),
        HostileAct.Send("half a frame's head", [Text, 126, 1]),
        HostileAct.Send("HTTP", "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"),
        HostileAct.Endless("a frame without end", RawConnection.FrameHead(Text, long.MaxValue), s_much),
        HostileAct.Endless("a frame that drips", RawConnection.FrameHead(Text, 60_000), [.. "["u8], s_pause),
        HostileAct.Endless("continuations without end", [TextToBeContinued, 1, .. "["u8], [.. RawConnection.FrameHead(ContinuationToBeContinued, s_much.Length), .. s_much]),
        HostileAct.Endless("empty continuations without end", [TextToBeContinued, 1, .. "["u8], [.. Enumerable.Repeat<byte[]>([ContinuationToBeContinued, 0], 1000).SelectMany(static frame => frame)]),
        HostileAct.Endless("pings without end", [], [.. Enumerable.Repeat<byte[]>([Ping, 1, 7], 1000).SelectMany(static frame => frame)]),
        HostileAct.Endless("events without end", [], Framed("[{\"channel\":\"/chaos\",\"data\":1}]"), TimeSpan.FromMilliseconds(1)),
    ];

    private static HostileAct Changed(string name, Func<string, string> change) =>
        new(name, (connection, good) => connection.SendAsync(change(Encoding.ASCII.GetString(good))));

    private static HostileAct Frame(string name, byte first, string payload, bool closes = false) => Frame(name, first, Encoding.UTF8.GetBytes(payload), closes);

    // The client has to end it; one that passes over the frame as allowed would wait for its reply.
    private static HostileAct Frame(string name, byte first, byte[] payload, bool closes = false) => new(
        name,
        async (connection, _) =>
        {
            await connection.SendFrameAsync(first, payload);
            if (!closes)
            {
                await connection.DrainAsync();
            }
        });

    private static byte[] Framed(string json) => [.. RawConnection.FrameHead(Text, json.Length), .. Encoding.ASCII.GetBytes(json)];

    private static async Task SendInPiecesAsync(RawConnection connection, byte[] good)
    {
        for (int i = 0; i < good.Length; i++)
        {
            bool isLast = i == good.Length - 1;
            await connection.SendFrameAsync((byte)((i == 0 ? TextToBeContinued : ContinuationToBeContinued) | (isLast ? Continuation : 0)), good.AsMemory(i, 1));
        }
    }
}
