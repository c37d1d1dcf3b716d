namespace ChatGen.Bayeux.Scenarios.Harness;

/// <summary>A handler of the user's own, which sends one cookie for everybody.</summary>
internal sealed class CookieHandler(Func<string?> cookie) : DelegatingHandler(new SocketsHttpHandler { UseCookies = false, UseProxy = false })
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (cookie() is { } value)
        {
            request.Headers.Remove("Cookie");
            request.Headers.Add("Cookie", value);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
