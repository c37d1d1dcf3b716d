using System.Collections.Concurrent;
using System.Globalization;
using ChatGen.Fuzz.Tests.Corpus;
using ChatGen.Fuzz.Tests.Mutation;
using ChatGen.Fuzz.Tests.Oracles;
using Microsoft.CodeAnalysis;
using Xunit;

namespace ChatGen.Fuzz.Tests;

/// <summary>What is generated compiles without a warning, whatever else is wrong with the schema.</summary>
public class CompiledSchemaTests(ITestOutputHelper output)
{
    private const int BatchSize = 10;

    [Fact]
    public void What_is_made_of_a_mutated_schema_compiles()
    {
        var mutator = new SchemaMutator(Seeds.Own, unchecked(FuzzSettings.Seed + 1));
        Check(FuzzSettings.Count / 20, number => mutator.Create(number, onlySmall: number % 25 != 0));
    }

    [Fact]
    public void What_is_made_of_a_mutated_schema_of_the_test_suite_compiles()
    {
        var mutator = new SchemaMutator(Seeds.WithSuite(Suite.RequireDirectory()), unchecked(FuzzSettings.Seed + 1));
        Check(FuzzSettings.Count / 80, number => mutator.Create(number, onlySmall: true));
    }

    private void Check(int count, Func<int, string> create)
    {
        var compiled = new ConcurrentDictionary<string, byte>(StringComparer.Ordinal);
        FuzzRun.Check(
            Math.Max(1, count / BatchSize),
            batch => string.Join('\f', Enumerable.Range(batch * BatchSize, BatchSize).Select(create)),
            (batch, texts) => CheckBatch(texts.Split('\f'), compiled),
            line => output.WriteLine($"Batches of {BatchSize}, {compiled.Count} different models: {line}"),
            batch => Minimizer.Minimize(batch[(batch.IndexOf('\f', StringComparison.Ordinal) + 1)..], ModelCompiler.Check));
    }

    private static string? CheckBatch(string[] texts, ConcurrentDictionary<string, byte> compiled)
    {
        var sources = new List<(string HintName, string Source)>();
        for (int i = 0; i < texts.Length; i++)
        {
            // Broken documents all come to the built-in schema: once is enough.
            string key = string.Concat(Generated.From(texts[i], Oracle.Namespace).Sources.Select(file => file.Source));
            if (compiled.TryAdd(key, 0))
            {
                sources.AddRange(Generated.From(texts[i], $"F{i}.Chat").Sources);
            }
        }

        IReadOnlyList<Diagnostic> problems = ModelCompiler.Compile(sources);
        if (problems.Count == 0)
        {
            return null;
        }

        Diagnostic problem = problems[0];
        // Which of them it was is told by the file's name; without one, each is tried.
        string? text = problem.Location.SourceTree is { } tree ? texts[int.Parse(tree.FilePath.AsSpan(1, tree.FilePath.IndexOf('.') - 1), CultureInfo.InvariantCulture)] : texts.First(text => ModelCompiler.Check(text) is not null);
        return $"{ModelCompiler.Check(text) ?? "compiler, only beside others: " + problem}\f{text}";
    }
}
