using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using System.Xml.Linq;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.BackendSchemas.Tests.Pages;

/// <summary>A project in memory: a schema as the page's item names it, and a program of top-level statements.</summary>
internal static class ChatProject
{
    // What the SDK does for console programs.
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly Lazy<ISourceGenerator> s_generator = new(LoadGenerator);

    private static readonly ImmutableArray<MetadataReference> s_references =
    [
        .. Net100.References.All,
        MetadataReference.CreateFromFile(typeof(ChatProtocol).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Refit.RestService).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Microsoft.Extensions.Logging.ILogger).Assembly.Location),
    ];

    /// <summary>Compiles it. Warnings count as errors.</summary>
    /// <param name="item">The item of the project file, <c>ChatBackend</c> or <c>ChatSchema</c>, as XML.</param>
    /// <param name="schema">The text of a <c>ChatSchema</c>; a <c>ChatBackend</c> has its own.</param>
    /// <param name="program">The program.</param>
    public static Assembly Compile(string item, string? schema, string program)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        XElement named = XElement.Parse(item);
        string include = named.Attribute("Include")!.Value;
        string path = named.Name.LocalName == "ChatBackend" ? Path.Combine(Page.Root, "schema", include + ".chat.json") : Path.Combine(Path.GetTempPath(), include);
        var parse = new CSharpParseOptions(LanguageVersion.CSharp13);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Page",
            [CSharpSyntaxTree.ParseText(ImplicitUsings, parse, "Usings.cs", cancellationToken: cancellationToken), CSharpSyntaxTree.ParseText(program, parse, "Program.cs", cancellationToken: cancellationToken)],
            s_references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable, generalDiagnosticOption: ReportDiagnostic.Error));
        CSharpGeneratorDriver.Create([s_generator.Value], [new SchemaText(path, schema ?? File.ReadAllText(path))], parse, new Options(named.Attribute("Namespace")!.Value))
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> reported, cancellationToken);
        Assert.Empty(reported);
        using var image = new MemoryStream();
        EmitResult result = output.Emit(image, cancellationToken: cancellationToken);
        Assert.Empty(result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        image.Position = 0;
        return new AssemblyLoadContext(include).LoadFromStream(image);
    }

    /// <summary>Runs a program of asynchronous top-level statements.</summary>
    public static Task RunAsync(Assembly program, params string[] args) =>
        // The entry point blocks; what it waits for stands beside it.
        (Task)program.EntryPoint!.DeclaringType!.GetMethod("<Main>$", BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, [args])!;

    private static ISourceGenerator LoadGenerator()
    {
        string folder = typeof(ChatProject).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "ChatGenGenerator").Value!;
        var context = new AssemblyLoadContext("generator");
        context.Resolving += (_, name) => Path.Combine(folder, name.Name + ".dll") is var file && File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
        Type generator = context.LoadFromAssemblyPath(Path.GetFullPath(Path.Combine(folder, "ChatGen.Generator.dll"))).GetType("ChatGen.Generator.ChatGenerator", throwOnError: true)!;
        return ((IIncrementalGenerator)Activator.CreateInstance(generator)!).AsSourceGenerator();
    }

    private sealed class SchemaText(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }

    private sealed class Options(string ns) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values([]);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Values(new()
        {
            ["build_metadata.AdditionalFiles.ChatGenSchema"] = "true",
            ["build_metadata.AdditionalFiles.ChatGenNamespace"] = ns,
        });
    }

    private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
