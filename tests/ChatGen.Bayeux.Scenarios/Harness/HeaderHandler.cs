namespace ChatGen.Bayeux.Scenarios.Harness;

/// <summary>A handler of the user's own, which adds a header to every request.</summary>
internal sealed class HeaderHandler(string name, string value) : DelegatingHandler(new SocketsHttpHandler { UseCookies = false, UseProxy = false })
{
    private int _requests;

    public int Requests => _requests;

    public bool IsDisposed { get; private set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        request.Headers.Add(name, value);
        return base.SendAsync(request, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
