using System.Text.Json;
using ChatGen.Browser.Tests.Chromium;
using ChatGen.Testing;
using Microsoft.Playwright;
using Xunit;

namespace ChatGen.Browser.Tests.Site;

/// <summary>A visitor with a browser of their own, and a backend of their own that the page is told of.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private Visit(IBrowserContext context, IPage page, Uri site, ChatBackend backend)
    {
        _context = context;
        Site = site;
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
    public Uri Site { get; }

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
        Uri address = await site.AddressAsync();
        ChatBackend backend = await ChatBackend.StartAsync(new ChatBackendOptions { Agent = agent ?? ScriptedAgent.Default, AllowedOrigins = [address.GetLeftPart(UriPartial.Authority)] });
        await context.RouteAsync("**/chat.json", route => route.FulfillAsync(new RouteFulfillOptions
        {
            ContentType = "application/json",
            Body = JsonSerializer.Serialize(new { serverUrl = backend.CometDUrl.AbsoluteUri }),
        }));
        return new Visit(context, await context.NewPageAsync(), address, backend);
    }

    /// <summary>The first chat at the backend, as soon as it is started.</summary>
    public Task<ChatBackendSession> SessionAsync() => Backend.WaitForSessionAsync(cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Opens another tab.</summary>
    public async Task<ChatPage> OpenTabAsync() => new(await _context.NewPageAsync());

    /// <summary>The cookies of the page's host.</summary>
    public async Task<IReadOnlyList<BrowserContextCookiesResult>> CookiesAsync() => await _context.CookiesAsync([Site.AbsoluteUri]);

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        await Backend.DisposeAsync();
    }
}
