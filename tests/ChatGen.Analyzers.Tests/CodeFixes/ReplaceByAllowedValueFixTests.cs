using ChatGen.CodeFixes;

namespace ChatGen.Analyzers.Tests.CodeFixes;

public class ReplaceByAllowedValueFixTests
{
    private const string Rules = """
        "StartSessionOptions": { "properties": {
          "queue": { "type": "string", "pattern": "^(sales|support|returns)$" },
          "level": { "type": "integer", "enum": [1, 5, 10] },
          "many": { "type": "integer", "enum": [1, 2, 3, 4, 5, 6] },
          "tongue": { "type": "string", "allOf": [{ "enum": ["de", "en"] }] },
          "kind": { "type": "string", "allOf": [{ "const": "chat" }] },
          "code": { "type": "string", "pattern": "^[A-Z]+$" }
        } }
        """;

    [Theory]
    [InlineData("Queue = \"suport\"", "Queue = \"support\"", "support", "sales", "returns")]
    [InlineData("Level = 4", "Level = 5", "5", "1", "10")]
    [InlineData("Many = 9", "Many = 6", "6")]
    [InlineData("Tongue = \"dx\"", "Tongue = \"de\"", "de", "en")]
    [InlineData("Kind = \"cat\"", "Kind = \"chat\"", "chat")]
    public async Task Takes_the_nearest_value_and_lists_the_others_if_they_are_few(string before, string after, params string[] values)
    {
        FixRun run = FixRun.Of(Options(before), Schemas.With(Rules));
        string[] titles = [.. values.Select(value => $"Change to '{value}'")];

        Assert.Equal(values.Length > 1 ? [titles[0], "Change to another allowed value", .. titles[1..]] : titles, await run.TitlesAsync(new ReplaceByAllowedValueFix()));
        FixRun mended = await run.ApplyAsync(new ReplaceByAllowedValueFix(), titles[0]);
        Assert.Equal(Expression(after), await mended.ExpressionAsync());
        Assert.Empty(await mended.SayAsync());
    }

    [Fact]
    public async Task Takes_another_value_that_is_chosen()
    {
        FixRun run = FixRun.Of(Options("Queue = \"suport\""), Schemas.With(Rules));

        FixRun mended = await run.ApplyAsync(new ReplaceByAllowedValueFix(), "Change to 'returns'");

        Assert.Equal(Expression("Queue = \"returns\""), await mended.ExpressionAsync());
        Assert.Empty(await mended.SayAsync());
    }

    [Fact]
    public async Task Takes_a_member_for_a_number_that_is_none()
    {
        FixRun run = FixRun.Of(FixRun.Returning("new SendMessageOptions { Message = \"a\", Type = (SendMessageOptionsType)7 }"));

        FixRun mended = await run.ApplyAsync(new ReplaceByAllowedValueFix(), "Change to 'SendMessageOptionsType.Url'");

        Assert.Equal("new SendMessageOptions { Message = \"a\", Type = SendMessageOptionsType.Url }", await mended.ExpressionAsync());
        Assert.Empty(await mended.SayAsync());
    }

    [Fact]
    public async Task Is_not_offered_for_a_pattern_that_lists_no_words()
    {
        FixRun run = FixRun.Of(Options("Code = \"a\""), Schemas.With(Rules));

        Assert.Contains(await run.SayAsync(), said => said.StartsWith("CHAT2004", StringComparison.Ordinal));
        Assert.Empty(await run.TitlesAsync(new ReplaceByAllowedValueFix()));
    }

    [Fact]
    public async Task Changes_every_value_to_the_one_nearest_to_it()
    {
        FixRun run = FixRun.Of(Options("Queue = \"sale\", Level = 12, Kind = \"\""), Schemas.With(Rules));

        FixRun mended = await run.ApplyAllAsync(new ReplaceByAllowedValueFix(), "Change to 'sales'");

        Assert.Equal(Expression("Queue = \"sales\", Level = 10, Kind = \"chat\""), await mended.ExpressionAsync());
        Assert.Empty(await mended.SayAsync());
    }

    [Fact]
    public async Task Changes_every_value_to_the_one_that_is_chosen()
    {
        FixRun run = FixRun.Of(FixRun.Returning($"({Expression("Queue = \"suport\"")}, {Expression("Queue = \"return\"")}, {Expression("Level = 4")})"), Schemas.With(Rules));

        FixRun mended = await run.ApplyAllAsync(new ReplaceByAllowedValueFix(), "Change to 'returns'");

        Assert.Equal($"({Expression("Queue = \"returns\"")}, {Expression("Queue = \"returns\"")}, {Expression("Level = 4")})", await mended.ExpressionAsync());
    }

    private static string Expression(string members) => $"new StartSessionOptions {{ ServerUrl = url, {members} }}";

    private static string Options(string members) => FixRun.Returning(Expression(members));
}
