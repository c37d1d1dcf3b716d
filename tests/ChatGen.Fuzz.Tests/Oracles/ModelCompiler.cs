using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ChatGen.Fuzz.Tests.Oracles;

/// <summary>Compiles what was generated, many schemas at once, each in a namespace of its own.</summary>
internal static class ModelCompiler
{
    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.CSharp12, DocumentationMode.Diagnose);

    public static ImmutableArray<MetadataReference> References { get; } =
    [
        .. Net100.References.All,
        MetadataReference.CreateFromFile(typeof(ChatProtocol).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Refit.RestService).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Microsoft.Extensions.Logging.ILogger).Assembly.Location),
    ];

    /// <summary>Everything the compiler complains of when it makes a whole assembly; files are named <c>namespace.type</c>.</summary>
    public static IReadOnlyList<Diagnostic> Compile(IEnumerable<(string HintName, string Source)> sources)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Fuzz",
            sources.Select(file => CSharpSyntaxTree.ParseText(file.Source, s_parse, file.HintName)),
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, concurrentBuild: false)
                .WithSpecificDiagnosticOptions([new("CS1591", ReportDiagnostic.Suppress)]));
        return [.. compilation.Emit(Stream.Null, xmlDocumentationStream: Stream.Null).Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];
    }

    /// <summary>What the compiler says of one document; the first complaint's id stands in front.</summary>
    public static string? Check(string text)
    {
        Generated generated = Generated.From(text, Oracle.Namespace);
        IReadOnlyList<Diagnostic> problems = Compile(generated.Sources);
        return problems.Count == 0 ? null : Describe(problems);
    }

    private static string Describe(IReadOnlyList<Diagnostic> problems)
    {
        Diagnostic first = problems[0];
        string line = first.Location.SourceTree?.GetText().Lines[first.Location.GetLineSpan().StartLinePosition.Line].ToString().Trim() ?? "";
        return $"compiler {first.Id}: {first}\n    {line[..Math.Min(line.Length, 600)]}";
    }
}
