using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using Basic.Reference.Assemblies;
using ChatGen.Generator.JsonSchemas;
using ChatGen.JsonSchemas;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace ChatGen.Conformance;

/// <summary>Emitted validators as one assembly in memory. A file that does not compile without warnings is left out and says why.</summary>
internal sealed class CompiledValidators
{
    private readonly Assembly _assembly;
    private readonly Dictionary<string, string> _errors;

    private CompiledValidators(Assembly assembly, Dictionary<string, string> errors)
    {
        _assembly = assembly;
        _errors = errors;
    }

    public static CompiledValidators Compile(IReadOnlyList<JsonValidatorSource> sources)
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Suite.Validators",
            sources.Select(source => CSharpSyntaxTree.ParseText(source.Text, new CSharpParseOptions(LanguageVersion.CSharp12), source.ClassName)),
            [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(JsonValidation).Assembly.Location)],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, generalDiagnosticOption: ReportDiagnostic.Error, warningLevel: 9999));
        while (true)
        {
            using var image = new MemoryStream();
            EmitResult result = compilation.Emit(image);
            if (result.Success)
            {
                image.Position = 0;
                return new CompiledValidators(new AssemblyLoadContext("validators").LoadFromStream(image), errors);
            }

            Diagnostic[] found = [.. result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
            SyntaxTree[] broken = [.. found.Select(diagnostic => diagnostic.Location.SourceTree).OfType<SyntaxTree>().Distinct()];
            if (broken.Length == 0)
            {
                throw new InvalidOperationException(string.Join('\n', found.Select(diagnostic => diagnostic.ToString())));
            }

            foreach (SyntaxTree tree in broken)
            {
                errors[tree.FilePath] = string.Join("; ", found.Where(diagnostic => diagnostic.Location.SourceTree == tree));
            }

            compilation = compilation.RemoveSyntaxTrees(broken);
        }
    }

    public string? ErrorsOf(JsonValidatorSource source) => _errors.GetValueOrDefault(source.ClassName);

    public Func<JsonElement, bool> Find(JsonValidatorSource source) => Type(source).GetMethod("IsValid")!.CreateDelegate<Func<JsonElement, bool>>();

    public CollectFailures FindCollecting(JsonValidatorSource source, string name = JsonValidator.Validate) =>
        Type(source).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!.CreateDelegate<CollectFailures>();

    /// <summary>The method of the root itself, which walks the whole instance where failures are collected, even if it is valid.</summary>
    public Func<JsonElement, int, JsonFailures?, bool> FindWalk(JsonValidatorSource source) =>
        Type(source).GetMethod("IsValid0", BindingFlags.Static | BindingFlags.NonPublic)!.CreateDelegate<Func<JsonElement, int, JsonFailures?, bool>>();

    private Type Type(JsonValidatorSource source) => _assembly.GetType($"{source.Namespace}.{source.ClassName}", throwOnError: true)!;
}
