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
        FileInfo[] assemblies = new DirectoryInfo(Path.Combine(PublishedSite.Frontend, "_framework")).GetFiles("*.wasm.br");
        string[] added = ["ChatGen.Bayeux", "ChatGen.Browser", "ChatGen.Runtime", "Refit"];
        foreach (string name in added)
        {
            FileInfo assembly = Assert.Single(assemblies, file => file.Name.StartsWith(name + ".", StringComparison.Ordinal));
            Print(name, [assembly]);
        }

        Print("all", assemblies);

        static void Print(string name, FileInfo[] compressed) => TestContext.Current.TestOutputHelper!.WriteLine(
            $"{name}: {compressed.Sum(file => new FileInfo(file.FullName[..^".br".Length]).Length):N0} bytes, {compressed.Sum(file => file.Length):N0} as Brotli");
    }
}
