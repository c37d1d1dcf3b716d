using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ChatGen.Bayeux.Chaos.Servers;

/// <summary>One connection to a <see cref="RawServer"/>: reads what a good client sends, and sends anything.</summary>
internal sealed class RawConnection(Socket socket) : IDisposable
{
    private readonly NetworkStream _stream = new(socket, ownsSocket: true);
    private readonly SemaphoreSlim _turn = new(1);
    private readonly byte[] _buffer = new byte[8 * 1024];
    private int _buffered;

    /// <summary>Reads an HTTP request; <see langword="null"/> if the client has closed.</summary>
    public async Task<RawRequest?> ReadRequestAsync()
    {
        if (await ReadHeadAsync() is not { } head)
        {
            return null;
        }

        string? key = null;
        int length = 0;
        foreach (string line in head.Split("\r\n"))
        {
            key = ValueOf(line, "Sec-WebSocket-Key:") ?? key;
            length = int.TryParse(ValueOf(line, "Content-Length:"), CultureInfo.InvariantCulture, out int given) ? given : length;
        }

        byte[] body = new byte[length];
        await ReadExactlyAsync(body);
        return new RawRequest(key, body);
    }

    /// <summary>Reads the payload of a text frame; <see langword="null"/> if the client has closed. Answers to pings are passed over.</summary>
    public async Task<byte[]?> ReadFrameAsync()
    {
        byte[] bytes = new byte[8];
        while (true)
        {
            await ReadExactlyAsync(bytes.AsMemory(0, 2));
            int operation = bytes[0] & 0x0F;
            long length = bytes[1] & 0x7F;
            if (length == 126)
            {
                await ReadExactlyAsync(bytes.AsMemory(0, 2));
                length = BinaryPrimitives.ReadUInt16BigEndian(bytes);
            }
            else if (length == 127)
            {
                await ReadExactlyAsync(bytes);
                length = BinaryPrimitives.ReadInt64BigEndian(bytes);
            }

            byte[] mask = new byte[4];
            await ReadExactlyAsync(mask);
            byte[] payload = new byte[length];
            await ReadExactlyAsync(payload);
            for (int i = 0; i < payload.Length; i++)
            {
                payload[i] ^= mask[i % 4];
            }

            switch (operation)
            {
                case 1:
                    return payload;
                case 8:
                    return null;
            }
        }
    }

    /// <summary>Sends bytes as they are.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await _turn.WaitAsync();
        try
        {
            await _stream.WriteAsync(bytes);
        }
        finally
        {
            _turn.Release();
        }
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Sends a good HTTP response.</summary>
    public Task RespondAsync(string json) =>
        SendAsync($"HTTP/1.1 200 OK\r\nContent-Type: application/json;charset=UTF-8\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");

    /// <summary>Accepts a WebSocket upgrade.</summary>
    public Task AcceptAsync(RawRequest upgrade) => SendAsync(Accepting(upgrade));

    /// <summary>The response that accepts a WebSocket upgrade.</summary>
    public static string Accepting(RawRequest upgrade) =>
        $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {WebSocketKey.Accept(upgrade.WebSocketKey!)}\r\n\r\n";

    /// <summary>Sends a frame, whole and unmasked, as a good server does.</summary>
    public Task SendFrameAsync(string json) => SendFrameAsync(0x81, Encoding.UTF8.GetBytes(json));

    /// <summary>Sends a frame.</summary>
    /// <param name="first">Its first byte: final bit, reserved bits, operation.</param>
    /// <param name="payload">Its payload.</param>
    public Task SendFrameAsync(byte first, ReadOnlyMemory<byte> payload) => SendAsync((byte[])[.. FrameHead(first, payload.Length), .. payload.Span]);

    /// <summary>What a frame begins with.</summary>
    public static byte[] FrameHead(byte first, long length)
    {
        if (length < 126)
        {
            return [first, (byte)length];
        }

        byte[] head = new byte[length <= ushort.MaxValue ? 4 : 10];
        head[0] = first;
        head[1] = length <= ushort.MaxValue ? (byte)126 : (byte)127;
        if (length <= ushort.MaxValue)
        {
            BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(2), (ushort)length);
        }
        else
        {
            BinaryPrimitives.WriteInt64BigEndian(head.AsSpan(2), length);
        }

        return head;
    }

    /// <summary>Waits until the client has closed, and reads what it still sends.</summary>
    public async Task DrainAsync()
    {
        byte[] buffer = new byte[4096];
        while (await _stream.ReadAsync(buffer) > 0)
        {
        }
    }

    /// <summary>Ends the connection by a reset.</summary>
    public void Reset()
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }

        socket.Close(0);
    }

    public void Dispose()
    {
        _stream.Dispose();
        _turn.Dispose();
    }

    private async Task<string?> ReadHeadAsync()
    {
        // One request follows another only when that is answered, but its body may come in one piece with its head.
        while (true)
        {
            int end = _buffer.AsSpan(0, _buffered).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                string head = Encoding.ASCII.GetString(_buffer, 0, end);
                Take(end + 4);
                return head;
            }

            int count = await _stream.ReadAsync(_buffer.AsMemory(_buffered));
            if (count == 0)
            {
                return null;
            }

            _buffered += count;
        }
    }

    private async Task ReadExactlyAsync(Memory<byte> bytes)
    {
        int buffered = Math.Min(_buffered, bytes.Length);
        _buffer.AsSpan(0, buffered).CopyTo(bytes.Span);
        Take(buffered);
        await _stream.ReadExactlyAsync(bytes[buffered..]);
    }

    private void Take(int count)
    {
        _buffer.AsSpan(count, _buffered - count).CopyTo(_buffer);
        _buffered -= count;
    }

    private static string? ValueOf(string line, string header) => line.StartsWith(header, StringComparison.OrdinalIgnoreCase) ? line[header.Length..].Trim() : null;
}
