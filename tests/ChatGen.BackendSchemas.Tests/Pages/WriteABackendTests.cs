using System.Reflection;

namespace ChatGen.BackendSchemas.Tests.Pages;

/// <summary>The page on how to write a backend, done word for word.</summary>
[Collection(nameof(ConsoleGroup))]
public sealed class WriteABackendTests
{
    [Fact]
    public async Task The_page_leads_from_the_vendor_s_words_to_a_chat_that_runs()
    {
        var page = new Page("write-a-backend.md");
        string schema = Assert.Single(page.Blocks("json"));
        string item = Assert.Single(page.Blocks("xml"));
        string code = Assert.Single(page.Blocks("csharp"));
        string expected = Assert.Single(page.Blocks(""));
        Assembly program = ChatProject.Compile(item, schema, code);
        await using ParleyServer server = await ParleyServer.StartAsync(Deadline.Token);
        TextWriter console = Console.Out;
        using var output = new StringWriter { NewLine = "\n" };
        Console.SetOut(output);
        try
        {
            await ChatProject.RunAsync(program, server.Address.AbsoluteUri).WaitAsync(Deadline.Token);
        }
        finally
        {
            Console.SetOut(console);
        }

        Assert.Empty(server.Complaints);
        Assert.Equal(expected, output.ToString());
    }
}
