using ChatGen.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ChatGen.Analyzers.Tests.CodeFixes;

public class AddMissingMemberFixTests
{
    private const string Rules = """
        "StartSessionOptions": { "properties": { "queue": { "type": "string", "enum": ["sales", "support"] }, "age": { "type": "integer", "minimum": 18 }, "note": { "type": "string" } },
          "dependencies": { "note": ["queue"], "queue": ["age"] } }
        """;

    [Theory]
    [InlineData("new StartSessionOptions { }", "new StartSessionOptions { ServerUrl = new Uri(\"https://example.com\") }")]
    [InlineData("new StartSessionOptions()", "new StartSessionOptions { ServerUrl = new Uri(\"https://example.com\") }")]
    [InlineData("new StartSessionOptions() { Username = \"a\" }", "new StartSessionOptions() { Username = \"a\", ServerUrl = new Uri(\"https://example.com\") }")]
    [InlineData("new StartSessionOptions { Username = \"a\", }", "new StartSessionOptions { Username = \"a\", ServerUrl = new Uri(\"https://example.com\"), }")]
    [InlineData("new StartSessionOptions { ServerUrl = null }", "new StartSessionOptions { ServerUrl = new Uri(\"https://example.com\") }")]
    [InlineData("(StartSessionOptions)new()", "(StartSessionOptions)new() { ServerUrl = new Uri(\"https://example.com\") }")]
    [InlineData("(StartSessionOptions)new() { Username = \"a\" }", "(StartSessionOptions)new() { Username = \"a\", ServerUrl = new Uri(\"https://example.com\") }")]
    [InlineData("new StartSessionOptions { ServerUrl = url } with { ServerUrl = null }", "new StartSessionOptions { ServerUrl = url } with { ServerUrl = new Uri(\"https://example.com\") }")]
    [InlineData(
        "new StartSessionOptions\n    {\n        Username = \"a\" // who\n    }",
        "new StartSessionOptions\n    {\n        Username = \"a\", // who\n        ServerUrl = new Uri(\"https://example.com\")\n    }")]
    [InlineData(
        "new StartSessionOptions\n    {\n        Username = \"a\",\n    }",
        "new StartSessionOptions\n    {\n        Username = \"a\",\n        ServerUrl = new Uri(\"https://example.com\"),\n    }")]
    [InlineData("new StartSessionOptions\n    {\n    }", "new StartSessionOptions\n    {\n        ServerUrl = new Uri(\"https://example.com\")\n    }")]
    public async Task Adds_the_member_in_the_form_of_the_initialiser(string before, string after)
    {
        FixRun run = FixRun.Of(FixRun.Returning(before));
        Assert.Contains(await run.SayAsync(), said => said.StartsWith("CHAT2001", StringComparison.Ordinal));

        FixRun mended = await run.ApplyAsync(new AddMissingMemberFix(), "Add 'ServerUrl'");

        Assert.Equal(after, await mended.ExpressionAsync());
        Assert.Empty(await mended.SayAsync());
    }

    [Fact]
    public async Task Keeps_the_line_breaks_of_the_file()
    {
        FixRun run = FixRun.Of(FixRun.Returning("new StartSessionOptions\n    {\n        Username = \"a\"\n    }").Replace("\n", "\r\n"));

        FixRun mended = await run.ApplyAsync(new AddMissingMemberFix(), "Add 'ServerUrl'");

        Assert.Contains("Username = \"a\",\r\n        ServerUrl = new Uri(\"https://example.com\")\r\n    }", await mended.CodeAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offers_each_alternative()
    {
        FixRun run = FixRun.Of(FixRun.Returning("new StartSessionOptions { }"));

        Assert.Equal(["Add 'ServerUrl'", "Add 'Transport'"], await run.TitlesAsync(new AddMissingMemberFix()));
    }

    [Fact]
    public async Task Takes_a_service_that_is_in_scope()
    {
        FixRun run = FixRun.Of(FixRun.Returning("new StartSessionOptions { }").Replace("Uri url", "IChatTransport mine"));

        FixRun mended = await run.ApplyAsync(new AddMissingMemberFix(), "Add 'Transport'");

        Assert.Equal("new StartSessionOptions { Transport = mine }", await mended.ExpressionAsync());
        Assert.Empty(await mended.SayAsync());
    }

    [Fact]
    public async Task Adds_a_service_that_is_nowhere_as_a_default_that_compiles()
    {
        FixRun run = FixRun.Of(FixRun.Returning("new StartSessionOptions { }"));

        FixRun mended = await run.ApplyAsync(new AddMissingMemberFix(), "Add 'Transport'");

        Assert.Equal("new StartSessionOptions { Transport = default! }", await mended.ExpressionAsync());
        // There is still no transport, and that is said until somebody puts one there.
        Assert.Equal(["CHAT2001: 'StartSessionOptions' needs 'ServerUrl' unless 'Transport' is given"], await mended.SayAsync());
    }

    [Theory]
    [InlineData("Note = \"a\", Queue = StartSessionOptionsQueue.Sales", "Add 'Age'", "Note = \"a\", Queue = StartSessionOptionsQueue.Sales, Age = 18")]
    [InlineData("Note = \"a\", Age = 18", "Add 'Queue'", "Note = \"a\", Age = 18, Queue = StartSessionOptionsQueue.Sales")]
    public async Task Adds_what_another_member_needs_as_the_rules_have_it(string before, string title, string after)
    {
        FixRun run = FixRun.Of(FixRun.Returning($"new StartSessionOptions {{ ServerUrl = url, {before} }}"), Schemas.With(Rules));

        FixRun mended = await run.ApplyAsync(new AddMissingMemberFix(), title);

        Assert.Equal($"new StartSessionOptions {{ ServerUrl = url, {after} }}", await mended.ExpressionAsync());
        Assert.Empty(await mended.SayAsync());
    }

    [Fact]
    public async Task Adds_what_a_rule_within_another_demands()
    {
        FixRun run = FixRun.Of(FixRun.Returning("new StartSessionOptions { ServerUrl = url, Flag = true }"), Schemas.With("""
            "StartSessionOptions": { "if": { "required": ["flag"] }, "then": { "required": ["note"] }, "properties": { "flag": { "type": "boolean" }, "note": { "type": "string" } } }
            """));
        Assert.Equal(["CHAT2001: 'Note' is missing"], await run.SayAsync());

        FixRun mended = await run.ApplyAsync(new AddMissingMemberFix(), "Add 'Note'");

        Assert.Equal("new StartSessionOptions { ServerUrl = url, Flag = true, Note = \"\" }", await mended.ExpressionAsync());
        Assert.Empty(await mended.SayAsync());
    }

    [Fact]
    public async Task Adds_values_of_every_type_that_compile()
    {
        FixRun run = FixRun.Of(FixRun.Returning("new StartSessionOptions { ServerUrl = url, Note = \"a\" }").Replace("using System;", "", StringComparison.Ordinal).Replace("Uri url", "System.Uri url", StringComparison.Ordinal), Schemas.With("""
            "Town": { "type": "object", "properties": { "name": { "type": "string" }, "street": { "$ref": "#/definitions/Street" } }, "required": ["name", "street"] },
            "Street": { "type": "object", "properties": { "number": { "type": "integer", "minimum": 1 } }, "required": ["number"] },
            "StartSessionOptions": {
              "properties": {
                "note": { "type": "string" }, "flag": { "type": "boolean" }, "size": { "type": "number", "exclusiveMinimum": 2.5 }, "price": { "type": "number", "x-chat-number": "decimal", "maximum": -1 },
                "delay": { "type": "number", "x-chat-unit": "seconds" }, "when": { "type": "string", "format": "date-time" }, "number": { "type": "string", "format": "uuid" },
                "page": { "type": "string", "format": "uri" }, "marks": { "type": "array", "items": { "type": "integer" } },
                "scores": { "type": "object", "additionalProperties": { "type": "integer" } }, "town": { "$ref": "#/definitions/Town" }
              },
              "dependencies": { "note": ["flag", "size", "price", "delay", "when", "number", "page", "marks", "scores", "town"] }
            }
            """));
        string[] titles = await run.TitlesAsync(new AddMissingMemberFix());
        Assert.Equal(10, titles.Length);

        foreach (string title in titles)
        {
            run = await run.ApplyAsync(new AddMissingMemberFix(), title);
        }

        string expression = await run.ExpressionAsync();
        Assert.StartsWith("new StartSessionOptions { ServerUrl = url, Note = \"a\", Flag = false, Size = 3, Price = -1m, Delay = System.TimeSpan.Zero, When = System.DateTimeOffset.UtcNow, "
            + "Number = System.Guid.NewGuid(), Page = new System.Uri(\"https://example.com\"), Marks = [], Scores = ", expression, StringComparison.Ordinal);
        Assert.EndsWith("Town = new() { Name = \"\", Street = new() { Number = 1 } } }", expression, StringComparison.Ordinal);
        Assert.Empty(await run.SayAsync());
    }

    [Fact]
    public async Task Adds_members_that_go_together_at_once()
    {
        string schema = Schemas.With("""
            "StartSessionOptions": { "properties": { "street": { "type": "string" }, "town": { "type": "string" } }, "anyOf": [{ "required": ["serverUrl"] }, { "required": ["street", "town"] }] }
            """);
        FixRun run = FixRun.Of(FixRun.Returning("new StartSessionOptions { Town = \"a\" }"), schema);
        FixRun none = FixRun.Of(FixRun.Returning("new StartSessionOptions { }"), schema);

        Assert.Equal(["Add 'ServerUrl'", "Add 'Street'"], await run.TitlesAsync(new AddMissingMemberFix()));
        Assert.Equal("new StartSessionOptions { Street = \"\", Town = \"\" }", await (await none.ApplyAsync(new AddMissingMemberFix(), "Add 'Street' and 'Town'")).ExpressionAsync());
    }

    [Theory]
    [InlineData(FixAllScope.Document)]
    [InlineData(FixAllScope.Project)]
    public async Task Adds_one_alternative_wherever_it_is_missing(FixAllScope scope)
    {
        FixRun run = FixRun.Of(FixRun.Returning("new[] { new StartSessionOptions { }, new() { Username = \"a\" }, new StartSessionOptions() }"));

        FixRun mended = await run.ApplyAllAsync(new AddMissingMemberFix(), "Add 'ServerUrl'", scope);

        Assert.Equal(
            "new[] { new StartSessionOptions { ServerUrl = new Uri(\"https://example.com\") }, new() { Username = \"a\", ServerUrl = new Uri(\"https://example.com\") }, "
                + "new StartSessionOptions { ServerUrl = new Uri(\"https://example.com\") } }",
            await mended.ExpressionAsync());
        Assert.Empty(await mended.SayAsync());
    }

    [Fact]
    public async Task Is_not_offered_where_a_call_has_no_initialiser()
    {
        string schema = Schemas.With("""
            "SendMessageOptions": { "properties": { "tongue": { "type": "string" } }, "dependencies": { "message": ["tongue"] } }
            """);
        FixRun run = FixRun.Of(FixRun.Returning("session.SendMessageAsync(\"a\")"), schema);

        Assert.Equal(["CHAT2001: 'Message' needs 'Tongue'"], await run.SayAsync());
        Assert.Empty(await run.TitlesAsync(new AddMissingMemberFix()));
    }
}
