using System.Reflection;
using System.Text.RegularExpressions;
using ChatGen.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;

namespace ChatGen.Analyzers.Tests;

public class DescriptorTests
{
    public static TheoryData<string> Ids => [.. All().Select(descriptor => descriptor.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_diagnostic_has_a_page_with_its_title_and_severity(string id)
    {
        DiagnosticDescriptor descriptor = All().Single(descriptor => descriptor.Id == id);

        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "diagnostics", id + ".md"));

        Assert.StartsWith($"# {id}: {descriptor.Title}\n\nSeverity: {SeverityOf(descriptor)}.\n", page, StringComparison.Ordinal);
        Assert.Contains("To silence it:", page, StringComparison.Ordinal);
        Assert.EndsWith($"{id}.md", descriptor.HelpLinkUri, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_diagnostic_is_in_the_catalogue_and_among_the_releases(string id)
    {
        DiagnosticDescriptor descriptor = All().Single(descriptor => descriptor.Id == id);

        Assert.Contains(
            $"| [{id}]({id}.md) | {SeverityOf(descriptor)} | {descriptor.Title} |", File.ReadAllText(Path.Combine(Repository.Root, "docs", "diagnostics", "README.md")), StringComparison.Ordinal);
        Assert.Matches(
            $@"(?mi)^{id} \| {Regex.Escape(descriptor.Category)} \| {SeverityOf(descriptor)} \|",
            File.ReadAllText(Path.Combine(Repository.Root, "generator", "ChatGen.Analyzers", "AnalyzerReleases.Unshipped.md")));
    }

    [Fact]
    public void Every_diagnostic_is_provoked_by_a_test()
    {
        string tests = string.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "ChatGen.Analyzers.Tests"), "*Tests.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

        Assert.All(All(), descriptor => Assert.Contains(descriptor.Id, tests, StringComparison.Ordinal));
    }

    private static string SeverityOf(DiagnosticDescriptor descriptor) => descriptor.DefaultSeverity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "info",
    };

    private static IEnumerable<DiagnosticDescriptor> All() => typeof(Descriptors)
        .GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => field.GetValue(null)).OfType<DiagnosticDescriptor>();
}
