using System.Text.Json.Nodes;

namespace ChatGen.Bayeux.Tests.Scripted;

/// <summary>
/// A script of a server that has the acknowledge extension: events go out with connects only, are numbered by batches, and are sent again until the
/// client has acknowledged their batch.
/// </summary>
internal sealed class AckQueue(ScriptedServer server)
{
    private readonly Lock _lock = new();
    private readonly List<(long Batch, JsonObject Event)> _events = [];
    private TaskCompletionSource<Reply>? _held;
    private ServerMessage? _connect;
    private long _batch;

    /// <summary>The batches that clients have acknowledged, in order.</summary>
    public List<long> Acknowledged { get; } = [];

    /// <summary>Events that wait for their acknowledgement.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _events.Count;
            }
        }
    }

    /// <summary>Is to be the server's script.</summary>
    public Reply? Answer(ServerMessage message) => message.Channel switch
    {
        "/meta/handshake" => Reply.Of(With(server.HandshakeReply(message), true)),
        "/meta/connect" => Connect(message),
        _ => null,
    };

    /// <summary>Has something to deliver.</summary>
    public void Add(string channel, string data)
    {
        lock (_lock)
        {
            _events.Add((long.MaxValue, new JsonObject { ["channel"] = channel, ["data"] = JsonNode.Parse(data) }));
            if (_held is { } held)
            {
                _held = null;
                held.SetResult(Deliver(_connect!));
            }
        }
    }

    private Reply Connect(ServerMessage message)
    {
        lock (_lock)
        {
            // A connect that is overtaken by another is not answered any more.
            _held?.SetResult(Reply.Nothing);
            _held = null;
            long acknowledged = (long?)message.Json["ext"]?["ack"] ?? -1;
            Acknowledged.Add(acknowledged);
            _events.RemoveAll(each => each.Batch <= acknowledged);
            if (message.IsImmediate || _events.Count > 0)
            {
                return Deliver(message);
            }

            _connect = message;
            _held = new TaskCompletionSource<Reply>(TaskCreationOptions.RunContinuationsAsynchronously);
            return Reply.Later(_held.Task);
        }
    }

    private Reply Deliver(ServerMessage message)
    {
        _batch++;
        for (int index = 0; index < _events.Count; index++)
        {
            _events[index] = (_batch, _events[index].Event);
        }

        return Reply.Of([.. _events.Select(static each => (JsonObject)each.Event.DeepClone()), With(message.Ok(), _batch)]);
    }

    private static JsonObject With(JsonObject reply, JsonValue ack)
    {
        reply["ext"] = new JsonObject { ["ack"] = ack };
        return reply;
    }

    private static JsonObject With(JsonObject reply, long batch) => With(reply, JsonValue.Create(batch));

    private static JsonObject With(JsonObject reply, bool supports) => With(reply, JsonValue.Create(supports));
}
