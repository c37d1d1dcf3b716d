using System.Text;
using ChatGen.Bayeux.Protocol;

namespace ChatGen.Bayeux.Session;

/// <summary>Calls that wait for a message with their id and a payload (Bayeux rule 44), in the order of their deadlines.</summary>
/// <remarks>The session's loop alone uses it, so there are no locks.</remarks>
internal sealed class RemoteCalls
{
    private static readonly Comparer<PendingCall> s_byDeadline =
        Comparer<PendingCall>.Create(static (one, other) => (one.Deadline, one.Number).CompareTo((other.Deadline, other.Number)));

    // Few clients call at all.
    private Dictionary<string, PendingCall>? _waiting;
    private SortedSet<PendingCall>? _deadlines;
    private long _lastNumber;

    /// <summary>When the next call has waited for too long; <see langword="null"/> if none has a deadline.</summary>
    public TimeSpan? Due => _deadlines?.Min?.Deadline;

    /// <summary>A call is about to be sent.</summary>
    public void Begin(PendingCall call, TimeSpan now)
    {
        (_waiting ??= new Dictionary<string, PendingCall>(StringComparer.Ordinal))[call.Message.Id] = call;
        if (call.Timeout != Timeout.InfiniteTimeSpan)
        {
            call.Deadline = SessionTime.After(now, call.Timeout);
            call.Number = ++_lastNumber;
            (_deadlines ??= new SortedSet<PendingCall>(s_byDeadline)).Add(call);
        }
    }

    /// <summary>A call waits no longer.</summary>
    public void End(PendingCall call)
    {
        if (_waiting?.Remove(call.Message.Id) == true)
        {
            _deadlines?.Remove(call);
        }
    }

    /// <summary>Whether the message answers a call; if so, it is no event for anybody else.</summary>
    public bool TryAnswer(in BayeuxMessage message)
    {
        if (_waiting is not { Count: > 0 } waiting || message.UnreadId.IsEmpty || !waiting.TryGetValue(Encoding.UTF8.GetString(message.UnreadId.Span), out PendingCall? call))
        {
            return false;
        }

        End(call);
        call.Answer(message.Data);
        return true;
    }

    /// <summary>Gives up the calls that have waited for too long.</summary>
    public void Expire(TimeSpan now)
    {
        while (_deadlines?.Min is { } call && call.Deadline <= now)
        {
            End(call);
            call.Fail(SessionFault.CallTimeout);
        }
    }

    /// <summary>No answer can come any more.</summary>
    public void FailAll(BayeuxFault fault)
    {
        PendingCall[] failed = [.. _waiting?.Values ?? Enumerable.Empty<PendingCall>()];
        _waiting?.Clear();
        _deadlines?.Clear();
        foreach (PendingCall call in failed)
        {
            call.Fail(fault);
        }
    }
}
