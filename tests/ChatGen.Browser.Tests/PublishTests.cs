using ChatGen.Browser.Tests.Chromium;
using ChatGen.Browser.Tests.Site;
using ChatGen.Tests.Shared;
using Xunit;

namespace ChatGen.Browser.Tests;

/// <summary>The page as it is deployed.</summary>
public sealed class PublishTests(PublishedSite site)
{
    [Fact]
    public async Task Trimmed_page_is_published_without_a_warning()
    {
        await ChromiumProgram.RequireAsync();
        NodeRun run = await site.PublishedAsync();
        Assert.DoesNotContain(": warning ", run.Output, StringComparison.Ordinal);
        Assert.Contains("Optimizing assemblies for size", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Size_that_ChatGen_adds_to_the_page_is_printed()
    {
        await ChromiumProgram.RequireAsync();
        await site.PublishedAsync();
        FileInfo[] own = [.. new DirectoryInfo(Path.Combine(PublishedSite.Frontend, "_framework")).GetFiles("ChatGen.*.wasm*")];
        Assert.NotEmpty(own);
        foreach (FileInfo file in own.OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            TestContext.Current.TestOutputHelper!.WriteLine($"{file.Name}: {file.Length:N0} bytes");
        }
    }
}
