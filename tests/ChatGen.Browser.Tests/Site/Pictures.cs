using Microsoft.Playwright;

namespace ChatGen.Browser.Tests.Site;

/// <summary>How pages looked, for people to look at: <c>artifacts/browser-tests/screenshots</c>.</summary>
internal static class Pictures
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "artifacts", "browser-tests", "screenshots");

    public static async Task TakeAsync(IPage tab, string name)
    {
        Directory.CreateDirectory(s_folder);
        await tab.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(s_folder, name + ".png") });
    }
}
