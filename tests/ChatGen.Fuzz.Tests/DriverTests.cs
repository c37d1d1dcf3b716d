using ChatGen.Fuzz.Tests.Corpus;
using ChatGen.Fuzz.Tests.Driver;
using ChatGen.Fuzz.Tests.Mutation;
using ChatGen.Fuzz.Tests.Oracles;
using ChatGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace ChatGen.Fuzz.Tests;

/// <summary>What holds of reading and emitting holds of the generator within the compiler.</summary>
public class DriverTests
{
    private const int DocumentsInProject = 20;

    [Fact]
    public void The_generator_in_the_compiler_gives_the_same_as_its_parts()
    {
        var mutator = new SchemaMutator(Seeds.Own, unchecked(FuzzSettings.Seed + 2));
        CSharpCompilation compilation = CSharpCompilation.Create("Fuzz", references: ModelCompiler.References, options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        for (int project = 0; project < Math.Max(1, FuzzSettings.Count / 2000); project++)
        {
            SchemaFile[] schemas = [.. Enumerable.Range(0, DocumentsInProject).Select(i => new SchemaFile($"/work/{i}.chat.json", mutator.Create((project * DocumentsInProject) + i, onlySmall: i > 0), $"F{i}.Chat"))];
            GeneratorDriver driver = CSharpGeneratorDriver.Create([new ChatGenerator().AsSourceGenerator()], schemas, new CSharpParseOptions(LanguageVersion.CSharp12), new SchemaOptions(schemas));
            GeneratorRunResult result = driver.RunGenerators(compilation, TestContext.Current.CancellationToken).GetRunResult().Results.Single();

            Assert.Null(result.Exception);
            Assert.All(result.Diagnostics, diagnostic => Assert.StartsWith("CHAT1", diagnostic.Id, StringComparison.Ordinal));
            Assert.Equal(
                schemas.SelectMany(schema => Generated.From(schema.Content, schema.Namespace).Sources).OrderBy(file => file.HintName, StringComparer.Ordinal).Select(file => (file.HintName, file.Source)),
                result.GeneratedSources.OrderBy(file => file.HintName, StringComparer.Ordinal).Select(file => (file.HintName, file.SourceText.ToString())));
        }
    }
}
