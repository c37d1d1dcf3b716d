using System.Net;
using System.Net.Sockets;

namespace ChatGen.Bayeux.Chaos.Proxy;

/// <summary>One connection through a <see cref="FaultProxy"/>: two sockets, and what happens to the bytes between them.</summary>
internal sealed class ProxyLink(Socket client) : IDisposable
{
    private const int BufferBytes = 4096;

    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly Lock _lock = new();
    private TimeSpan _delay;
    private long _delayedUntil;
    private volatile bool _swallows;
    private volatile bool _cutsNextAnswer;

    /// <summary>Passes bytes on until both ends have closed.</summary>
    public async Task RunAsync(EndPoint target)
    {
        try
        {
            await _server.ConnectAsync(target);
            await Task.WhenAll(PumpAsync(client, _server, isAnswer: false), PumpAsync(_server, client, isAnswer: true));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // There is no server: the client learns it as it would from a gateway.
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Both ends get a reset.</summary>
    public void Reset()
    {
        _swallows = true;
        foreach (Socket socket in (Socket[])[client, _server])
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
    }

    /// <summary>Both ends get an orderly end, whatever they were about to say.</summary>
    public void Close()
    {
        _swallows = true;
        ShutDown(client);
        ShutDown(_server);
    }

    /// <summary>From now on every byte is lost, and neither end is told.</summary>
    public void Swallow() => _swallows = true;

    /// <summary>The server's next answer ends in its middle.</summary>
    public void CutNextAnswer() => _cutsNextAnswer = true;

    /// <summary>Whatever is sent in the next time arrives later.</summary>
    public void Delay(TimeSpan delay, TimeSpan duration)
    {
        lock (_lock)
        {
            _delay = delay;
            _delayedUntil = Environment.TickCount64 + (long)duration.TotalMilliseconds;
        }
    }

    public void Dispose()
    {
        client.Dispose();
        _server.Dispose();
    }

    private async Task PumpAsync(Socket from, Socket to, bool isAnswer)
    {
        byte[] buffer = new byte[BufferBytes];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer)) > 0)
            {
                if (DelayNow() is { Ticks: > 0 } delay)
                {
                    await Task.Delay(delay);
                }

                if (_swallows)
                {
                    continue;
                }

                bool cut = isAnswer && _cutsNextAnswer;
                await SendAsync(to, buffer.AsMemory(0, cut ? count / 2 : count));
                if (cut)
                {
                    Close();
                }
            }

            if (!_swallows)
            {
                ShutDown(to);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // What ends in disorder at one end does so at the other, unless nothing gets through any more.
            if (!_swallows)
            {
                Reset();
            }
        }
    }

    private TimeSpan DelayNow()
    {
        lock (_lock)
        {
            return Environment.TickCount64 < _delayedUntil ? _delay : TimeSpan.Zero;
        }
    }

    private static async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await to.SendAsync(bytes)..];
        }
    }

    private static void ShutDown(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }
    }
}
