using ChatGen.CodeFixes;

namespace ChatGen.Analyzers.Tests.CodeFixes;

public class RemoveMemberWithoutEffectFixTests
{
    private const string Storage = "StateStorage = new MemoryChatStateStorage()";
    private const string Duration = "MaxOfflineDuration = TimeSpan.FromSeconds(9)";

    [Theory]
    [InlineData($"options with {{ {Duration}, {Storage} }}", $"options with {{ {Storage} }}")]
    [InlineData($"options with {{ {Storage}, {Duration} }}", $"options with {{ {Storage} }}")]
    [InlineData($"options with {{ {Storage}, {Duration}, }}", $"options with {{ {Storage}, }}")]
    [InlineData($"options with {{ {Storage}, {Duration}, Subject = \"a\" }}", $"options with {{ {Storage}, Subject = \"a\" }}")]
    [InlineData(
        $"options with\n    {{\n        {Duration}, // ten\n        // Where it is kept.\n        {Storage},\n    }}",
        $"options with\n    {{\n        // Where it is kept.\n        {Storage},\n    }}")]
    [InlineData(
        $"options with\n    {{\n        {Storage}, // kept\n        {Duration}\n    }}",
        $"options with\n    {{\n        {Storage} // kept\n    }}")]
    public async Task Removes_the_member_and_leaves_the_rest_as_it_is(string before, string after)
    {
        FixRun run = FixRun.Of(FixRun.Returning(before));
        Assert.Equal(["CHAT2010: 'MaxOfflineDuration' has no effect together with 'StateStorage'"], await run.SayAsync());

        FixRun mended = await run.ApplyAsync(new RemoveMemberWithoutEffectFix(), "Remove 'MaxOfflineDuration'");

        Assert.Equal(after, await mended.ExpressionAsync());
        Assert.Empty(await mended.SayAsync());
    }

    [Fact]
    public async Task Removes_the_member_from_the_original_that_the_copy_is_made_of()
    {
        FixRun run = FixRun.Of(FixRun.Returning($"new StartSessionOptions {{ ServerUrl = url, {Duration} }} with {{ {Storage} }}"));

        FixRun mended = await run.ApplyAsync(new RemoveMemberWithoutEffectFix(), "Remove 'MaxOfflineDuration'");

        Assert.Equal($"new StartSessionOptions {{ ServerUrl = url }} with {{ {Storage} }}", await mended.ExpressionAsync());
        Assert.Empty(await mended.SayAsync());
    }

    [Fact]
    public async Task Is_not_offered_where_the_member_is_set_elsewhere()
    {
        string code = FixRun.Returning($"s_first with {{ {Storage} }}")
            .Replace("class Program\n{", $"class Program\n{{\n    static readonly StartSessionOptions s_first = new() {{ ServerUrl = new Uri(\"https://example.com\"), {Duration} }};");
        FixRun run = FixRun.Of(code);

        Assert.Equal(["CHAT2010: 'MaxOfflineDuration' has no effect together with 'StateStorage'"], await run.SayAsync());
        Assert.Empty(await run.TitlesAsync(new RemoveMemberWithoutEffectFix()));
    }

    [Fact]
    public async Task Removes_all_members_of_an_initialiser_at_once()
    {
        FixRun run = FixRun.Of(FixRun.Returning($"options with {{ {Storage}, Transport = mine, DisableWebSockets = true, {Duration} }}").Replace("Uri url", "IChatTransport mine"));

        FixRun mended = await run.ApplyAllAsync(new RemoveMemberWithoutEffectFix(), "Remove 'DisableWebSockets'");

        Assert.Equal($"options with {{ {Storage}, Transport = mine }}", await mended.ExpressionAsync());
        Assert.Empty(await mended.SayAsync());
    }
}
