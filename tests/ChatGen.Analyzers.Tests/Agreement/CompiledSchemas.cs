using System.Collections.Immutable;
using System.Runtime.Loader;
using ChatGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace ChatGen.Analyzers.Tests.Agreement;

/// <summary>The records of several schemas as one assembly, without the options that the generator refuses.</summary>
internal sealed class CompiledSchemas
{
    private CompiledSchemas(IReadOnlyList<RandomSchema> schemas, int refused, byte[] image)
    {
        Schemas = schemas;
        Refused = refused;
        Reference = MetadataReference.CreateFromImage(image);
        Context = new AssemblyLoadContext("agreement", isCollectible: true);
        Context.LoadFromStream(new MemoryStream(image));
    }

    /// <summary>What is left.</summary>
    public IReadOnlyList<RandomSchema> Schemas { get; }

    /// <summary>How many options the generator has refused.</summary>
    public int Refused { get; }

    /// <summary>The assembly for the compiler.</summary>
    public MetadataReference Reference { get; }

    /// <summary>Where the assembly is loaded.</summary>
    public AssemblyLoadContext Context { get; }

    public static CompiledSchemas Compile(IReadOnlyList<RandomSchema> schemas)
    {
        int refused = 0;
        for (int round = 0; ; round++)
        {
            (Compilation output, ImmutableArray<Diagnostic> diagnostics) = Generate(schemas);
            Diagnostic[] errors = [.. diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
            if (errors.Length == 0)
            {
                using var image = new MemoryStream();
                EmitResult emitted = output.Emit(image);
                Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(10)));
                return new CompiledSchemas(schemas, refused, image.ToArray());
            }

            Assert.True(round < 5, string.Join('\n', errors.Take(10)));
            int before = schemas.Sum(schema => schema.Options.Count);
            schemas = [.. schemas.Select(schema => schema with { Options = [.. schema.Options.Where(options => !errors.Any(error => IsOf(error, schema, options)))] })];
            int after = schemas.Sum(schema => schema.Options.Count);
            Assert.True(after < before, string.Join('\n', errors.Take(10)));
            refused += before - after;
        }
    }

    private static bool IsOf(Diagnostic error, RandomSchema schema, RandomOptions options)
    {
        FileLinePositionSpan place = error.Location.GetLineSpan();
        return place.Path == schema.Path && schema.OfLine(place.StartLinePosition.Line) == options;
    }

    private static (Compilation Output, ImmutableArray<Diagnostic> Diagnostics) Generate(IReadOnlyList<RandomSchema> schemas)
    {
        var parse = new CSharpParseOptions(LanguageVersion.CSharp12, DocumentationMode.None);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Agreement.Schemas", [], UsageRun.References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create(
            [new ChatGenerator().AsSourceGenerator()], schemas.Select(schema => UsageRun.File(schema.Path, schema.Text())), parse,
            UsageRun.Namespaces(path => path[..^".chat.json".Length]))
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> diagnostics, TestContext.Current.CancellationToken);
        return (output, diagnostics);
    }
}
