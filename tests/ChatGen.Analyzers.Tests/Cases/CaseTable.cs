using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ChatGen.Analyzers.Tests.Cases;

/// <summary>Cases that are compiled and analyzed together: with the generated code beside them, and with it in another assembly.</summary>
internal sealed class CaseTable
{
    private readonly UsageCase[] _cases;
    private readonly Lazy<Task<IReadOnlyList<string[]>>> _beside;
    private readonly Lazy<Task<IReadOnlyList<string[]>>> _elsewhere;

    public CaseTable(params UsageCase[] cases)
    {
        _cases = cases;
        _beside = new(() => AnalyzeAsync(CaseLibrary.Beside));
        _elsewhere = new(() => AnalyzeAsync(CaseLibrary.Elsewhere));
    }

    /// <summary>The rows of a theory: numbers and codes.</summary>
    public TheoryData<int, string> Rows
    {
        get
        {
            var rows = new TheoryData<int, string>();
            for (int i = 0; i < _cases.Length; i++)
            {
                rows.Add(i, _cases[i].Code);
            }

            return rows;
        }
    }

    /// <summary>Asserts what is said of a case, wherever the generated code is.</summary>
    public async Task CheckAsync(int index)
    {
        Assert.Equal(_cases[index].Expected, (await _beside.Value)[index]);
        Assert.Equal(_cases[index].Expected, (await _elsewhere.Value)[index]);
    }

    private async Task<IReadOnlyList<string[]>> AnalyzeAsync(CSharpCompilation library)
    {
        SyntaxTree[] trees = [.. _cases.Select((each, index) => CaseLibrary.Parse(each.File(FormattableString.Invariant($"Case{index}")), FormattableString.Invariant($"Case{index}.cs")))];
        CSharpCompilation compilation = library.AddSyntaxTrees(trees);
        Diagnostic[] errors = [.. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        Assert.True(errors.Length == 0, string.Join('\n', errors.Select(error => $"{error}\n{error.Location.SourceTree}")));
        ImmutableArray<Diagnostic> diagnostics = await UsageRun.AnalyzeAsync(compilation, new ChatUsageAnalyzer());
        // What is given at one place and lacks at another would join the cases.
        ILookup<SyntaxTree?, Diagnostic> byTree = diagnostics.Where(diagnostic => diagnostic.Id != "CHAT2011").ToLookup(diagnostic => diagnostic.Location.SourceTree);
        return [.. trees.Select(tree => byTree[tree].Select(Text).ToArray())];
    }

    private static string Text(Diagnostic diagnostic) =>
        $"{diagnostic.Id} {diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan)}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";
}
