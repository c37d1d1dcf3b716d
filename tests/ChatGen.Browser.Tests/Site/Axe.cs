using System.Text.Json;
using ChatGen.Tests.Shared;
using Microsoft.Playwright;

namespace ChatGen.Browser.Tests.Site;

/// <summary>Asks axe-core about a page. The context must bypass the page's content security policy, which lets no foreign script in.</summary>
internal static class Axe
{
    /// <summary>Finds what keeps people from using a page; empty if axe-core knows of nothing serious.</summary>
    public static async Task<string> FindBarriersAsync(IPage tab, string where)
    {
        await NpmPackages.BrowserTools.RequireAsync();
        await tab.AddScriptTagAsync(new PageAddScriptTagOptions { Path = Path.Combine(NpmPackages.BrowserTools.Folder, "node_modules", "axe-core", "axe.min.js") });
        JsonElement? result = await tab.EvaluateAsync("axe.run()");
        return string.Join(Environment.NewLine, result!.Value.GetProperty("violations").EnumerateArray()
            .Where(violation => violation.GetProperty("impact").GetString() is "serious" or "critical")
            .Select(violation => $"{where}: {violation.GetProperty("id")}: {violation.GetProperty("help")}: {string.Join("; ", violation.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("html").GetString()))}"));
    }
}
