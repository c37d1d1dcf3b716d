using ChatGen.CodeFixes;

namespace ChatGen.Analyzers.Tests.CodeFixes;

public class ClampToBoundFixTests
{
    private const string Rules = """
        "StartSessionOptions": { "properties": {
          "age": { "type": "integer", "exclusiveMinimum": 17, "exclusiveMaximum": 100 },
          "size": { "type": "number", "maximum": 2.5, "exclusiveMinimum": 0 },
          "price": { "type": "number", "x-chat-number": "decimal", "maximum": 9.5 },
          "delay": { "type": "number", "x-chat-unit": "milliseconds", "minimum": 1500, "maximum": 60000 },
          "subject": { "type": "string", "minLength": 2, "maxLength": 3 },
          "marks": { "type": "array", "items": { "type": "integer", "maximum": 5 }, "maxItems": 2 }
        } }
        """;

    [Theory]
    [InlineData("Age = 17", "Age = 18")]
    [InlineData("Age = 100", "Age = 99")]
    [InlineData("Age = 50 * 3", "Age = 99")]
    [InlineData("Size = 2.6", "Size = 2.5")]
    [InlineData("Price = 10m", "Price = 9.5m")]
    [InlineData("Delay = TimeSpan.Zero", "Delay = TimeSpan.FromMilliseconds(1500)")]
    [InlineData("Delay = TimeSpan.FromMinutes(2)", "Delay = TimeSpan.FromMinutes(1)")]
    [InlineData("Delay = new TimeSpan(1, 0, 0)", "Delay = TimeSpan.FromSeconds(60)")]
    [InlineData("MaxOfflineDuration = -TimeSpan.FromSeconds(5)", "MaxOfflineDuration = TimeSpan.Zero")]
    [InlineData("Subject = \"abcd\"", "Subject = \"abc\"")]
    [InlineData("Subject = \"a\\\"\" + \"😀b\"", "Subject = \"a\\\"😀\"")]
    [InlineData("Marks = [1, 7]", "Marks = [1, 5]")]
    public async Task Takes_the_nearest_value_within_the_bounds(string before, string after)
    {
        FixRun run = FixRun.Of(Options(before), Schemas.With(Rules));
        Assert.Contains(await run.SayAsync(), said => said.StartsWith("CHAT2003", StringComparison.Ordinal));

        FixRun mended = await run.ApplyAsync(new ClampToBoundFix(), (await run.TitlesAsync(new ClampToBoundFix())).Single());

        Assert.Equal(Expression(after), await mended.ExpressionAsync());
        Assert.Empty(await mended.SayAsync());
    }

    [Theory]
    [InlineData("Size = -1.5")]
    [InlineData("Subject = \"a\"")]
    [InlineData("Marks = [1, 2, 3]")]
    public async Task Is_not_offered_where_there_is_no_nearest_value(string member)
    {
        FixRun run = FixRun.Of(Options(member), Schemas.With(Rules));

        Assert.Contains(await run.SayAsync(), said => said.StartsWith("CHAT2003", StringComparison.Ordinal));
        Assert.Empty(await run.TitlesAsync(new ClampToBoundFix()));
    }

    [Fact]
    public async Task Changes_the_argument_of_a_command()
    {
        FixRun run = FixRun.Of(FixRun.Returning("session.GetTranscriptAsync(fromIndex: -1)"));

        FixRun mended = await run.ApplyAsync(new ClampToBoundFix(), "Change to '0'");

        Assert.Equal("session.GetTranscriptAsync(fromIndex: 0)", await mended.ExpressionAsync());
        Assert.Empty(await mended.SayAsync());
    }

    [Fact]
    public async Task Changes_every_value_to_its_own_bound()
    {
        FixRun run = FixRun.Of(Options("Age = 3, Size = 2.6, Subject = \"abcd\", Marks = [6, 7]"), Schemas.With(Rules));

        FixRun mended = await run.ApplyAllAsync(new ClampToBoundFix(), "Change to '18'");

        Assert.Equal(Expression("Age = 18, Size = 2.5, Subject = \"abc\", Marks = [5, 5]"), await mended.ExpressionAsync());
        Assert.Empty(await mended.SayAsync());
    }

    private static string Expression(string members) => $"new StartSessionOptions {{ ServerUrl = url, {members} }}";

    private static string Options(string members) => FixRun.Returning(Expression(members));
}
