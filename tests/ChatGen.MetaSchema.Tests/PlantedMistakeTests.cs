using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace ChatGen.MetaSchema.Tests;

/// <summary>Mistakes of all kinds, planted one by one in the built-in schema.</summary>
public class PlantedMistakeTests
{
    private static readonly Lazy<Task<IReadOnlyDictionary<string, string[]>>> s_ajv = new(() => Ajv.ValidateAsync(
        Repository.MetaSchema,
        PlantedMistakes.ByName.Values.Select(mistake => (mistake.Name, ChatDocument.With(mistake.Pointer, mistake.Value)))));

    public static TheoryData<string> Names => [.. PlantedMistakes.ByName.Keys];

    [Fact]
    public void There_are_at_least_150_of_them() => Assert.InRange(PlantedMistakes.ByName.Count, 150, 1000);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Ajv_finds_it(string name) => Assert.NotEmpty((await s_ajv.Value)[name]);

    [Theory]
    [MemberData(nameof(Names))]
    public void NJsonSchema_finds_it_unless_the_table_says_otherwise(string name)
    {
        PlantedMistake mistake = PlantedMistakes.ByName[name];

        IReadOnlyList<MetaSchemaObjection> objections = Read.Validate(ChatDocument.With(mistake.Pointer, mistake.Value).ToJsonString());

        Assert.Equal(mistake.IsFoundHere, objections.Count > 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_generator_says_it_and_says_it_once(string name)
    {
        PlantedMistake mistake = PlantedMistakes.ByName[name];

        DiagnosticInfo[] diagnostics = [.. Read.Diagnostics(ChatDocument.With(mistake.Pointer, mistake.Value).ToJsonString())];

        Assert.NotEmpty(diagnostics);
        DiagnosticInfo[] ours = [.. diagnostics.Where(diagnostic => diagnostic.Descriptor.Id == "CHAT1050")];
        Assert.All(ours, diagnostic => Assert.DoesNotContain(diagnostics, other => other != diagnostic && Touch(other.Location!.Span, diagnostic.Location!.Span)));
    }

    private static bool Touch(TextSpan left, TextSpan right) => left.OverlapsWith(right) || left == right;
}
