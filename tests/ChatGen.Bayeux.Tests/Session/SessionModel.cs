using System.Globalization;
using System.Text;
using ChatGen.Bayeux.Protocol;
using ChatGen.Bayeux.Session;
using Xunit;

namespace ChatGen.Bayeux.Tests.Session;

/// <summary>The reducer with a server, a network and a clock that are models of real ones, driven by chance; it checks what must always hold.</summary>
internal sealed class SessionModel
{
    private static readonly BayeuxFault Broken = new(BayeuxFaultKind.ConnectionClosed, "broken");
    private static readonly BayeuxFault Down = new(BayeuxFaultKind.Unreachable, "down");
    private static readonly TimeSpan MaxInterval = TimeSpan.FromSeconds(10);

    private readonly Random _random;
    private readonly RedeliveryFilter _filter = new();
    private readonly HashSet<string> _usedIds = new(StringComparer.Ordinal);
    private readonly bool _reset;

    private SessionState _state;
    private TimeSpan _now;
    private TimeSpan? _due;

    // The request under way: its id, whether the server has it, and what it has answered.
    private string? _requestId;
    private bool _isHandshake;
    private long? _requestAck;
    private Reply? _reply;
    private bool _requestArrived;
    private bool _disconnectSent;
    private bool _mustEnd;

    // The server.
    private string? _session;
    private TimeSpan _lastSeen;
    private int _sessions;
    private long _batch;
    private long _number;
    private readonly List<(long Batch, long Number)> _queue = [];
    private readonly List<long> _deliveredInSession = [];
    private long _firstOfSession;

    public SessionModel(int seed, SessionPolicy policy)
    {
        _random = new Random(seed);
        _state = new SessionState { Policy = policy };
        _reset = seed % 2 == 0;
    }

    /// <summary>How many events the client has got, over all sessions.</summary>
    public int Delivered { get; private set; }

    /// <summary>How many sessions there were.</summary>
    public int Sessions => _sessions;

    public void Run(int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            Act();
            CheckAlways();
        }

        // However it stands, the user gets the session ended.
        Input(new SessionInput.DisconnectRequested());
        if (_state.Phase == SessionPhase.Disconnecting)
        {
            Input(new SessionInput.MetaFailed(_state.DisconnectId!, Down));
        }

        Assert.Equal(SessionPhase.Disconnected, _state.Phase);
        Assert.Null(_due);
    }

    private void Act()
    {
        switch (_random.Next(14))
        {
            case 0 or 1 when _session is not null:
                _queue.Add((0, ++_number));
                break;
            case 2 or 3 or 4 or 5 when _requestId is not null && !_requestArrived:
                Arrive();
                break;
            case 6 or 7 or 8 when _reply is not null:
                Answer(lost: false);
                break;
            case 9 when _reply is not null:
                Answer(lost: true);
                break;
            case 10 when _requestId is not null && !_requestArrived:
                Fail(_random.Next(2) == 0 ? Broken : Down);
                break;
            case 11:
                Advance(TimeSpan.FromMilliseconds(_random.Next(8000)));
                break;
            case 12 when _random.Next(20) == 0:
                Forget();
                break;
            case 13 when _random.Next(30) == 0:
                UserActs();
                break;
            default:
                if (_due is { } due)
                {
                    Advance(due - _now + TimeSpan.FromMilliseconds(1));
                }
                else if (_state.Phase == SessionPhase.Disconnected)
                {
                    Input(new SessionInput.ConnectRequested());
                }

                break;
        }
    }

    private void UserActs()
    {
        switch (_random.Next(3))
        {
            case 0:
                Input(new SessionInput.DisconnectRequested());
                break;
            case 1:
                Input(new SessionInput.AbortRequested(Broken));
                break;
            default:
                Input(new SessionInput.ConnectRequested());
                break;
        }

        if (_disconnectSent)
        {
            _disconnectSent = false;
            _mustEnd = true;
            Input(_random.Next(2) == 0
                ? new SessionInput.MetaFailed(_state.DisconnectId!, Down)
                : new SessionInput.MetaReceived(new BayeuxMessage { Channel = MetaChannel.Disconnect, Id = _state.DisconnectId, Successful = true }));
            Assert.Equal(SessionPhase.Disconnected, _state.Phase);
            _mustEnd = false;
        }
    }

    private void Advance(TimeSpan time)
    {
        _now += time;
        if (_session is not null && _now - _lastSeen > MaxInterval + TimeSpan.FromSeconds(30) && !(_requestArrived && !_isHandshake))
        {
            Forget();
        }

        if (_due <= _now)
        {
            _due = null;
            Input(new SessionInput.DelayElapsed());
        }
    }

    private void Forget()
    {
        _session = null;
        _queue.Clear();
    }

    /// <summary>The request reaches the server, which makes its answer.</summary>
    private void Arrive()
    {
        _requestArrived = true;
        if (_isHandshake)
        {
            if (_random.Next(8) == 0)
            {
                _reply = new Reply(new BayeuxMessage { Channel = MetaChannel.Handshake, Id = _requestId, Successful = false, Error = "403::no" }, []);
                return;
            }

            Forget();
            _session = "s" + (++_sessions).ToString(CultureInfo.InvariantCulture);
            _lastSeen = _now;
            _batch = 0;
            _firstOfSession = _number + 1;
            _reply = new Reply(
                new BayeuxMessage
                {
                    Channel = MetaChannel.Handshake,
                    Id = _requestId,
                    Successful = true,
                    ClientId = _session,
                    SupportedConnectionTypes = ConnectionTypes.LongPolling | ConnectionTypes.WebSocket,
                    Ext = """{"ack":true}"""u8.ToArray(),
                },
                []);
            return;
        }

        if (_session is null || _session != _state.ClientId)
        {
            _reply = new Reply(
                new BayeuxMessage { Channel = MetaChannel.Connect, Id = _requestId, Successful = false, Error = "402::unknown", Advice = new Advice { Reconnect = ReconnectAdvice.Handshake } },
                []);
            return;
        }

        _lastSeen = _now;
        _queue.RemoveAll(entry => entry.Batch != 0 && entry.Batch <= _requestAck);
        _batch++;
        for (int i = 0; i < _queue.Count; i++)
        {
            _queue[i] = (_queue[i].Batch == 0 ? _batch : _queue[i].Batch, _queue[i].Number);
        }

        _reply = new Reply(
            new BayeuxMessage
            {
                Channel = MetaChannel.Connect,
                Id = _requestId,
                Successful = true,
                Ext = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"ack":{{_batch}}}""")),
            },
            [.. _queue.Select(entry => entry.Number)]);
    }

    /// <summary>The answer comes, or the connection breaks on the way; over WebSocket a part of the events may have come before.</summary>
    private void Answer(bool lost)
    {
        Reply reply = _reply!.Value;
        bool webSocket = _state.Transport == ConnectionTypes.WebSocket;
        int arrived = !lost ? reply.Events.Count : webSocket ? _random.Next(reply.Events.Count + 1) : 0;
        bool isCurrent = _requestId == _state.OutstandingId;
        if (isCurrent && reply.Message.Channel == MetaChannel.Connect)
        {
            foreach (long number in reply.Events.Take(arrived))
            {
                Deliver(number);
            }
        }

        if (lost)
        {
            Fail(Broken);
            return;
        }

        _requestId = null;
        _reply = null;
        _requestArrived = false;
        string? clientBefore = _state.ClientId;
        long batch = _state.AckBatch;
        Input(new SessionInput.MetaReceived(reply.Message));
        if (_state.ClientId != clientBefore)
        {
            _filter.Reset();
            _deliveredInSession.Clear();
        }
        else if (_state.AckBatch != batch)
        {
            _filter.OnBatchCompleted();
        }
    }

    private void Fail(BayeuxFault fault)
    {
        string id = _requestId!;
        _requestId = null;
        _reply = null;
        _requestArrived = false;
        _filter.OnConnectFailed();
        Input(new SessionInput.MetaFailed(id, fault));
    }

    private void Deliver(long number)
    {
        var message = new BayeuxMessage { Channel = "/a", Data = Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture)) };
        if (_filter.IsRedelivered(message))
        {
            return;
        }

        // Nothing lost, nothing doubled, in order, as long as the session lasts.
        Assert.Equal(_deliveredInSession.Count == 0 ? _firstOfSession : _deliveredInSession[^1] + 1, number);
        _deliveredInSession.Add(number);
        Delivered++;
    }

    private void Input(SessionInput input)
    {
        bool couldSend = _state.CanSend;
        SessionTransition next = SessionReducer.Step(_state, input, _now);
        int follows = 0;
        foreach (SessionEffect effect in next.Effects)
        {
            switch (effect)
            {
                case SessionEffect.SendHandshake handshake:
                    follows++;
                    Send(handshake.Id, isHandshake: true, null);
                    break;
                case SessionEffect.SendConnect connect:
                    follows++;
                    Assert.NotNull(next.State.ClientId);
                    Send(connect.Id, isHandshake: false, connect.AckBatch);
                    break;
                case SessionEffect.SendDisconnect:
                    Assert.NotNull(next.State.ClientId);
                    _disconnectSent = true;
                    _due = null;
                    break;
                case SessionEffect.Schedule schedule:
                    follows++;
                    CheckDelay(schedule, next.State, input is SessionInput.MetaFailed);
                    _due = _now + (_reset ? schedule.AtLeast : schedule.AtMost);
                    break;
                case SessionEffect.CancelSchedule:
                    _due = null;
                    break;
                case SessionEffect.ReleaseMessages:
                    Assert.True(next.State.CanSend, "Messages are released only when they may be sent.");
                    break;
                case SessionEffect.Ended:
                    _requestId = null;
                    _reply = null;
                    _requestArrived = false;
                    break;
            }
        }

        Assert.True(follows <= 1, "Only one thing may follow in the loop.");
        Assert.True(!_mustEnd || next.State.Phase == SessionPhase.Disconnected);
        Assert.True(couldSend || !next.State.CanSend || next.State.ClientId is not null, "Nothing is sent before the handshake.");
        _state = next.State;
    }

    private void Send(string id, bool isHandshake, long? ack)
    {
        Assert.True(_requestId is null || _state.OutstandingId is null || _requestId != _state.OutstandingId, "At most one handshake or connect is outstanding.");
        Assert.True(_usedIds.Add(id), "An id is used once.");
        _due = null;
        _requestId = id;
        _isHandshake = isHandshake;
        _requestAck = ack;
        _reply = null;
        _requestArrived = false;
    }

    private static void CheckDelay(SessionEffect.Schedule schedule, SessionState state, bool afterFailure)
    {
        Assert.InRange(schedule.AtLeast, TimeSpan.Zero, schedule.AtMost);
        Assert.InRange(schedule.AtMost, TimeSpan.Zero, state.Policy.MaxBackoff + state.Policy.MaxNetworkDelay);
        if (afterFailure && state.Failures > 6)
        {
            Assert.Equal(state.Policy.MaxBackoff / 2, schedule.AtLeast);
        }
    }

    private void CheckAlways()
    {
        bool waits = _requestId is not null || _due is not null;
        Assert.True(waits || _state.Phase is SessionPhase.Disconnected or SessionPhase.Disconnecting, "The loop never stands still.");
        Assert.Equal(_state.Phase is SessionPhase.Disconnected, _state.ClientState == BayeuxClientState.Disconnected);
        Assert.True(_state.CanSend == (_state.ClientId is not null && _state.Phase != SessionPhase.Unconnected), "Messages may be sent whenever there is a session and only then.");
    }

    private readonly record struct Reply(BayeuxMessage Message, IReadOnlyList<long> Events);
}
