using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ChatGen.Bayeux.Chaos.Servers;

namespace ChatGen.Bayeux.Chaos.Mutation;

/// <summary>A Bayeux server without a network, which answers rightly, and while it is hostile, mutates its answers.</summary>
internal sealed class MutatingServer(int seed) : HttpMessageHandler
{
    private const double HostileShare = 0.6;

    private readonly Random _random = new(seed);
    private readonly FrameMutator _mutator = new(new Random(seed));
    private readonly Lock _lock = new();
    private readonly List<string> _lastFrames = [];
    private volatile TaskCompletionSource<string> _event = NewEvent();
    private int _hostileAnswersLeft;
    private int _sessions;
    private int _batches;
    private int _answering;
    private int _held;

    /// <summary>How many mutated answers are still to come.</summary>
    public int HostileAnswersLeft
    {
        get => Volatile.Read(ref _hostileAnswersLeft);
        set => Volatile.Write(ref _hostileAnswersLeft, value);
    }

    /// <summary>Whether a request is being answered, and not held.</summary>
    public bool IsAnswering => Volatile.Read(ref _answering) > Held;

    /// <summary>How many connects are held.</summary>
    public int Held => Volatile.Read(ref _held);

    /// <summary>The answers that came last, and what became of those that were mutated.</summary>
    public string LastFrames
    {
        get
        {
            lock (_lock)
            {
                return string.Join('\n', _lastFrames);
            }
        }
    }

    /// <summary>Delivers an event with every connect from now on, since one may be given up at the moment when it is answered.</summary>
    public void Push(string channel, string data) => _event.TrySetResult($$"""{"channel":"{{channel}}","data":{{data}}}""");

    /// <summary>Holds connects again.</summary>
    public void StopPushing() => _event = NewEvent();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.TryGetValues("Sec-WebSocket-Key", out IEnumerable<string>? keys))
        {
            return MutatingSocket.Accept(keys.Single(), AnswerAsync);
        }

        byte[] body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        return Respond(await AnswerAsync(body, cancellationToken));
    }

    private static TaskCompletionSource<string> NewEvent() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static HttpResponseMessage Respond(byte[] body) => new(HttpStatusCode.OK)
    {
        Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } },
    };

    private async Task<byte[]> AnswerAsync(byte[] body, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _answering);
        try
        {
            var replies = new List<string>();
            foreach (JsonObject message in GoodReplies.Parse(body))
            {
                replies.AddRange(await ReplyAsync(message, cancellationToken));
            }

            return MutateSometimes(Encoding.UTF8.GetBytes($"[{string.Join(',', replies)}]"));
        }
        finally
        {
            Interlocked.Decrement(ref _answering);
        }
    }

    private byte[] MutateSometimes(byte[] frame)
    {
        lock (_lock)
        {
            Remember(Encoding.UTF8.GetString(frame));
            if (_hostileAnswersLeft == 0 || _random.NextDouble() > HostileShare)
            {
                return frame;
            }

            _hostileAnswersLeft--;
            byte[] mutated = _mutator.Mutate(frame);
            Remember("  -> " + Encoding.UTF8.GetString(mutated));
            return mutated;
        }
    }

    private void Remember(string frame)
    {
        const int Kept = 40;
        const int KeptLength = 600;

        _lastFrames.Add(frame[..Math.Min(frame.Length, KeptLength)]);
        if (_lastFrames.Count > Kept)
        {
            _lastFrames.RemoveAt(0);
        }
    }

    private async Task<IEnumerable<string>> ReplyAsync(JsonObject message, CancellationToken cancellationToken)
    {
        string channel = GoodReplies.ChannelOf(message);
        string reply = WithAcknowledgement(channel, GoodReplies.To(message, $"client{Interlocked.Increment(ref _sessions)}"));
        return channel != "/meta/connect" ? [reply]
            : GoodReplies.IsHeldConnect(message) && HostileAnswersLeft == 0 ? [await HoldAsync(cancellationToken), reply]
            : ["""{"channel":"/chaos","data":{"text":"é ✓"}}""", reply];
    }

    private string WithAcknowledgement(string channel, string reply) => channel switch
    {
        "/meta/handshake" => $"{reply[..^1]},\"ext\":{{\"ack\":true}}}}",
        "/meta/connect" => $"{reply[..^1]},\"ext\":{{\"ack\":{Interlocked.Increment(ref _batches)}}}}}",
        _ => reply,
    };

    private async Task<string> HoldAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _held);
        try
        {
            return await _event.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _held);
        }
    }
}
