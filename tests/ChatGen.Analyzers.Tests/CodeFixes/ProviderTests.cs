using System.Reflection;
using ChatGen.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ChatGen.Analyzers.Tests.CodeFixes;

public class ProviderTests
{
    private static readonly HashSet<string> s_reported =
    [
        .. typeof(ChatUsageAnalyzer).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
            .SelectMany(type => ((DiagnosticAnalyzer)Activator.CreateInstance(type)!).SupportedDiagnostics)
            .Select(descriptor => descriptor.Id),
    ];

    public static TheoryData<Type> Providers => [.. typeof(AddMissingMemberFix).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CodeFixProvider)))];

    [Theory]
    [MemberData(nameof(Providers))]
    public void Every_fix_is_found_by_editors_and_mends_what_an_analyzer_reports(Type type)
    {
        ExportCodeFixProviderAttribute export = type.GetCustomAttribute<ExportCodeFixProviderAttribute>()!;
        var provider = (CodeFixProvider)Activator.CreateInstance(type)!;

        Assert.Equal(type.Name, export.Name);
        Assert.Equal([LanguageNames.CSharp], export.Languages);
        Assert.NotEmpty(provider.FixableDiagnosticIds);
        Assert.All(provider.FixableDiagnosticIds, id => Assert.Contains(id, s_reported));
        Assert.Contains(FixAllScope.Solution, provider.GetFixAllProvider()!.GetSupportedFixAllScopes());
    }
}
