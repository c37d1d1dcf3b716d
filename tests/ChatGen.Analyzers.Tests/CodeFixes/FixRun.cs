using System.Collections.Immutable;
using ChatGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Analyzers.Tests.CodeFixes;

/// <summary>A project in a workspace, in which the generator and the usage analyzer run as in an editor, so that what a fix brings about can be looked at.</summary>
internal sealed class FixRun
{
    private const string Usings = "using System;\nusing System.Collections.Generic;\nusing System.Text.Json.Nodes;\nusing ChatGen;\nusing Acme.Chat;\n";

    private readonly Project _project;

    private FixRun(Project project) => _project = project;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    /// <summary>A project with code, and with a schema named <c>acme.chat.json</c> or none.</summary>
    public static FixRun Of(string code, string? schema = null) => Of(code, schema is null ? [] : [("acme.chat.json", schema)]);

    /// <summary>A project with code and schemas.</summary>
    public static FixRun Of(string code, (string Name, string Text)[] schemas, string options = "") => Of("Acme", code, schemas, options, UsageRun.References);

    /// <summary>A project that uses the options of a library.</summary>
    public static FixRun Over(Compilation library, string code, (string Name, string Text)[] schemas)
    {
        using var image = new MemoryStream();
        Assert.True(library.Emit(image, cancellationToken: CancellationToken).Success);
        return Of("App", code, schemas, "", [.. UsageRun.References, MetadataReference.CreateFromImage(image.ToArray())]);
    }

    private static FixRun Of(string name, string code, (string Name, string Text)[] schemas, string options, IEnumerable<MetadataReference> references)
    {
        var workspace = new AdhocWorkspace();
        Project project = workspace.AddProject(name, LanguageNames.CSharp)
            .WithMetadataReferences(references)
            .WithParseOptions(new CSharpParseOptions(LanguageVersion.CSharp13))
            .WithCompilationOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable))
            .AddAnalyzerReference(new GeneratorReference())
            .AddDocument("Program.cs", SourceText.From(code), filePath: "/0/Program.cs").Project;
        // Sections of global options have no patterns.
        IEnumerable<string> sections = schemas.Select(schema => schema.Name).Append("schema.chat.json").Distinct().Select(file => $"[/0/{file}]\nbuild_metadata.AdditionalFiles.ChatGenSchema = true\n");
        project = project.AddAnalyzerConfigDocument(
            ".globalconfig",
            SourceText.From($"is_global = true\nbuild_property.RootNamespace = {name}\n" + string.Concat(options.StartsWith('[') ? sections.Append(options) : sections.Prepend(options))),
            filePath: "/0/.globalconfig").Project;
        foreach ((string file, string text) in schemas)
        {
            project = project.AddAdditionalDocument(file, SourceText.From(text), filePath: "/0/" + file).Project;
        }

        return new FixRun(project.Solution.WithProjectFilePath(project.Id, $"/0/{name}.csproj").GetProject(project.Id)!);
    }

    /// <summary>A class whose method returns an expression.</summary>
    public static string Returning(string expression) =>
        $$"""
        {{Usings}}
        class Program
        {
            object Run(StartSessionOptions options, ChatSession session, IChatStateStorage storage, Uri url) => {{expression}};
        }
        """;

    /// <summary>The expression of <see cref="Returning"/>.</summary>
    public async Task<string> ExpressionAsync()
    {
        string code = await CodeAsync();
        int start = code.IndexOf("=> ", StringComparison.Ordinal) + 3;
        return code[start..code.LastIndexOf(";\n}", StringComparison.Ordinal)];
    }

    /// <summary>The code.</summary>
    public async Task<string> CodeAsync() => (await _project.Documents.Single().GetTextAsync(CancellationToken)).ToString();

    /// <summary>The text of an additional file.</summary>
    public async Task<string> FileAsync(string name) => (await _project.AdditionalDocuments.Single(document => document.Name == name).GetTextAsync(CancellationToken)).ToString();

    /// <summary>The names of the additional files.</summary>
    public IEnumerable<string> Files => _project.AdditionalDocuments.Select(document => document.FilePath!);

    /// <summary>What the compiler, the generator and the analyzer say: errors, and everything of the generator and the analyzer.</summary>
    public async Task<string[]> SayAsync()
    {
        Compilation compilation = (await _project.GetCompilationAsync(CancellationToken))!;
        IEnumerable<Diagnostic> errors = compilation.GetDiagnostics(CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return [.. errors.Concat(await GenerateAsync()).Concat(await AnalyzeAsync()).Select(diagnostic => $"{diagnostic.Id}: {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}")];
    }

    /// <summary>The titles of all that a provider offers, nested ones behind those that hold them.</summary>
    public async Task<string[]> TitlesAsync(CodeFixProvider provider) => [.. (await ActionsAsync(provider)).SelectMany(Flatten).Select(action => action.Title)];

    /// <summary>The project after one fix.</summary>
    public async Task<FixRun> ApplyAsync(CodeFixProvider provider, string title)
    {
        CodeAction action = (await ActionsAsync(provider)).SelectMany(Flatten).First(action => action.Title == title);
        return await ApplyAsync(action);
    }

    /// <summary>The project after a fix was applied wherever it fits.</summary>
    public async Task<FixRun> ApplyAllAsync(CodeFixProvider provider, string title, FixAllScope scope = FixAllScope.Document)
    {
        CodeAction action = (await ActionsAsync(provider)).SelectMany(Flatten).First(action => action.Title == title);
        var context = new FixAllContext(
            _project.Documents.Single(), provider, scope, action.EquivalenceKey!, provider.FixableDiagnosticIds, new Diagnostics(this), CancellationToken);
        return await ApplyAsync((await provider.GetFixAllProvider()!.GetFixAsync(context))!);
    }

    private async Task<FixRun> ApplyAsync(CodeAction action)
    {
        ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(CancellationToken);
        return new FixRun(operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(_project.Id)!);
    }

    private async Task<List<CodeAction>> ActionsAsync(CodeFixProvider provider)
    {
        var actions = new List<CodeAction>();
        foreach (Diagnostic diagnostic in (await AnalyzeAsync()).Where(diagnostic => provider.FixableDiagnosticIds.Contains(diagnostic.Id)))
        {
            await provider.RegisterCodeFixesAsync(new CodeFixContext(_project.Documents.Single(), diagnostic, (action, _) => actions.Add(action), CancellationToken));
        }

        return actions;
    }

    private async Task<IEnumerable<Diagnostic>> AnalyzeAsync()
    {
        Compilation compilation = (await _project.GetCompilationAsync(CancellationToken))!;
        ImmutableArray<Diagnostic> found = await compilation.WithAnalyzers([new ChatUsageAnalyzer()]).GetAnalyzerDiagnosticsAsync(CancellationToken);
        return found.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start);
    }

    /// <summary>What the generator says of the schemas, which the workspace keeps to itself.</summary>
    private async Task<IEnumerable<Diagnostic>> GenerateAsync()
    {
        if (_project.AdditionalDocumentIds.Count == 0)
        {
            return [];
        }

        SyntaxTree code = (await _project.Documents.Single().GetSyntaxTreeAsync(CancellationToken))!;
        Compilation compilation = CSharpCompilation.Create("Schemas", [code], _project.MetadataReferences, (CSharpCompilationOptions)_project.CompilationOptions!);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new ChatGenerator().AsSourceGenerator()], _project.AnalyzerOptions.AdditionalFiles, (CSharpParseOptions)_project.ParseOptions!, _project.AnalyzerOptions.AnalyzerConfigOptionsProvider);
        return driver.RunGenerators(compilation, CancellationToken).GetRunResult().Diagnostics;
    }

    private static IEnumerable<CodeAction> Flatten(CodeAction action) => action.NestedActions.SelectMany(Flatten).Prepend(action);

    private sealed class Diagnostics(FixRun run) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) => run.AnalyzeAsync();

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => run.AnalyzeAsync();
    }

    private sealed class GeneratorReference : AnalyzerReference
    {
        private static readonly ISourceGenerator s_generator = new ChatGenerator().AsSourceGenerator();

        public override string? FullPath => null;

        public override object Id => nameof(ChatGenerator);

        public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzers(string language) => [];

        public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzersForAllLanguages() => [];

        public override ImmutableArray<ISourceGenerator> GetGenerators(string language) => [s_generator];

        public override ImmutableArray<ISourceGenerator> GetGeneratorsForAllLanguages() => [s_generator];
    }
}
