using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ChatGen.Bayeux.Chaos.Servers;

namespace ChatGen.Bayeux.Chaos.Leaks;

/// <summary>A Bayeux server that ends every connect which it is to hold, each in another way, until it is told to be calm.</summary>
internal sealed class BreakingServer : IAsyncDisposable
{
    private readonly RawServer _server;
    private readonly ConcurrentDictionary<RawConnection, bool> _holding = new();
    private volatile bool _isCalm;
    private int _breaks;
    private int _connects;
    private int _sessions;

    public BreakingServer() => _server = RawServer.Start(ServeAsync);

    public Uri Url => _server.Url;

    /// <summary>How many connections are open.</summary>
    public int Open => _server.Open;

    /// <summary>How many connects are held.</summary>
    public int Held => _holding.Count;

    /// <summary>How many clients have come, or come back.</summary>
    public int Connects => Volatile.Read(ref _connects);

    /// <summary>How many sessions there have been.</summary>
    public int Sessions => Volatile.Read(ref _sessions);

    /// <summary>Holds connects from now on.</summary>
    public void BeCalm() => _isCalm = true;

    /// <summary>Breaks all that is held, and so on.</summary>
    public void Break()
    {
        _isCalm = false;
        foreach (RawConnection connection in _holding.Keys)
        {
            connection.Reset();
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(RawConnection connection)
    {
        while (await connection.ReadRequestAsync() is { } request)
        {
            if (request.WebSocketKey is not null)
            {
                await connection.AcceptAsync(request);
                await ServeSocketAsync(connection);
                return;
            }

            if (!await AnswerAsync(connection, request.Body, connection.RespondAsync))
            {
                return;
            }
        }
    }

    private async Task ServeSocketAsync(RawConnection connection)
    {
        while (await connection.ReadFrameAsync() is { } frame)
        {
            if (!await AnswerAsync(connection, frame, connection.SendFrameAsync))
            {
                return;
            }
        }
    }

    private async Task<bool> AnswerAsync(RawConnection connection, byte[] body, Func<string, Task> respondAsync)
    {
        JsonObject[] messages = GoodReplies.Parse(body);
        if (messages is [var connect] && GoodReplies.IsHeldConnect(connect))
        {
            return await HoldAsync(connection, connect, respondAsync);
        }

        foreach (JsonObject message in messages)
        {
            switch (GoodReplies.ChannelOf(message))
            {
                case "/meta/handshake":
                    Interlocked.Increment(ref _sessions);
                    break;
                case "/meta/connect":
                    Interlocked.Increment(ref _connects);
                    break;
            }
        }

        await respondAsync($"[{string.Join(',', messages.Select(message => GoodReplies.To(message, $"client{Sessions}")))}]");
        return true;
    }

    /// <returns>Whether the connection goes on.</returns>
    private async Task<bool> HoldAsync(RawConnection connection, JsonObject connect, Func<string, Task> respondAsync)
    {
        if (_isCalm)
        {
            _holding[connection] = true;
            try
            {
                await connection.DrainAsync();
                return false;
            }
            finally
            {
                _holding.TryRemove(connection, out _);
            }
        }

        switch (Interlocked.Increment(ref _breaks) % 5)
        {
            case 0:
                connection.Reset();
                return false;
            case 1:
                return false;
            case 2:
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n[{");
                return false;
            case 3:
                await respondAsync($"[{GoodReplies.UnknownSession(connect)}]");
                return true;
            default:
                await respondAsync("<html>busy</html>");
                return true;
        }
    }
}
