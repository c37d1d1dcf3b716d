using System.Text;
using System.Text.Json.Nodes;
using ChatGen.Bayeux.Chaos.Servers;

namespace ChatGen.Bayeux.Chaos.Hostile;

/// <summary>A Bayeux server that is good but for one kind of request, and then wholly good.</summary>
internal sealed class HostileServer : IAsyncDisposable
{
    private const string Advice = """{"reconnect":"retry","interval":0,"timeout":100}""";
    private static readonly TimeSpan s_hold = TimeSpan.FromMilliseconds(100);

    private readonly RawServer _server;
    private readonly HostileStage _stage;
    private readonly HostileAct _act;
    private volatile bool _isGood;
    private int _acts;
    private int _held;
    private int _mostHeld;
    private int _sessions;

    public HostileServer(HostileStage stage, HostileAct act)
    {
        _stage = stage;
        _act = act;
        _server = RawServer.Start(ServeAsync);
    }

    public Uri Url => _server.Url;

    /// <summary>How often it has been hostile.</summary>
    public int Acts => Volatile.Read(ref _acts);

    /// <summary>How many connects it has held at the same time.</summary>
    public int MostHeld => Volatile.Read(ref _mostHeld);

    /// <summary>It is good from now on.</summary>
    public void BeGood() => _isGood = true;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(RawConnection connection)
    {
        while (await connection.ReadRequestAsync() is { } request)
        {
            if (request.WebSocketKey is not null)
            {
                byte[] accepting = Encoding.ASCII.GetBytes(RawConnection.Accepting(request));
                if (await ActAsync(HostileStage.Upgrade, connection, accepting) is not { } goesOn)
                {
                    await connection.SendAsync(accepting);
                    await ServeSocketAsync(connection);
                    return;
                }

                if (!goesOn)
                {
                    return;
                }
            }
            else if (!await AnswerAsync(connection, request.Body, connection.RespondAsync))
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
        string good = $"[{string.Join(',', messages.Select(message => GoodReplies.To(message, $"client{Interlocked.Increment(ref _sessions)}", Advice)))}]";
        if (messages.Any(message => StageOf(message) == _stage) && await ActAsync(_stage, connection, Encoding.UTF8.GetBytes(good)) is { } goesOn)
        {
            return goesOn;
        }

        if (messages.Any(GoodReplies.IsHeldConnect))
        {
            int held = Interlocked.Increment(ref _held);
            _mostHeld = Math.Max(_mostHeld, held);
            await Task.Delay(s_hold);
            Interlocked.Decrement(ref _held);
        }

        await respondAsync(good);
        return true;
    }

    /// <returns>Whether the connection goes on; <see langword="null"/> if the server is good.</returns>
    private async Task<bool?> ActAsync(HostileStage stage, RawConnection connection, byte[] good)
    {
        if (stage != _stage || _isGood)
        {
            return null;
        }

        Interlocked.Increment(ref _acts);
        await _act.DoAsync(connection, good);
        return !_act.Closes;
    }

    private static HostileStage? StageOf(JsonObject message) => GoodReplies.ChannelOf(message) switch
    {
        "/meta/handshake" => HostileStage.Handshake,
        "/meta/connect" => GoodReplies.IsHeldConnect(message) ? HostileStage.Connect : null,
        "/chaos" => HostileStage.Publish,
        _ => null,
    };
}
