using System.Text.Json.Nodes;
using ChatGen.Differential.Comparison;
using ChatGen.Differential.Judges;
using ChatGen.Generator.JsonSchemas;
using ChatGen.Tests.Shared;
using Xunit;

namespace ChatGen.Differential;

/// <summary>That nothing differs means something only if what is wrong differs.</summary>
public class PlantedBugTests(ITestOutputHelper output)
{
    private const int CasesForBug = 100;
    private const int CasesForKeyword = 10;
    private const int MaxCasesForKeyword = 80;
    private const int SchemasForKeywords = 2_000;

    private static readonly JsonSchemaDialect[] s_dialects = [JsonSchemaDialect.Draft7, JsonSchemaDialect.Draft202012];

    [Fact]
    public async Task A_wrong_validator_is_noticed_and_shown_by_a_small_case()
    {
        await NpmPackages.SchemaTools.RequireAsync();
        DifferentialRun run = await DifferentialRun.GetAsync();
        JudgedCase[] cases = [.. run.Outcomes.Select(outcome => outcome.Case).Where(judged => SchemaKeyword.Remove(judged.Schema, "minimum") is not null).Take(CasesForBug)];
        var comparer = new Comparer(new MisreadingJudge(new EmittedJudge(), schema => SchemaKeyword.Replace(schema, "minimum", "exclusiveMinimum")), new AjvJudge());

        Difference[] differences = [.. (await comparer.CompareAsync(0, cases, TestContext.Current.CancellationToken)).SelectMany(outcome => outcome.Differences)];

        Assert.NotEmpty(differences);
        Difference shrunk = await comparer.ShrinkAsync(differences[0], TestContext.Current.CancellationToken);
        output.WriteLine($"{differences.Length} verdicts on {cases.Length} schemas differ. The first, made small: {shrunk}");
        Assert.True(SchemaKeyword.Remove(shrunk.Case.Schema, "minimum") is not null && shrunk.Case.Schema.Length <= 60, shrunk.ToString());
        Assert.Equal((false, true), (shrunk.Ours, shrunk.Theirs));
    }

    [Fact]
    public async Task A_keyword_that_is_ignored_is_noticed_whichever_it_is()
    {
        await NpmPackages.SchemaTools.RequireAsync();
        Assert.SkipWhen(DifferentialSettings.Schemas < SchemasForKeywords, $"Fewer than {SchemasForKeywords} schemas do not have every keyword often enough.");
        DifferentialRun run = await DifferentialRun.GetAsync();
        List<(JsonSchemaDialect Dialect, string Keyword)> left = [.. s_dialects.SelectMany(dialect => SchemaKeyword.All(dialect).Select(keyword => (dialect, keyword)))];
        for (int tried = 0; left.Count > 0 && tried < MaxCasesForKeyword; tried += CasesForKeyword)
        {
            // The shortest first: in a long schema a keyword may stand where nothing depends on it.
            (JsonSchemaDialect Dialect, string Keyword, Outcome Outcome, string Schema)[] mutants =
            [
                .. from pair in left
                   from mutant in run.Outcomes.Where(outcome => outcome.IsJudged && outcome.Case.Dialect == pair.Dialect).OrderBy(outcome => outcome.Case.Schema.Length)
                       .Select(outcome => (Outcome: outcome, Schema: SchemaKeyword.Remove(outcome.Case.Schema, pair.Keyword))).Where(mutant => mutant.Schema is not null)
                       .Skip(tried).Take(CasesForKeyword)
                   select (pair.Dialect, pair.Keyword, mutant.Outcome, mutant.Schema!),
            ];

            IReadOnlyList<Judgement> judgements = await new EmittedJudge().JudgeAsync([.. mutants.Select(mutant => mutant.Outcome.Case with { Schema = mutant.Schema })], TestContext.Current.CancellationToken);
            foreach (((JsonSchemaDialect dialect, string keyword, Outcome outcome, _), Judgement judgement) in mutants.Zip(judgements))
            {
                if (judgement.Refusal.Length == 0 && !judgement.Verdicts.SequenceEqual(outcome.Theirs.Verdicts))
                {
                    left.Remove((dialect, keyword));
                }
            }

            output.WriteLine($"After {tried + CasesForKeyword} schemas with each keyword, {left.Count} are not yet noticed to be ignored: {string.Join(", ", left)}");
        }

        Assert.Empty(left);
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"minimum":5}}}""", """{"properties":{"a":{"minimum":5}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"minimum":5}}}""", """{"type":"object","properties":{"a":{}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"minimum":5}}}""", """{"a":{"minimum":5}}""")]
    [InlineData("[1,[2,3]]", "[1,[3]]")]
    [InlineData("[1,[2,3]]", "[2,3]")]
    public void What_differs_is_tried_without_one_part(string text, string expected) =>
        Assert.Contains(Reductions.Of(text), reduced => JsonNode.DeepEquals(JsonNode.Parse(reduced), JsonNode.Parse(expected)));
}
