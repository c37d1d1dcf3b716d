using ChatGen.Bayeux.Protocol;

namespace ChatGen.Bayeux.Session;

/// <summary>A publish that somebody waits for.</summary>
internal class PendingPublish(OutboundMessage message, bool isIdempotent) : PendingMessage(message)
{
    private readonly TaskCompletionSource<PublishResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _abandoned;

    public override bool IsAbandoned => _abandoned;

    public override bool CanRepeat(bool written) => !_abandoned && (isIdempotent || !written);

    public override void OnReply(in BayeuxMessage reply) => Complete(reply.Successful == true
        ? PublishResult.Acknowledged
        : PublishResult.Rejected(reply.Error is null ? null : BayeuxError.Parse(reply.Error)));

    public override void OnFailed(BayeuxFault fault, bool written) => Complete(written ? PublishResult.Unknown(fault) : PublishResult.NotSent(fault));

    public void Complete(PublishResult result) => _result.TrySetResult(result);

    public async Task<PublishResult> WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _result.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _abandoned = true;
            throw;
        }
    }
}
