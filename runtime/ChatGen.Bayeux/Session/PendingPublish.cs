using ChatGen.Bayeux.Protocol;

namespace ChatGen.Bayeux.Session;

/// <summary>A publish that somebody waits for.</summary>
internal sealed class PendingPublish(OutboundMessage message) : PendingMessage(message)
{
    private readonly TaskCompletionSource<PublishResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _abandoned;

    public override bool IsAbandoned => _abandoned;

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
