using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Xunit;

namespace ChatGen.Generator.Tests;

public class DescriptorTests
{
    public static TheoryData<string> Ids => [.. Descriptors().Select(descriptor => descriptor.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_diagnostic_has_a_page_with_its_title_and_severity(string id)
    {
        DiagnosticDescriptor descriptor = Descriptors().Single(descriptor => descriptor.Id == id);

        string page = File.ReadAllText(Path.Combine(Root(), "docs", "diagnostics", id + ".md"));

        Assert.StartsWith($"# {id}: {descriptor.Title}\n\nSeverity: {SeverityOf(descriptor)}.\n", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_diagnostic_is_in_the_catalogue_and_among_the_releases(string id)
    {
        DiagnosticDescriptor descriptor = Descriptors().Single(descriptor => descriptor.Id == id);
        string severity = SeverityOf(descriptor);

        Assert.Contains($"| [{id}]({id}.md) | {severity} | {descriptor.Title} |", File.ReadAllText(Path.Combine(Root(), "docs", "diagnostics", "README.md")), StringComparison.Ordinal);
        Assert.Matches($@"(?mi)^{id} \| {Regex.Escape(descriptor.Category)} \| {severity} \|", File.ReadAllText(Path.Combine(Root(), "generator", "ChatGen.Generator", "AnalyzerReleases.Unshipped.md")));
    }

    [Fact]
    public void Every_diagnostic_is_provoked_by_a_test()
    {
        string[] projects = ["ChatGen.Generator.Tests", "ChatGen.MetaSchema.Tests"];
        string tests = string.Concat(projects
            .SelectMany(project => Directory.EnumerateFiles(Path.Combine(Root(), "tests", project), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.EndsWith("DescriptorTests.cs", StringComparison.Ordinal)).Select(File.ReadAllText));

        // CHAT0001 says that the generator itself has failed, which no input is known to do.
        Assert.All(Descriptors().Where(descriptor => descriptor.Id != "CHAT0001"), descriptor => Assert.Contains(descriptor.Id, tests, StringComparison.Ordinal));
    }

    private static string SeverityOf(DiagnosticDescriptor descriptor) => descriptor.DefaultSeverity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "info",
    };

    private static IEnumerable<DiagnosticDescriptor> Descriptors() => typeof(Diagnostics.Descriptors)
        .GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => field.GetValue(null)).OfType<DiagnosticDescriptor>();

    internal static string Root()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "ChatGen.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("The tests must run within the repository.");
    }
}
