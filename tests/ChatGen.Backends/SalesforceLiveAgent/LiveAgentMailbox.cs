using System.Text.Json.Nodes;
using ChatGen.Backends.Infrastructure;

namespace ChatGen.Backends.SalesforceLiveAgent;

/// <summary>Messages on their way to a client that polls. Guarded by the emulator's lock.</summary>
internal sealed class LiveAgentMailbox
{
    private const long FirstAck = -1;

    private readonly List<JsonObject> _waiting = [];
    private LiveAgentBatch? _unacknowledged;
    private TaskCompletionSource<EmulatorAnswer>? _held;
    private long _heldAck;
    private long _acknowledged = FirstAck;
    private long _sequence;
    private long _offset;
    private bool _isReconnected;

    /// <summary>The poll that waits for messages; <see langword="null"/> if there is none.</summary>
    public Task<EmulatorAnswer>? Held => _held?.Task;

    public void Put(string type, JsonObject message)
    {
        _waiting.Add(ToJson(type, message));
        if (_held is not null)
        {
            Release(Hand(_heldAck).ToAnswer());
        }
    }

    /// <summary>Answers a poll, or holds it.</summary>
    /// <param name="ack">What it acknowledges.</param>
    /// <param name="repeated">How it was sent before what is sent again, since it is not acknowledged; <see langword="null"/> if nothing is.</param>
    /// <returns>The answer, now or later; <see langword="null"/> if <paramref name="ack"/> is wrong.</returns>
    public Task<EmulatorAnswer>? Poll(long ack, out SentAnswer? repeated)
    {
        repeated = null;
        if (_isReconnected && (ack == FirstAck || ack == _sequence))
        {
            // Whether to begin anew or to go on is not published.
            _acknowledged = ack;
        }
        else if (_unacknowledged is { } batch && ack == batch.Sequence)
        {
            _unacknowledged = null;
            _acknowledged = ack;
        }
        else if (ack != _acknowledged)
        {
            return null;
        }

        _isReconnected = false;
        if (_unacknowledged is { } lost)
        {
            repeated = lost.Sent;
            lost.Sent = null;
            return Task.FromResult(lost.ToAnswer());
        }

        if (_waiting.Count > 0)
        {
            return Task.FromResult(Hand(ack).ToAnswer());
        }

        _held = new TaskCompletionSource<EmulatorAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        _heldAck = ack;
        return _held.Task;
    }

    /// <summary>Notes how the messages of the last answer were sent.</summary>
    public void NoteSent(SentAnswer sent)
    {
        if (_unacknowledged is not null)
        {
            _unacknowledged.Sent = sent;
        }
    }

    /// <summary>Gives an answer to the poll that is held, if there is one.</summary>
    public void Release(EmulatorAnswer answer)
    {
        _held?.TrySetResult(answer);
        _held = null;
    }

    /// <summary>Forgets a poll whose client is gone.</summary>
    public void Abandon(Task<EmulatorAnswer> poll)
    {
        if (_held?.Task == poll)
        {
            _held = null;
        }
    }

    /// <summary>Goes on at another server.</summary>
    /// <param name="offset">That of the last messages that the client has got; <see langword="null"/> for those that it has acknowledged.</param>
    /// <param name="sessionData">The first message after it.</param>
    /// <returns><see langword="false"/> if there are no such messages.</returns>
    public bool TryReconnect(long? offset, JsonObject sessionData)
    {
        long acknowledged = _offset - (_unacknowledged?.Messages.Count ?? 0);
        if (_unacknowledged is { } batch)
        {
            if (offset is null || offset == acknowledged)
            {
                _waiting.InsertRange(0, batch.Messages);
                _offset = acknowledged;
                _acknowledged = batch.Ack;
            }
            else if (offset == batch.Offset)
            {
                _acknowledged = batch.Sequence;
            }
            else
            {
                return false;
            }

            _unacknowledged = null;
        }
        else if (offset is not null && offset != _offset)
        {
            return false;
        }

        _isReconnected = true;
        _waiting.Insert(0, ToJson("ChasitorSessionData", sessionData));
        return true;
    }

    private static JsonObject ToJson(string type, JsonObject message) => new() { ["type"] = type, ["message"] = message };

    private LiveAgentBatch Hand(long ack)
    {
        _offset += _waiting.Count;
        _unacknowledged = new LiveAgentBatch(ack, ++_sequence, _offset, [.. _waiting]);
        _waiting.Clear();
        return _unacknowledged;
    }
}
