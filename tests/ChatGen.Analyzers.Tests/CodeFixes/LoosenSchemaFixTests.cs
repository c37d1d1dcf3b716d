using ChatGen.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ChatGen.Analyzers.Tests.CodeFixes;

public class LoosenSchemaFixTests
{
    private const string Head = "\"$schema\": \"http://json-schema.org/draft-07/schema#\", \"$id\": \"acme\", \"x-chat\": { \"extends\": \"genesys-gwe-8.5\" }";
    private const string Title = "Let 'acme.chat.json' allow this value";

    [Theory]
    [InlineData("\"age\": { \"type\": \"integer\", \"maximum\": 99 }", "Age = 120", "\"age\": { \"type\": \"integer\", \"maximum\": 120 }")]
    [InlineData("\"age\": {\"maximum\":99  ,\"type\":\"integer\"}", "Age = 120", "\"age\": {\"maximum\":120  ,\"type\":\"integer\"}")]
    [InlineData("\"age\": { \"type\": \"integer\", \"exclusiveMinimum\": 17 }", "Age = 16", "\"age\": { \"type\": \"integer\", \"exclusiveMinimum\": 15 }")]
    [InlineData("\"size\": { \"type\": \"number\", \"minimum\": 1e0 }", "Size = 0.5", "\"size\": { \"type\": \"number\", \"minimum\": 0.5 }")]
    [InlineData("\"note\": { \"type\": \"string\", \"maxLength\": 2 }", "Note = \"a😀b\"", "\"note\": { \"type\": \"string\", \"maxLength\": 3 }")]
    [InlineData("\"note\": { \"type\": \"string\", \"minLength\": 2 }", "Note = \"\"", "\"note\": { \"type\": \"string\", \"minLength\": 0 }")]
    [InlineData("\"note\": { \"type\": \"string\", \"pattern\": \"^[A-Z]+$\" }", "Note = \"a.b\"", "\"note\": { \"type\": \"string\", \"pattern\": \"^[A-Z]+$|^a\\\\.b$\" }")]
    [InlineData("\"level\": { \"type\": \"integer\", \"enum\": [1, 5] }", "Level = 7", "\"level\": { \"type\": \"integer\", \"enum\": [1, 5, 7] }")]
    [InlineData("\"marks\": { \"type\": \"array\", \"items\": { \"type\": \"integer\", \"maximum\": 5 } }", "Marks = [1, 7]", "\"marks\": { \"type\": \"array\", \"items\": { \"type\": \"integer\", \"maximum\": 7 } }")]
    [InlineData("\"marks\": { \"type\": \"array\", \"items\": { \"type\": \"integer\" }, \"maxItems\": 1 }", "Marks = [1, 7]", "\"marks\": { \"type\": \"array\", \"items\": { \"type\": \"integer\" }, \"maxItems\": 2 }")]
    [InlineData("\"tongue\": { \"type\": \"string\", \"allOf\": [{ \"enum\": [\"de\"] }] }", "Tongue = \"é\"", "\"tongue\": { \"type\": \"string\", \"allOf\": [{ \"enum\": [\"de\", \"é\"] }] }")]
    public async Task Changes_the_rule_where_the_schema_states_it(string before, string members, string after)
    {
        FixRun run = FixRun.Of(Options(members), Schema(before));

        FixRun mended = await run.ApplyAsync(new LoosenSchemaFix(), Title);

        Assert.Equal(Schema(after), await mended.FileAsync("acme.chat.json"));
        Assert.Empty(await mended.SayAsync());

        static string Schema(string property) => $"{{ {Head},\r\n\"definitions\": {{ \"StartSessionOptions\": {{ \"properties\": {{\t{property} }} }} }} }}\r\n";
    }

    [Fact]
    public async Task Changes_the_rule_where_a_reference_leads()
    {
        FixRun run = FixRun.Of(Options("Queue = 7"), Schemas.With("""
            "Queue": { "type": "integer", "maximum": 5 }, "StartSessionOptions": { "properties": { "queue": { "$ref": "#/definitions/Queue" } } }
            """));

        FixRun mended = await run.ApplyAsync(new LoosenSchemaFix(), Title);

        Assert.Contains("\"Queue\": { \"type\": \"integer\", \"maximum\": 7 }", await mended.FileAsync("acme.chat.json"), StringComparison.Ordinal);
        Assert.Empty(await mended.SayAsync());
    }

    [Theory]
    [InlineData("{ " + Head + " }", "{ " + Head + ", \"definitions\": { \"SendMessageOptions\": { \"properties\": { \"message\": { \"minLength\": 0 } } } } }")]
    [InlineData(
        "{\n  " + Head + ",\n  \"definitions\": {\n    \"SendMessageOptions\": { \"description\": \"A message.\" }\n  }\n}\n",
        "{\n  " + Head + ",\n  \"definitions\": {\n    \"SendMessageOptions\": { \"description\": \"A message.\", \"properties\": { \"message\": { \"minLength\": 0 } } }\n  }\n}\n")]
    [InlineData(
        "{\n  " + Head + "\n}\n",
        "{\n  " + Head + ",\n  \"definitions\": {\n    \"SendMessageOptions\": {\n      \"properties\": {\n        \"message\": { \"minLength\": 0 }\n      }\n    }\n  }\n}\n")]
    public async Task Overrides_a_rule_that_the_schema_inherits(string before, string after)
    {
        FixRun run = FixRun.Of(FixRun.Returning("session.SendMessageAsync(\"\")"), before);

        FixRun mended = await run.ApplyAsync(new LoosenSchemaFix(), Title);

        Assert.Equal(after, await mended.FileAsync("acme.chat.json"));
        Assert.Empty(await mended.SayAsync());
    }

    [Fact]
    public async Task Overrides_in_the_variant_and_not_in_its_base_and_carries_a_whole_enumeration()
    {
        string shared = "{ \"$schema\": \"http://json-schema.org/draft-07/schema#\", \"$id\": \"base\", \"x-chat\": { \"extends\": \"genesys-gwe-8.5\" }, "
            + "\"definitions\": { \"StartSessionOptions\": { \"properties\": { \"level\": { \"type\": \"integer\", \"enum\": [1, 5] } } } } }";
        string variant = "{ \"$schema\": \"http://json-schema.org/draft-07/schema#\", \"$id\": \"acme\", \"x-chat\": { \"extends\": \"./base.chat.json\" } }";
        FixRun run = FixRun.Of(
            Options("Level = 7"),
            [("base.chat.json", shared), ("acme.chat.json", variant)],
            "[/0/base.chat.json]\nbuild_metadata.AdditionalFiles.ChatGenGenerate = false\n");

        FixRun mended = await run.ApplyAsync(new LoosenSchemaFix(), Title);

        Assert.Equal(variant[..^2] + ", \"definitions\": { \"StartSessionOptions\": { \"properties\": { \"level\": { \"enum\": [1, 5, 7] } } } } }", await mended.FileAsync("acme.chat.json"));
        Assert.Equal(shared, await mended.FileAsync("base.chat.json"));
        Assert.Empty(await mended.SayAsync());
    }

    [Theory]
    [InlineData("Queue = 7", "\"maximum\": 7", "\"minimum\": 2")]
    [InlineData("Queue = 1", "\"maximum\": 5", "\"minimum\": 1")]
    public async Task Changes_rules_beside_a_reference_and_behind_it_in_2020_12(string members, params string[] expected)
    {
        FixRun run = FixRun.Of(Options(members), "{ " + Head.Replace("http://json-schema.org/draft-07/schema#", "https://json-schema.org/draft/2020-12/schema", StringComparison.Ordinal)
            + ", \"$defs\": { \"Queue\": { \"type\": \"integer\", \"maximum\": 5 } }, "
            + "\"definitions\": { \"StartSessionOptions\": { \"properties\": { \"queue\": { \"$ref\": \"#/$defs/Queue\", \"minimum\": 2 } } } } }");

        FixRun mended = await run.ApplyAsync(new LoosenSchemaFix(), Title);

        string schema = await mended.FileAsync("acme.chat.json");
        Assert.All(expected, rule => Assert.Contains(rule, schema, StringComparison.Ordinal));
        Assert.Empty(await mended.SayAsync());
    }

    [Fact]
    public async Task Overrides_an_inherited_pattern_by_one_that_the_generator_can_read()
    {
        FixRun run = FixRun.Of(FixRun.Returning("new StartSessionOptions { ServerUrl = new Uri(\"ftp://a.example/[x]?y={z}\") }"), "{ " + Head + " }");

        FixRun mended = await run.ApplyAsync(new LoosenSchemaFix(), Title);

        Assert.Contains("\"serverUrl\": { \"pattern\": \"^https?://|^ftp:\\\\/\\\\/a\\\\.example", await mended.FileAsync("acme.chat.json"), StringComparison.Ordinal);
        Assert.DoesNotContain(await mended.SayAsync(), said => said.Contains("pattern", StringComparison.Ordinal) || said.StartsWith("CHAT1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Changes_the_rule_of_the_values_of_a_dictionary()
    {
        FixRun run = FixRun.Of(Options("Scores = new Dictionary<string, int> { [\"a/b\"] = 7 }"), Schemas.With("""
            "StartSessionOptions": { "properties": { "scores": { "type": "object", "additionalProperties": { "type": "integer", "minimum": 0, "maximum": 5 } } } }
            """));

        FixRun mended = await run.ApplyAsync(new LoosenSchemaFix(), Title);

        Assert.Contains("\"minimum\": 0, \"maximum\": 7 }", await mended.FileAsync("acme.chat.json"), StringComparison.Ordinal);
        Assert.Empty(await mended.SayAsync());
    }

    [Fact]
    public async Task Is_not_offered_for_a_rule_that_is_inherited_within_an_array()
    {
        string shared = Schemas.With("""
            "StartSessionOptions": { "properties": { "level": { "type": "integer", "allOf": [{ "maximum": 5 }] } } }
            """).Replace("\"acme\"", "\"base\"", StringComparison.Ordinal);
        FixRun run = FixRun.Of(
            Options("Level = 7"),
            [("base.chat.json", shared), ("acme.chat.json", "{ " + Head.Replace("genesys-gwe-8.5", "base", StringComparison.Ordinal) + " }")],
            "[/0/base.chat.json]\nbuild_metadata.AdditionalFiles.ChatGenGenerate = false\n");

        Assert.Equal(["CHAT2003: 'Level' must be at most 5, but is 7"], await run.SayAsync());
        Assert.Empty(await run.TitlesAsync(new LoosenSchemaFix()));
    }

    [Fact]
    public async Task Takes_a_file_that_the_project_has_twice_for_one()
    {
        FixRun run = FixRun.Of(FixRun.Returning("session.SendMessageAsync(\"\")"), [("acme.chat.json", "{ " + Head + " }"), ("acme.chat.json", "{ " + Head + " }")]);

        Assert.Equal([Title], await run.TitlesAsync(new LoosenSchemaFix()));
    }

    [Fact]
    public async Task Does_not_touch_a_schema_that_is_no_JSON()
    {
        FixRun run = FixRun.Of(FixRun.Returning("session.SendMessageAsync(\"\")"), "{ " + Head + ", }");

        Assert.Contains("CHAT2003: 'Message' must have at least 1 character, but has 0", await run.SayAsync());
        Assert.Empty(await run.TitlesAsync(new LoosenSchemaFix()));
    }

    [Fact]
    public async Task Starts_no_schema_that_the_build_would_not_find()
    {
        FixRun run = FixRun.Of(FixRun.Returning("session.SendMessageAsync(\"\")"), [], "build_property.EnableDefaultChatSchemaItems = false\n");

        Assert.NotEmpty(await run.SayAsync());
        Assert.Empty(await run.TitlesAsync(new LoosenSchemaFix()));
    }

    [Fact]
    public async Task Changes_the_schema_of_the_namespace()
    {
        string other = "{ " + Head.Replace("acme", "other", StringComparison.Ordinal) + " }";
        FixRun run = FixRun.Of(
            FixRun.Returning("new SendMessageOptions { Message = \"\" }"),
            [("acme.chat.json", "{ " + Head + " }"), ("other.chat.json", other)],
            "[/0/other.chat.json]\nbuild_metadata.AdditionalFiles.ChatGenNamespace = Other.Chat\n");

        FixRun mended = await run.ApplyAsync(new LoosenSchemaFix(), Title);

        Assert.Equal(other, await mended.FileAsync("other.chat.json"));
        Assert.Contains("\"minLength\": 0", await mended.FileAsync("acme.chat.json"), StringComparison.Ordinal);
        Assert.Empty(await mended.SayAsync());
    }

    [Fact]
    public async Task Starts_a_schema_where_the_project_has_none()
    {
        FixRun run = FixRun.Of(FixRun.Returning("options with { MaxOfflineDuration = TimeSpan.FromSeconds(-5) }"));

        FixRun mended = await run.ApplyAsync(new LoosenSchemaFix(), "Let 'schema.chat.json' allow this value");

        Assert.Equal("/0/schema.chat.json", Assert.Single(mended.Files));
        Assert.Equal(
            """
            {
              "$schema": "http://json-schema.org/draft-07/schema#",
              "$id": "Acme",
              "x-chat": { "extends": "genesys-gwe-8.5" },
              "definitions": {
                "StartSessionOptions": {
                  "properties": {
                    "maxOfflineDuration": { "minimum": -5 }
                  }
                }
              }
            }

            """,
            await mended.FileAsync("schema.chat.json"));
        Assert.Empty(await mended.SayAsync());
    }

    [Theory]
    [InlineData(FixAllScope.Document)]
    [InlineData(FixAllScope.Project)]
    [InlineData(FixAllScope.Solution)]
    public async Task Allows_all_values_at_once(FixAllScope scope)
    {
        FixRun run = FixRun.Of(FixRun.Returning(
            "new object[] { options with { MaxOfflineDuration = TimeSpan.FromSeconds(-5) }, options with { MaxOfflineDuration = TimeSpan.FromSeconds(-1) }, session.SendMessageAsync(\"\") }"));

        FixRun mended = await run.ApplyAllAsync(new LoosenSchemaFix(), "Let 'schema.chat.json' allow this value", scope);

        string schema = await mended.FileAsync("schema.chat.json");
        Assert.Contains("\"minimum\": -5", schema, StringComparison.Ordinal);
        Assert.Contains("\"minLength\": 0", schema, StringComparison.Ordinal);
        Assert.Empty(await mended.SayAsync());
    }

    [Theory]
    [InlineData("new SendMessageOptions { Message = \"a\", Type = (SendMessageOptionsType)7 }")]
    [InlineData("new StartSessionOptions { ServerUrl = url, Size = 2.25 }")]
    [InlineData("new StartSessionOptions { ServerUrl = url, Code = \"a\" }")]
    public async Task Is_not_offered_where_no_change_allows_the_value(string expression)
    {
        FixRun run = FixRun.Of(FixRun.Returning(expression), Schemas.With("""
            "StartSessionOptions": { "properties": { "size": { "type": "number", "exclusiveMinimum": 2.5 }, "code": { "type": "string", "format": "email" } } }
            """));

        Assert.NotEmpty(await run.SayAsync());
        Assert.Empty(await run.TitlesAsync(new LoosenSchemaFix()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Is_not_offered_for_options_of_another_assembly(bool hasSchema)
    {
        FixRun run = FixRun.Over(
            UsageRun.Compile("", Schemas.BuiltIn), FixRun.Returning("session.SendMessageAsync(\"\")"), hasSchema ? [("acme.chat.json", "{ " + Head + " }")] : []);

        Assert.Equal(["CHAT2003: 'Message' must have at least 1 character, but has 0"], await run.SayAsync());
        Assert.Empty(await run.TitlesAsync(new LoosenSchemaFix()));
    }

    private static string Options(string members) => FixRun.Returning($"new StartSessionOptions {{ ServerUrl = url, {members} }}");
}
