using System.Reflection;

namespace ChatGen.BackendSchemas.Tests.Pages;

/// <summary>The pages of the backends: what they show compiles.</summary>
public sealed class BackendPageTests
{
    private static readonly string[] s_pages =
    [
        .. Directory.GetFiles(Path.Combine(Page.Root, "docs", "backends"), "*.md").Select(file => Path.GetFileNameWithoutExtension(file)!).Where(name => name != "README").Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> Pages => [.. s_pages];

    [Fact]
    public void Every_schema_that_ships_has_a_page()
    {
        IEnumerable<string> schemas = Directory.GetFiles(Path.Combine(Page.Root, "schema"), "*.chat.json").Select(file => Path.GetFileName(file).Replace(".chat.json", "", StringComparison.Ordinal));

        Assert.Equal(schemas.Where(name => name != "genesys-gwe-8.5").Order(StringComparer.Ordinal), s_pages);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_program_of_a_page_compiles_with_the_item_of_the_page(string name)
    {
        var page = new Page(Path.Combine("backends", name + ".md"));
        string item = Assert.Single(page.Blocks("xml"));
        Assert.Contains($"Include=\"{name}\"", item, StringComparison.Ordinal);

        Assembly program = ChatProject.Compile(item, null, Assert.Single(page.Blocks("csharp")));

        Assert.NotNull(program.GetType("Acme.Chat.ChatClient"));
    }
}
