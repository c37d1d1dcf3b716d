using ChatGen.Browser.Tests.Chromium;
using ChatGen.Testing;
using Microsoft.Playwright;
using Xunit;

namespace ChatGen.Browser.Tests.Site;

/// <summary>A visitor with a browser of their own, and a site and a backend of their own.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly SiteHost _host;
    private readonly List<string> _complaints = [];

    private Visit(IBrowserContext context, IPage page, SiteHost host, ChatBackend backend)
    {
        _context = context;
        _host = host;
        Backend = backend;
        Page = new ChatPage(page);
        context.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _complaints.Add(message.Text);
            }
        };
        context.WebError += (_, error) => _complaints.Add(error.Error);
    }

    /// <summary>Address of the page.</summary>
    public Uri Site => _host.Address;

    public ChatBackend Backend { get; }

    /// <summary>The first tab.</summary>
    public ChatPage Page { get; }

    public IBrowserContext Context => _context;

    /// <summary>What the page has written to the console as errors, and exceptions that it did not catch.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>Opens a browser at no page yet.</summary>
    public static async Task<Visit> BeginAsync(ChromiumBrowser browser, PublishedSite site, ScriptedAgent? agent = null, BrowserNewContextOptions? options = null)
    {
        IBrowserContext context = await browser.OpenContextAsync(options);
        Uri address = SiteHost.FindAddress();
        ChatBackend backend = await ChatBackend.StartAsync(new ChatBackendOptions { Agent = agent ?? ScriptedAgent.Default, AllowedOrigins = [address.GetLeftPart(UriPartial.Authority)] });
        SiteHost host = await SiteHost.StartAsync(site, address, backend.CometDUrl);
        return new Visit(context, await context.NewPageAsync(), host, backend);
    }

    /// <summary>The first chat at the backend, as soon as it is started.</summary>
    public Task<ChatBackendSession> SessionAsync() => Backend.WaitForSessionAsync(cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Opens another tab.</summary>
    public async Task<ChatPage> OpenTabAsync() => new(await _context.NewPageAsync());

    /// <summary>The cookies of the page's host.</summary>
    public async Task<IReadOnlyList<BrowserContextCookiesResult>> CookiesAsync() => await _context.CookiesAsync([Site.AbsoluteUri]);

    /// <summary>Waits for the one cookie that a page leaves; the browser may take note of it when the next page is there already.</summary>
    public async Task<BrowserContextCookiesResult> CookieAsync()
    {
        await Eventually.HoldsAsync(async () => (await CookiesAsync()).Count > 0);
        return Assert.Single(await CookiesAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        _host.Dispose();
        await Backend.DisposeAsync();
    }
}
