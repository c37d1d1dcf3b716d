using System.Reflection;
using System.Runtime.Loader;
using Basic.Reference.Assemblies;
using ChatGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Differential.Records;

/// <summary>The clients of many schemas as one assembly in memory.</summary>
internal static class CompiledRecords
{
    /// <summary>The options of each schema; for one that is refused, what is said of it.</summary>
    public static IReadOnlyList<(CompiledRecord? Record, string Refusal)> Compile(IReadOnlyList<RecordSchema> schemas)
    {
        var parse = new CSharpParseOptions(LanguageVersion.CSharp12, DocumentationMode.None);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Records",
            [],
            [
                .. Net100.References.All,
                MetadataReference.CreateFromFile(typeof(ChatProtocol).Assembly.Location),
                MetadataReference.CreateFromFile(typeof(Refit.RestService).Assembly.Location),
                MetadataReference.CreateFromFile(typeof(Microsoft.Extensions.Logging.ILogger).Assembly.Location),
            ],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, optimizationLevel: OptimizationLevel.Release));
        Text[] texts = [.. schemas.Select(schema => new Text(schema))];
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new ChatGenerator().AsSourceGenerator()], texts, parse, new Options());
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        ILookup<string, Diagnostic> problems = driver.GetRunResult().Diagnostics
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .ToLookup(diagnostic => diagnostic.Location.GetLineSpan().Path, StringComparer.Ordinal);
        using var image = new MemoryStream();
        EmitResult emitted = output.Emit(image);
        if (!emitted.Success)
        {
            throw new InvalidOperationException(string.Join('\n', emitted.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(10)));
        }

        image.Position = 0;
        Assembly assembly = new AssemblyLoadContext("records").LoadFromStream(image);
        return
        [
            .. texts.Select(text => problems[text.Path].Any()
                ? ((CompiledRecord?)null, string.Join("; ", problems[text.Path].Select(diagnostic => $"{diagnostic.Id} {diagnostic.GetMessage(null)}").Distinct()))
                : (CompiledRecord.Of(assembly.GetType(text.Schema.Namespace + ".StartSessionOptions", throwOnError: true)!), "")),
        ];
    }

    private sealed class Text(RecordSchema schema) : AdditionalText
    {
        public RecordSchema Schema => schema;

        public override string Path { get; } = FormattableString.Invariant($"/work/acme{schema.Number}.chat.json");

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(schema.Variant);
    }

    private sealed class Options : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(new() { ["build_property.RootNamespace"] = "Acme" });

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Values(new()
        {
            ["build_metadata.AdditionalFiles.ChatGenSchema"] = "true",
            ["build_metadata.AdditionalFiles.ChatGenNamespace"] = ((Text)textFile).Schema.Namespace,
        });
    }

    private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
