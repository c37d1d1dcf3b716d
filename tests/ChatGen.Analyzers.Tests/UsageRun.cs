using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using ChatGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Analyzers.Tests;

/// <summary>Runs the generator over schemas, then analyzers over the compilation with all that was generated.</summary>
internal static class UsageRun
{
    /// <summary>What every compilation references: .NET, the runtime, and what it needs.</summary>
    public static ImmutableArray<MetadataReference> References { get; } =
    [
        .. Net100.References.All,
        MetadataReference.CreateFromFile(typeof(ChatProtocol).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Refit.RestService).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Microsoft.Extensions.Logging.ILogger).Assembly.Location),
    ];

    /// <summary>A compilation of code and of what is generated from a schema; without a schema, from the built-in one.</summary>
    /// <param name="code">The code.</param>
    /// <param name="schema">The schema, whose namespace is Acme.Chat.</param>
    /// <param name="withErrors">Whether the code may be wrong for the compiler.</param>
    public static Compilation Compile(string code, string? schema = null, bool withErrors = false)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        var parse = new CSharpParseOptions(LanguageVersion.CSharp13);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Acme",
            [CSharpSyntaxTree.ParseText(code, parse, "Program.cs", cancellationToken: cancellationToken)],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        ImmutableArray<AdditionalText> schemas = schema is null ? [] : [new AdditionalFile("acme.chat.json", schema)];
        CSharpGeneratorDriver.Create([new ChatGenerator().AsSourceGenerator()], schemas, parse, new Options())
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> diagnostics, cancellationToken);
        Assert.Empty(diagnostics);
        if (!withErrors)
        {
            Assert.Empty(output.GetDiagnostics(cancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        }

        return output;
    }

    /// <summary>What an analyzer says, in the order of the code. That it fails is said too.</summary>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Compilation compilation, DiagnosticAnalyzer analyzer, params AdditionalText[] files)
    {
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers([analyzer], new AnalyzerOptions([.. files], new Options()));
        ImmutableArray<Diagnostic> diagnostics = await analysis.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    /// <summary>A schema.</summary>
    public static AdditionalText File(string path, string text) => new AdditionalFile(path, text);

    /// <summary>The options of a compilation in which each schema has a namespace.</summary>
    public static AnalyzerConfigOptionsProvider Namespaces(Func<string, string> ofPath) => new Options(ofPath);

    private sealed class AdditionalFile(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }

    private sealed class Options(Func<string, string>? namespaces = null) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values([]);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Values(new()
        {
            ["build_metadata.AdditionalFiles.ChatGenSchema"] = textFile.Path.EndsWith(".chat.json", StringComparison.Ordinal) ? "true" : "",
            ["build_metadata.AdditionalFiles.ChatGenNamespace"] = namespaces?.Invoke(textFile.Path) ?? "Acme.Chat",
        });
    }

    private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
