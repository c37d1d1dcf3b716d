using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Basic.Reference.Assemblies;
using ChatGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace ChatGen.Generator.Tests;

/// <summary>
/// Runs the generator over schemas and C# and, in every test, proves besides that an unrelated edit and a whitespace edit of the
/// schemas leave all outputs cached and that no symbol or syntax sits in the pipeline.
/// </summary>
internal sealed class GeneratorRun
{
    private static readonly MetadataReference s_refit = MetadataReference.CreateFromFile(typeof(Refit.RestService).Assembly.Location);

    private static readonly ImmutableArray<MetadataReference> s_references =
    [
        .. Net100.References.All,
        MetadataReference.CreateFromFile(typeof(ChatProtocol).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Microsoft.Extensions.Logging.ILogger).Assembly.Location),
    ];

    private GeneratorRun(GeneratorDriverRunResult result, Compilation output)
    {
        Result = result;
        Output = output;
    }

    public GeneratorDriverRunResult Result { get; }

    public Compilation Output { get; }

    /// <summary>What the generator reports.</summary>
    public ImmutableArray<Diagnostic> Diagnostics => Result.Diagnostics;

    /// <summary>What the compiler says of the code with all that was generated.</summary>
    public IEnumerable<Diagnostic> CompilerProblems =>
        Output.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);

    public string Source(string name) => Result.GeneratedTrees.Single(tree => tree.FilePath.EndsWith($".{name}.g.cs", StringComparison.Ordinal)).ToString();

    public static GeneratorRun OfBuiltIn(string code = "") => Of([], code);

    public static GeneratorRun Of(string schema, string code = "") => Of([new SchemaFile("/work/acme.chat.json", schema, "Acme.Chat")], code);

    /// <param name="schemas">The schemas.</param>
    /// <param name="code">The code beside what is generated.</param>
    /// <param name="withRuntime">Whether the runtime is referenced.</param>
    /// <param name="language">The version of C#.</param>
    /// <param name="refit">What is referenced instead of Refit.</param>
    public static GeneratorRun Of(IReadOnlyList<SchemaFile> schemas, string code = "", bool withRuntime = true, LanguageVersion language = LanguageVersion.CSharp12, params MetadataReference[] refit)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        (CSharpCompilation compilation, GeneratorDriver driver, CSharpParseOptions parse) = Create(schemas, code, withRuntime, language, refit);
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _, cancellationToken);
        var run = new GeneratorRun(driver.GetRunResult(), output);
        AssertIsByValue(run.Result);
        AssertCached(driver, compilation, schemas, parse, run.Diagnostics.IsEmpty);
        return run;
    }

    /// <summary>The namespaces of the schemas that are read again, and of those whose sources are emitted again, after an edit of one of them.</summary>
    public static (string[] Read, string[] Emitted) AfterEdit(IReadOnlyList<SchemaFile> schemas, SchemaFile edited)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        (CSharpCompilation compilation, GeneratorDriver driver, _) = Create(schemas, "", withRuntime: true, LanguageVersion.CSharp12, []);
        driver = driver.RunGenerators(compilation, cancellationToken);
        GeneratorRunResult result = driver.ReplaceAdditionalText(schemas.Single(schema => schema.Path == edited.Path), edited).RunGenerators(compilation, cancellationToken).GetRunResult().Results.Single();
        return (
            Namespaces(result.TrackedSteps[TrackingNames.Results].SelectMany(step => step.Outputs)
                .Where(output => output.Reason is not IncrementalStepRunReason.Cached).Select(output => ((SchemaResult)output.Value).Model)),
            Namespaces(result.TrackedOutputSteps.SelectMany(steps => steps.Value)
                .Where(step => step.Outputs.Any(output => output.Reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged)))
                .SelectMany(step => step.Inputs).Select(input => input.Source.Outputs[input.OutputIndex].Value)
                .OfType<(ChatSchemaModel? Model, HostModel Host)>().Select(pair => pair.Model)));

        static string[] Namespaces(IEnumerable<ChatSchemaModel?> models) => [.. models.OfType<ChatSchemaModel>().Select(model => model.Namespace).Order(StringComparer.Ordinal)];
    }

    private static (CSharpCompilation Compilation, GeneratorDriver Driver, CSharpParseOptions Parse) Create(
        IReadOnlyList<SchemaFile> schemas, string code, bool withRuntime, LanguageVersion language, MetadataReference[] refit)
    {
        var parse = new CSharpParseOptions(language, DocumentationMode.Diagnose);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Acme",
            [CSharpSyntaxTree.ParseText(code, parse, "Program.cs", cancellationToken: TestContext.Current.CancellationToken)],
            withRuntime ? [.. s_references, .. refit.Length > 0 ? refit : [s_refit]] : [.. Net100.References.All],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, generalDiagnosticOption: ReportDiagnostic.Error)
                .WithSpecificDiagnosticOptions([new("CS1591", ReportDiagnostic.Suppress)]));
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new ChatGenerator().AsSourceGenerator()],
            schemas,
            parse,
            new Options(schemas),
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        return (compilation, driver, parse);
    }

    private static void AssertCached(GeneratorDriver driver, CSharpCompilation compilation, IReadOnlyList<SchemaFile> schemas, CSharpParseOptions parse, bool isFlawless)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        CSharpCompilation edited = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("internal class Unrelated;", parse, "Other.cs", cancellationToken: cancellationToken));
        AssertOutputsCached("an unrelated edit", driver.RunGenerators(edited, cancellationToken));

        foreach (SchemaFile schema in schemas)
        {
            if (schema.Content.TrimEnd().EndsWith('}'))
            {
                // What is reported moves with the text in front of it; sources never do.
                AssertOutputsCached("a whitespace edit", driver.ReplaceAdditionalText(schema, schema.WithMoreWhitespace(inFront: isFlawless)).RunGenerators(compilation, cancellationToken));
            }
        }
    }

    private static void AssertOutputsCached(string edit, GeneratorDriver driver)
    {
        IEnumerable<IncrementalStepRunReason> reasons = driver.GetRunResult().Results.Single().TrackedOutputSteps
            .SelectMany(steps => steps.Value).SelectMany(step => step.Outputs).Select(output => output.Reason);
        Assert.All(reasons, reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"After {edit} an output was {reason}."));
    }

    private static void AssertIsByValue(GeneratorDriverRunResult result)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach ((string name, ImmutableArray<IncrementalGeneratorRunStep> steps) in result.Results.Single().TrackedSteps)
        {
            if (TrackingNames.All.Contains(name))
            {
                foreach ((object value, _) in steps.SelectMany(step => step.Outputs))
                {
                    AssertIsByValue(name, value, seen);
                }
            }
        }
    }

    private static void AssertIsByValue(string step, object? value, HashSet<object> seen)
    {
        if (value is null or string or DiagnosticDescriptor || value.GetType() is { IsPrimitive: true } or { IsEnum: true } || !seen.Add(value))
        {
            return;
        }

        Assert.False(value is Compilation or ISymbol or SyntaxNode or SyntaxTree or Location or SourceText or NJsonSchema.JsonSchema, $"The step {step} holds a {value.GetType()}.");
        if (value is IEnumerable items)
        {
            foreach (object? item in items)
            {
                AssertIsByValue(step, item, seen);
            }

            return;
        }

        foreach (FieldInfo field in value.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            AssertIsByValue(step, field.GetValue(value), seen);
        }
    }

    private sealed class Options(IReadOnlyList<SchemaFile> schemas) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(new() { ["build_property.RootNamespace"] = "Acme" });

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile)
        {
            SchemaFile schema = schemas.First(file => file.Path == textFile.Path);
            return new Values(new()
            {
                ["build_metadata.AdditionalFiles.ChatGenSchema"] = "true",
                ["build_metadata.AdditionalFiles.ChatGenNamespace"] = schema.Namespace,
                ["build_metadata.AdditionalFiles.ChatGenGenerate"] = schema.Generate,
            });
        }
    }

    private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
