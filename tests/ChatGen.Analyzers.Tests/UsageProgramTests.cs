using ChatGen.Analyzers.Tests.Cases;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ChatGen.Analyzers.Tests;

/// <summary>Code that is no member of a class.</summary>
public sealed class UsageProgramTests
{
    [Theory]
    [InlineData("await session.OrderAsync(\"\");", "Error CHAT2003 \"\": 'Name' must have at least 1 character, but has 0")]
    [InlineData("string name = \"\"; await session.OrderAsync(name);", "Error CHAT2003 name: 'Name' must have at least 1 character, but has 0")]
    [InlineData("await using var started = await client.StartSessionAsync(new() { Username = \"a\" });", "Error CHAT2001 new(): 'StartSessionOptions' needs 'ServerUrl' unless 'Transport' is given")]
    [InlineData("Take(new OrderOptions { Name = args[0], Size = 0 });", "Error CHAT2003 0: 'Size' must be at least 1, but is 0")]
    [InlineData("string name = \"\"; name = args[0]; await session.OrderAsync(name);")]
    [InlineData("string name = \"\"; if (flag) { name = \"a\"; } await session.OrderAsync(name);")]
    [InlineData("string name = \"\"; Change(); await session.OrderAsync(name); void Change() => name = \"a\";")]
    [InlineData("var template = new ContactOptions(); Take(template with { Mail = args[0] });")]
    public async Task Statements_of_a_program_are_checked(string statements, params string[] expected)
    {
        CSharpCompilation library = CaseLibrary.Elsewhere;

        Assert.Equal(expected, await CaseRun.SayAsync(library.WithOptions(library.Options.WithOutputKind(OutputKind.ConsoleApplication)), statements));
    }
}
