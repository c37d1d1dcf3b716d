using ChatGen.Analyzers.Tests.Cases;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ChatGen.Analyzers.Tests;

/// <summary>What a record's other part does is not known, so that nothing is said of members that it may have set.</summary>
public sealed class UsageConstructorTests
{
    [Theory]
    [InlineData("public ContactOptions() { Mail = \"a\"; }", "new ContactOptions()")]
    [InlineData("public ContactOptions() { Mail = \"a\"; }", "new ContactOptions { Prefix = \"1\" }")]
    [InlineData("public ContactOptions(string mail) { Mail = mail; } public ContactOptions() { }", "new ContactOptions(\"a\")")]
    [InlineData("public ContactOptions() { } public ContactOptions(string mail) : this() => Mail = mail;", "new ContactOptions(mail: text) { Prefix = \"1\" }")]
    [InlineData("public static ContactOptions Default { get; } = new() { Mail = \"a\" };", "ContactOptions.Default with { Prefix = \"1\" }")]
    public async Task What_a_constructor_may_have_set_is_not_missing(string members, string expression) => Assert.Empty(await SayAsync(members, expression));

    [Fact]
    public async Task What_is_set_to_a_wrong_value_is_wrong_whatever_a_constructor_does() => Assert.Equal(
        ["Error CHAT2003 0: 'Size' must be at least 1, but is 0"],
        await CaseRun.SayAsync(
            CaseLibrary.Beside,
            "namespace Acme.Chat { partial record OrderOptions { public OrderOptions() { Even = 2; } } }",
            "class Case { object Run() => new OrderOptions { Name = \"a\", Size = 0 }; }"));

    [Fact]
    public async Task Members_that_set_nothing_leave_the_rest_known() => Assert.Equal(
        ["Error CHAT2001 new ContactOptions(): 'ContactOptions' needs 'Mail' unless 'Phone' and 'Prefix' are given"],
        await SayAsync("public bool IsShort => Mail is null;", "new ContactOptions()"));

    [Theory]
    [InlineData("public StartSessionOptions() { ServerUrl = new System.Uri(\"https://a.example\"); }")]
    [InlineData("static StartSessionOptions() { }", "CHAT2001")]
    [InlineData("", "CHAT2001")]
    public async Task A_constructor_in_another_assembly_is_known_too(string members, params string[] expected)
    {
        using var image = new MemoryStream();
        Compilation library = UsageRun.Compile($"namespace Acme.Chat {{ partial record StartSessionOptions {{ {members} }} }}", Schemas.BuiltIn);
        Assert.True(library.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        CSharpCompilation application = CSharpCompilation.Create(
            "Application",
            [CSharpSyntaxTree.ParseText("class Case { object Run() => new Acme.Chat.StartSessionOptions { Username = \"a\" }; }", cancellationToken: TestContext.Current.CancellationToken)],
            [.. UsageRun.References, MetadataReference.CreateFromImage(image.ToArray())],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

        Assert.Equal(expected, (await UsageRun.AnalyzeAsync(application, new ChatUsageAnalyzer())).Select(diagnostic => diagnostic.Id));
    }

    private static Task<string[]> SayAsync(string members, string expression) => CaseRun.SayAsync(
        CaseLibrary.Beside, $"namespace Acme.Chat {{ partial record ContactOptions {{ {members} }} }}", $"class Case {{ object Run() => {expression}; }}");
}
