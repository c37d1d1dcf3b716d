using ChatGen.Tests.Shared;
using Microsoft.Playwright;

namespace ChatGen.Browser.Tests.Chromium;

/// <summary>One headless Chromium for all tests; each opens a context of its own, which shares nothing with the others.</summary>
public sealed class ChromiumBrowser : IAsyncDisposable
{
    // It has no sandbox as root, and what it does of its own accord in the background is of no use to a test.
    private static readonly string[] s_arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    // In milliseconds; far above what is needed, for machines that are busy.
    private const float Patience = 20_000;

    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> _browser = new(LaunchAsync);

    /// <summary>Opens a context. Without Chromium the calling test is skipped; in continuous integration it fails.</summary>
    internal async Task<IBrowserContext> OpenContextAsync(BrowserNewContextOptions? options = null)
    {
        await ChromiumProgram.RequireAsync();
        (_, IBrowser browser) = await _browser.Value;
        IBrowserContext context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(Patience);
        Assertions.SetDefaultExpectTimeout(Patience);
        return context;
    }

    /// <summary>Closes it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_browser.IsValueCreated)
        {
            (IPlaywright playwright, IBrowser browser) = await _browser.Value;
            await browser.DisposeAsync();
            playwright.Dispose();
        }
    }

    private static async Task<(IPlaywright Playwright, IBrowser Browser)> LaunchAsync()
    {
        string path = await ChromiumProgram.RequireAsync();
        IPlaywright playwright = await Playwright.CreateAsync();
        return (playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Args = s_arguments }));
    }
}
