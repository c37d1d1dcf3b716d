using ChatGen.Fuzz.Tests.Corpus;
using ChatGen.Fuzz.Tests.Mutation;
using ChatGen.Fuzz.Tests.Oracles;
using Xunit;

namespace ChatGen.Fuzz.Tests;

/// <summary>A schema is untrusted text: whatever it is, the generator gives code that compiles and diagnostics that say where.</summary>
public class MutatedSchemaTests(ITestOutputHelper output)
{
    [Fact]
    public void A_mutated_schema_gives_code_and_diagnostics_with_a_place()
    {
        var mutator = new SchemaMutator(Seeds.Own, FuzzSettings.Seed);
        var oracle = new Oracle();
        FuzzRun.Check(FuzzSettings.Count, number => mutator.Create(number), (number, text) => oracle.Check(text, Replay.All[number % Replay.All.Count]), output.WriteLine);
    }

    [Fact]
    public void A_mutated_schema_of_the_test_suite_gives_code_and_diagnostics_with_a_place()
    {
        var mutator = new SchemaMutator(Seeds.WithSuite(Suite.RequireDirectory()), FuzzSettings.Seed);
        var oracle = new Oracle();
        FuzzRun.Check(FuzzSettings.Count / 5, number => mutator.Create(number), (number, text) => oracle.Check(text, Replay.All[number % Replay.All.Count]), output.WriteLine);
    }

    [Fact]
    public void Cultures_are_those_of_ICU_so_that_the_output_was_compared_under_real_ones() =>
        Assert.SkipUnless(Replay.HasCultures, "This machine has no ICU: the output was not compared under other cultures.");
}
