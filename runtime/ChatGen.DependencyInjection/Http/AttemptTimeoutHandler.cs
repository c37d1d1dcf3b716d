using Polly.Timeout;

namespace ChatGen;

/// <summary>Tells of a time limit as <see cref="HttpClient"/> does of its own, so that nobody needs to know who has set it.</summary>
internal sealed class AttemptTimeoutHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutRejectedException exception)
        {
            throw new TaskCanceledException("The request was canceled, since the time limit of an attempt had passed.", new TimeoutException(exception.Message, exception));
        }
    }
}
