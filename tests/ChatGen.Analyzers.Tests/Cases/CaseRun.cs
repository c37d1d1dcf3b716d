using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ChatGen.Analyzers.Tests.Cases;

/// <summary>What is said of a compilation of its own.</summary>
internal static class CaseRun
{
    /// <summary>What is said of files that are compiled with the generated code or with a reference to it.</summary>
    public static Task<string[]> SayAsync(CSharpCompilation library, params string[] files) =>
        SayAsync(library.AddSyntaxTrees(files.Select((file, index) => CaseLibrary.Parse(file, FormattableString.Invariant($"/code/File{index}.cs")))));

    /// <summary>What is said of a compilation.</summary>
    public static async Task<string[]> SayAsync(CSharpCompilation compilation)
    {
        Diagnostic[] errors = [.. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        Assert.True(errors.Length == 0, string.Join('\n', errors.Select(error => error.ToString())));
        ImmutableArray<Diagnostic> diagnostics = await UsageRun.AnalyzeAsync(compilation, new ChatUsageAnalyzer());
        return [.. diagnostics.Select(diagnostic =>
            $"{diagnostic.Severity} {diagnostic.Id} {diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan)}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}")];
    }
}
