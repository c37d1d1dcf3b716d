using System.Globalization;
using ChatGen.Fuzz.Tests.Corpus;
using ChatGen.Fuzz.Tests.Driver;
using ChatGen.Fuzz.Tests.Mutation;
using ChatGen.Fuzz.Tests.Oracles;
using ChatGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace ChatGen.Fuzz.Tests;

/// <summary>Schemas of one project that refer to each other and extend each other, some of which are mutated, broken or no schemas.</summary>
public class LinkedSchemaTests(ITestOutputHelper output)
{
    private const int Documents = 4;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    private static readonly string[] s_wholes =
    [
        "", "null", "[]", "true", "\"text\"", "{", "{}", "{ \"$id\": 1 }", "{ \"$schema\": \"http://json-schema.org/draft-04/schema#\", \"$id\": \"linked0\", \"definitions\": { \"Base\": { \"$ref\": \"linked1\" } } }",
        "{ \"$schema\": 7, \"$id\": \"linked1\", \"definitions\": [] }", "{ \"$schema\": \"https://json-schema.org/draft/2020-12/schema\", \"$id\": \"linked2\", \"$ref\": \"0.chat.json\", \"definitions\": { \"Base\": true, \"Content\": { \"$ref\": \"linked0#/definitions/Content\" } } }",
    ];

    [Fact]
    public void Linked_schemas_compile_in_any_order_whatever_they_are()
    {
        var mutator = new SchemaMutator(Seeds.Own, unchecked(FuzzSettings.Seed + 3));
        CSharpCompilation compilation = CSharpCompilation.Create("Fuzz", references: ModelCompiler.References, options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        int count = Math.Max(2, FuzzSettings.Count / 200);
        int compiled = 0;
        for (int project = 0; project < count; project++)
        {
            var random = new Random(unchecked((FuzzSettings.Seed * 7919) ^ project));
            SchemaFile[] schemas = [.. Enumerable.Range(0, Documents).Select(i => new SchemaFile($"/work/{i}.chat.json", Create(random, mutator, (project * Documents) + i, i), $"F{i}.Chat"))];
            var watch = ProcessorTime.Start();
            GeneratorRunResult result = Run(compilation, schemas);
            TimeSpan time = watch.Elapsed;
            string message = $"Seed {FuzzSettings.Seed}, project {project}, {time}:\n{string.Join("\n\n", schemas.Select(schema => $"{schema.Path}\n{schema.Content}"))}\n";

            Assert.True(result.Exception is null, $"{result.Exception}\n{message}");
            Assert.True(time < s_limit, message);
            Assert.True(result.Diagnostics.All(diagnostic => diagnostic.Id.StartsWith("CHAT1", StringComparison.Ordinal)), $"{result.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Id == "CHAT0001")}\n{message}");

            random.Shuffle(schemas);
            GeneratorRunResult again = Run(compilation, schemas);
            Assert.True(Sources(result).SequenceEqual(Sources(again)), "In another order the sources are others.\n" + message);
            Assert.True(Problems(result).SequenceEqual(Problems(again)), "In another order the diagnostics are others.\n" + message);

            if (project % 5 == 0)
            {
                IReadOnlyList<Diagnostic> problems = ModelCompiler.Compile(Sources(result));
                Assert.True(problems.Count == 0, $"{string.Join("; ", problems.Take(1))}\n{message}");
                compiled++;
            }
        }

        output.WriteLine($"{count} projects of {Documents} schemas of seed {FuzzSettings.Seed}, {compiled} of them compiled");
    }

    private static string Create(Random random, SchemaMutator mutator, int number, int index)
    {
        if (random.Next(8) == 0)
        {
            return s_wholes[random.Next(s_wholes.Length)];
        }

        string text = random.Next(4) == 0 ? mutator.Create(number, onlySmall: true) : LanguageSeeds.All[random.Next(LanguageSeeds.All.Count)];
        text = random.Next(10) == 0 ? text : text.Replace("\"language7\"", Id(index), StringComparison.Ordinal).Replace("\"language2020\"", Id(index), StringComparison.Ordinal);
        int links = random.Next(1, 6);
        for (int i = 0; i < links; i++)
        {
            string other = random.Next(Documents).ToString(CultureInfo.InvariantCulture);
            string document = random.Next(5) switch { 0 => $"{other}.chat.json", 1 => $"./{other}.chat.json", 2 => $"../work/{other}.chat.json", _ => "linked" + other };
            string fragment = random.Next(6) switch
            {
                0 => "",
                1 => "#named",
                2 => "#node",
                3 => Hostile.References[random.Next(Hostile.References.Length)],
                _ => "#/definitions/" + (string[])["Base", "Other", "Content", "Text", "Picture", "Mark", "ActOptions", "Acted", "Keyed", "Within", "ByName"] switch { var names => names[random.Next(names.Length)] },
            };
            string from = "\"#/definitions/" + (string[])["Base", "Other", "Content", "Text", "Picture", "Mark", "Keyed", "Tuple", "MaybeText"] switch { var names => names[random.Next(names.Length)] } + "\"";
            text = text.Replace(from, FuzzValue.String(document + (fragment.StartsWith('#') || fragment.Length == 0 ? fragment : "#")).ToString(), StringComparison.Ordinal);
        }

        return random.Next(6) == 0 ? text.Replace("\"restore\":", $"\"extends\": \"linked{random.Next(Documents)}\", \"restore\":", StringComparison.Ordinal) : text;
    }

    private static string Id(int index) => $"\"linked{index}\"";

    private static GeneratorRunResult Run(CSharpCompilation compilation, SchemaFile[] schemas) =>
        CSharpGeneratorDriver.Create([new ChatGenerator().AsSourceGenerator()], schemas, new CSharpParseOptions(LanguageVersion.CSharp12), new SchemaOptions(schemas))
            .RunGenerators(compilation, TestContext.Current.CancellationToken).GetRunResult().Results.Single();

    private static IEnumerable<(string HintName, string Source)> Sources(GeneratorRunResult result) =>
        result.GeneratedSources.Select(source => (source.HintName, source.SourceText.ToString())).OrderBy(source => source.HintName, StringComparer.Ordinal);

    private static IEnumerable<string> Problems(GeneratorRunResult result) => result.Diagnostics.Select(diagnostic => diagnostic.ToString()).Order(StringComparer.Ordinal);
}
