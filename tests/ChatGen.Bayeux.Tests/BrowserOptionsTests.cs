using System.Net;
using System.Net.Security;
using Xunit;

namespace ChatGen.Bayeux.Tests;

/// <summary>What a browser cannot do is said, not passed over.</summary>
public sealed class BrowserOptionsTests
{
    private static readonly BayeuxClientOptions s_options = new() { Url = new Uri("https://chat.example.com/cometd") };

    private static readonly Dictionary<string, string> s_headers = new() { ["X-Tenant"] = "a" };

    [Fact]
    public void The_defaults_are_fit_for_a_browser() => s_options.ValidateForBrowser();

    [Fact]
    public void Proxy_and_TLS_are_the_browsers()
    {
        Assert.Equal("Proxy", Assert.Throws<ArgumentException>((s_options with { Proxy = new WebProxy("http://proxy.example.com") }).ValidateForBrowser).ParamName);
        Assert.Equal("SslOptions", Assert.Throws<ArgumentException>((s_options with { SslOptions = new SslClientAuthenticationOptions() }).ValidateForBrowser).ParamName);
    }

    [Fact]
    public void Headers_go_with_long_polling_alone()
    {
        Assert.Equal("RequestHeaders", Assert.Throws<ArgumentException>((s_options with { RequestHeaders = s_headers }).ValidateForBrowser).ParamName);
        (s_options with { RequestHeaders = s_headers, DisableWebSockets = true }).ValidateForBrowser();
    }

    [Fact]
    public async Task A_redirect_whose_status_a_browser_hides_is_named()
    {
        using var handler = new RedirectingHandler();
        await using var client = new BayeuxClient(s_options with { HttpMessageHandler = handler, DisableWebSockets = true });
        BayeuxException exception = await Assert.ThrowsAsync<BayeuxException>(() => client.ConnectAsync(TestContext.Current.CancellationToken));
        Assert.Equal(BayeuxFaultKind.HttpStatus, exception.Kind);
        Assert.Equal("The server redirects to another address, which is not followed.", exception.Message);
    }

    private sealed class RedirectingHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(new HttpResponseMessage(0));
    }
}
