using ChatGen.Bayeux.Protocol;

namespace ChatGen.Bayeux.Session;

/// <summary>A publish whose answer is a message of its own (Bayeux rule 44). That the server has taken it is no answer yet.</summary>
internal sealed class PendingCall(OutboundMessage message, TimeSpan timeout, RemoteCalls calls) : PendingPublish(message, isIdempotent: false)
{
    private readonly TaskCompletionSource<ReadOnlyMemory<byte>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How long the answer may take; <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> for as long as the session lasts.</summary>
    public TimeSpan Timeout { get; } = timeout;

    /// <summary>Until when the answer has to come, once the session's loop has the call.</summary>
    public TimeSpan Deadline { get; set; }

    /// <summary>Its number among the calls of the client.</summary>
    public long Number { get; set; }

    public override bool IsAbandoned => _answer.Task.IsCompleted || base.IsAbandoned;

    public override void OnReply(in BayeuxMessage reply)
    {
        base.OnReply(reply);
        if (reply.Successful != true)
        {
            calls.End(this);
            Fail(SessionFault.CallRejected(reply.Error is null ? null : BayeuxError.Parse(reply.Error)));
        }
    }

    public override void OnFailed(BayeuxFault fault, bool written)
    {
        base.OnFailed(fault, written);
        calls.End(this);
        Fail(fault);
    }

    /// <summary>The answer has come.</summary>
    public void Answer(ReadOnlyMemory<byte> data) => _answer.TrySetResult(data.ToArray());

    /// <summary>The answer will not come.</summary>
    public void Fail(BayeuxFault fault)
    {
        _answer.TrySetException(new BayeuxException(fault));

        // Whoever waited may have stopped; then it is nobody's unobserved exception.
        _ = _answer.Task.Exception;

        // If it waits to be sent, it need not be any more, and nothing else is to be heard of it.
        Complete(PublishResult.Unknown(fault));
    }

    /// <summary>Waits for the answer.</summary>
    /// <exception cref="BayeuxException">It will not come.</exception>
    public Task<ReadOnlyMemory<byte>> WaitForAnswerAsync(CancellationToken cancellationToken) => _answer.Task.WaitAsync(cancellationToken);
}
