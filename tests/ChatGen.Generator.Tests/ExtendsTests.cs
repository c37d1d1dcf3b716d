using ChatGen.Generator.Documents;
using Xunit;

namespace ChatGen.Generator.Tests;

/// <summary>A schema that extends another schema of the project: which one it is, whose a fault is, and what an edit costs.</summary>
public class ExtendsTests
{
    private const string Dialect = "http://json-schema.org/draft-07/schema#";

    [Fact]
    public void A_variant_extends_a_schema_of_the_project_by_its_id()
    {
        SchemaFile[] files = [Schema("a", "genesys-gwe-8.5", Property("queue")), Schema("b", "a", Property("floor"))];

        GeneratorRun run = GeneratorRun.Of(files, """
            #nullable enable
            using System;

            internal static class Program
            {
                internal static Acme.A.StartSessionOptions A => new() { ServerUrl = new Uri("https://chat.example.com/"), Queue = "q" };
                internal static Acme.B.StartSessionOptions B => new() { ServerUrl = new Uri("https://chat.example.com/"), Queue = "q", Floor = "f" };
            }
            """);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
        Assert.DoesNotContain("Floor", run.Source("A.StartSessionOptions"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/work/b.chat.json", "./base/a.chat.json", "/work/base/a.chat.json")]
    [InlineData("/work/b.chat.json", "base/a.chat.json", "/work/base/a.chat.json")]
    [InlineData("/work/x/b.chat.json", "../base/./a.chat.json", "/work/base/a.chat.json")]
    [InlineData(@"C:\work\x\b.chat.json", "../a.chat.json", @"C:\work\a.chat.json")]
    [InlineData("x/b.chat.json", "../a.chat.json", "a.chat.json")]
    public void A_variant_extends_a_schema_of_the_project_by_its_path(string path, string extends, string basePath)
    {
        GeneratorRun run = GeneratorRun.Of(
            [new SchemaFile(basePath, Schema("a", "genesys-gwe-8.5", Property("queue")).Content, "Acme.A"), new SchemaFile(path, Schema("b", extends, Property("floor")).Content, "Acme.B")]);

        Assert.Empty(run.Diagnostics);
        Assert.Contains(" Queue ", run.Source("B.StartSessionOptions"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/work/a.chat.json")]
    [InlineData("file:///work/a.chat.json")]
    [InlineData("../../../../work/a.chat.json")]
    [InlineData("./A.chat.json")]
    public void A_path_that_is_not_a_relative_one_of_an_item_is_unknown(string extends)
    {
        SchemaFile[] files = [Schema("a", "genesys-gwe-8.5"), Schema("b", extends)];

        Assert.Equal([$"CHAT1015 b \"{extends}\""], Places(GeneratorRun.Of(files), files));
    }

    [Fact]
    public void An_id_goes_before_a_path_and_a_built_in_schema_before_both()
    {
        SchemaFile[] files =
        [
            Schema("genesys-gwe-8.5", "genesys-gwe-8.5", Property("wrong"), "z"),
            Schema("a", "genesys-gwe-8.5", Property("byPath")),
            Schema("./a.chat.json", "genesys-gwe-8.5", Property("byId"), "y"),
            Schema("b", "./a.chat.json"),
        ];

        GeneratorRun run = GeneratorRun.Of(files);

        Assert.Empty(run.Diagnostics);
        string options = run.Source("B.StartSessionOptions");
        Assert.Contains(" ById ", options, StringComparison.Ordinal);
        Assert.DoesNotContain(" ByPath ", options, StringComparison.Ordinal);
        Assert.DoesNotContain(" Wrong ", options, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_has_any_length_and_the_nearest_schema_has_the_last_word()
    {
        SchemaFile[] files =
        [
            Schema("a", "b", """ "StartSessionOptions": { "properties": { "subject": { "maxLength": 1 }, "five": null } } """),
            Schema("b", "c", """ "StartSessionOptions": { "properties": { "subject": { "maxLength": 2 }, "two": { "type": "string" } } } """),
            Schema("c", "d", """ "StartSessionOptions": { "properties": { "subject": { "maxLength": 3 }, "three": { "type": "string" } } } """),
            Schema("d", "e", """ "StartSessionOptions": { "properties": { "subject": { "maxLength": 4 }, "four": { "type": "string" } } } """),
            Schema("e", "genesys-gwe-8.5", """ "StartSessionOptions": { "properties": { "subject": { "maxLength": 5 }, "five": { "type": "string" } } } """),
        ];

        GeneratorRun run = GeneratorRun.Of(files);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
        string options = run.Source("A.StartSessionOptions");
        Assert.Contains("Subject, 1);", options, StringComparison.Ordinal);
        Assert.Contains(" Two ", options, StringComparison.Ordinal);
        Assert.Contains(" Three ", options, StringComparison.Ordinal);
        Assert.Contains(" Four ", options, StringComparison.Ordinal);
        Assert.DoesNotContain(" Five ", options, StringComparison.Ordinal);
        Assert.Contains("Subject, 4);", run.Source("D.StartSessionOptions"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cycle_is_located_once_at_the_word_that_closes_it()
    {
        SchemaFile[] files = [Schema("a", "c"), Schema("b", "a"), Schema("c", "b"), Schema("d", "b"), Schema("0", "c")];

        GeneratorRun run = GeneratorRun.Of(files);

        Assert.Equal(["CHAT1040 b \"a\""], Places(run, files));
        Assert.Equal("Extending 'a' closes a cycle: 'a.chat.json' → 'c.chat.json' → 'b.chat.json' → 'a.chat.json'; let one of them extend another schema", run.Diagnostics[0].GetMessage(null));
        Assert.Empty(run.CompilerProblems);
        Assert.NotNull(run.Output.GetTypeByMetadataName("Acme.D.ChatClient"));
    }

    [Fact]
    public void A_schema_that_extends_itself_is_a_cycle()
    {
        SchemaFile[] files = [Schema("a", "a")];

        Assert.Equal(["CHAT1040 a \"a\""], Places(GeneratorRun.Of(files), files));
    }

    [Fact]
    public void An_id_that_two_schemas_have_cannot_be_extended()
    {
        SchemaFile[] files = [Schema("x", "genesys-gwe-8.5", "", "a"), Schema("x", "genesys-gwe-8.5", "", "b"), Schema("c", "x"), Schema("d", "./a.chat.json")];

        GeneratorRun run = GeneratorRun.Of(files);

        Assert.Equal(["CHAT1041 c \"x\""], Places(run, files));
        Assert.Equal("'x' is the '$id' of './a.chat.json' and of './b.chat.json'; give each its own, or name the file by its path", run.Diagnostics[0].GetMessage(null));
    }

    [Fact]
    public void An_unknown_base_gets_a_suggestion_out_of_the_project()
    {
        GeneratorRun run = GeneratorRun.Of([Schema("acme-common", "genesys-gwe-8.5", "", "a"), Schema("b", "acme-comon")]);

        Assert.Equal("There is no schema 'acme-comon' to extend; did you mean 'acme-common'?", Assert.Single(run.Diagnostics).GetMessage(null));
    }

    public static TheoryData<string, string, string> BrokenBases => new()
    {
        { Property("queue", "intger"), "", "CHAT1004 a \"intger\"" },
        { Property("queue", "intger"), """ "StartSessionOptions": { "properties": { "queue": { "description": "The queue." } } } """, "CHAT1004 a \"intger\"" },
        { """ "StartSessionOptions": { "maxLenght": 5 } """, """ "StartSessionOptions": { "maxLenght": 6 } """, "CHAT1012 a \"maxLenght\"" },
        {
            """ "StartSessionOptions": { "properties": { "user-name": { "type": "string" }, "user_name": { "type": "string" } } } """,
            """ "StartSessionOptions": { "properties": { "user_name": { "maxLength": 3 } } } """,
            "CHAT1013 a \"user_name\""
        },
        {
            """ "startSessionOptions": { "type": "object", "properties": { "x": { "type": "string" } } } """,
            """ "startSessionOptions": { "properties": { "y": { "type": "string" } } } """,
            "CHAT1013 a {"
        },
        { """ "Party": null """, "", "CHAT1007 a null" },
        { """ "A": { "$ref": "#/definitions/Nowhere" } """, Property("queue"), "CHAT1007 a \"#/definitions/Nowhere\"" },
        { """ "A": { "type": oops """, Property("queue"), "CHAT1001 a o" },
    };

    [Theory]
    [MemberData(nameof(BrokenBases))]
    public void A_fault_of_a_base_is_reported_once_in_the_file_of_the_base(string ofBase, string ofVariant, string place)
    {
        SchemaFile[] files = [Schema("a", "genesys-gwe-8.5", ofBase), Schema("b", "a", ofVariant), Schema("c", "b")];

        GeneratorRun run = GeneratorRun.Of(files);

        Assert.Equal([place], Places(run, files));
        Assert.NotEmpty(run.Source("C.ChatClient"));
    }

    [Fact]
    public void A_fault_of_a_variant_is_reported_there_though_its_base_has_one_of_the_same_kind()
    {
        SchemaFile[] files =
        [
            Schema("a", "genesys-gwe-8.5", Property("queue", "intger")),
            Schema("b", "a", """ "StartSessionOptions": { "properties": { "queue": { "type": "strng" }, "floor": { "type": "flor" } } } """),
        ];

        Assert.Equal(["CHAT1004 a \"intger\"", "CHAT1004 b \"strng\"", "CHAT1004 b \"flor\""], Places(GeneratorRun.Of(files), files));
    }

    [Fact]
    public void An_unknown_base_of_a_base_is_reported_once()
    {
        SchemaFile[] files = [Schema("a", "nothing"), Schema("b", "a"), Schema("c", "b")];

        GeneratorRun run = GeneratorRun.Of(files);

        Assert.Equal(["CHAT1015 a \"nothing\""], Places(run, files));
    }

    public static TheoryData<string, string, string> Combinations => new()
    {
        // What the base refers to is removed.
        { """ "Queue": { "type": "object", "properties": { "x": { "type": "string" } } }, "StartSessionOptions": { "properties": { "queue": { "$ref": "#/definitions/Queue" } } } """, """ "Queue": null """, "CHAT1007 b null" },
        // What the base requires is removed, and something else, which does no harm.
        { """ "StartSessionOptions": { "properties": { "queue": { "type": "string" } }, "required": ["queue"] } """, """ "StartSessionOptions": { "properties": { "subject": null, "queue": null } } """, "CHAT1006 b null 2" },
        // What every schema must have is removed.
        { "", """ "StartSessionOptions": null """, "CHAT1010 b null" },
        // What the built-in schema refers to is removed.
        { "", """ "Party": null """, "CHAT1007 b null" },
        // What the base says no longer fits, but nothing was removed.
        { """ "StartSessionOptions": { "properties": { "queue": { "type": "string", "default": "x" } } } """, """ "StartSessionOptions": { "properties": { "queue": { "type": "integer" } } } """, "CHAT1019 b \"a\"" },
        { "", """ "StartSessionResult": { "properties": { "sessionId": { "type": "integer" } } } """, "CHAT1016 b \"a\"" },
    };

    [Theory]
    [MemberData(nameof(Combinations))]
    public void A_fault_of_base_and_variant_together_is_reported_in_the_variant_at_the_removal_or_at_extends(string ofBase, string ofVariant, string place)
    {
        SchemaFile[] files = [Schema("a", "genesys-gwe-8.5", ofBase), Schema("b", "a", ofVariant)];

        GeneratorRun run = GeneratorRun.Of(files);

        string expected = place;
        if (place.EndsWith(" 2", StringComparison.Ordinal))
        {
            expected = place[..^2];
            Assert.Equal(files[1].Content.LastIndexOf("null", StringComparison.Ordinal), run.Diagnostics.Single().Location.SourceSpan.Start);
        }

        Assert.Equal([expected], Places(run, files));
    }

    [Fact]
    public void A_fault_with_a_built_in_base_that_no_removal_explains_is_shown_at_the_word_that_extends_it()
    {
        SchemaFile[] files = [Schema("a", "genesys-gwe-8.5", """ "StartSessionResult": { "properties": { "sessionId": { "type": "integer" } } } """)];

        Assert.Equal(["CHAT1016 a \"genesys-gwe-8.5\""], Places(GeneratorRun.Of(files), files));
    }

    [Fact]
    public void An_edit_reads_and_emits_a_schema_and_its_variants_and_nothing_else()
    {
        SchemaFile a = Schema("a", "genesys-gwe-8.5", Property("queue"));
        SchemaFile b = Schema("b", "a", Property("floor"));
        SchemaFile c = Schema("c", "genesys-gwe-8.5");
        SchemaFile[] files = [a, b, c];

        (string[] read, string[] emitted) = GeneratorRun.AfterEdit(files, a.With(a.Content.Replace("queue", "line", StringComparison.Ordinal)));
        Assert.Equal(["Acme.A", "Acme.B"], read);
        Assert.Equal(["Acme.A", "Acme.B"], emitted);

        (read, emitted) = GeneratorRun.AfterEdit(files, b.With(b.Content.Replace("floor", "storey", StringComparison.Ordinal)));
        Assert.Equal(["Acme.B"], read);
        Assert.Equal(["Acme.B"], emitted);

        (read, emitted) = GeneratorRun.AfterEdit(files, c.With(c.Content.Replace("\"c\"", "\"cc\"", StringComparison.Ordinal)));
        Assert.Equal(["Acme.C"], read);
        Assert.Equal(["Acme.C"], emitted);
    }

    [Fact]
    public void An_edit_of_whitespace_reads_a_schema_and_its_variants_and_emits_nothing()
    {
        SchemaFile a = Schema("a", "genesys-gwe-8.5", Property("queue"));
        SchemaFile[] files = [a, Schema("b", "a", Property("floor")), Schema("c", "genesys-gwe-8.5")];

        (string[] read, string[] emitted) = GeneratorRun.AfterEdit(files, a.WithMoreWhitespace(inFront: true));

        Assert.Equal(["Acme.A", "Acme.B"], read);
        Assert.Empty(emitted);
    }

    [Fact]
    public void A_change_of_the_base_that_the_variant_overrides_emits_the_base_alone()
    {
        SchemaFile a = Schema("a", "genesys-gwe-8.5", Property("queue", "string"));
        SchemaFile[] files = [a, Schema("b", "a", Property("queue", "boolean"))];

        Assert.Equal(["Acme.A"], GeneratorRun.AfterEdit(files, a.With(a.Content.Replace("\"string\"", "\"integer\"", StringComparison.Ordinal))).Emitted);
    }

    [Fact]
    public void An_abstract_base_gets_no_client_and_takes_no_namespace()
    {
        SchemaFile[] files = [Abstract("a", "genesys-gwe-8.5", Property("queue"), "Acme.B"), Schema("b", "a")];

        GeneratorRun run = GeneratorRun.Of(files);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
        Assert.All(run.Result.GeneratedTrees, tree => Assert.StartsWith("Acme.B.", Path.GetFileName(tree.FilePath), StringComparison.Ordinal));
        Assert.Contains(" Queue ", run.Source("StartSessionOptions"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_of_abstract_bases_alone_gets_no_client()
    {
        Assert.Empty(GeneratorRun.Of([Abstract("a", "genesys-gwe-8.5")]).Result.GeneratedTrees);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("")]
    public void A_schema_with_any_other_metadata_gets_a_client(string generate)
    {
        Assert.NotEmpty(GeneratorRun.Of([new SchemaFile("/work/a.chat.json", Schema("a", "genesys-gwe-8.5").Content, "Acme.A", generate)]).Result.GeneratedTrees);
    }

    [Fact]
    public void An_abstract_base_may_lack_what_its_variants_add()
    {
        string builtIn = BuiltInSchemas.Find(BuiltInSchemas.Default)!.Text;
        SchemaFile part = new("/work/a.chat.json", $$"""{ "$schema": "{{Dialect}}", "$id": "a", "definitions": { "Queue": { "type": "string", "enum": ["sales"] } } }""", "", "False");
        string whole = builtIn.Replace("\"$id\": \"genesys-gwe-8.5\"", "\"$id\": \"b\"", StringComparison.Ordinal).Replace("\"version\": 1,", "\"version\": 1, \"extends\": \"a\",", StringComparison.Ordinal);

        GeneratorRun run = GeneratorRun.Of([part, new SchemaFile("/work/b.chat.json", whole, "Acme.B")]);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
        Assert.NotNull(run.Output.GetTypeByMetadataName("Acme.B.Queue"));
    }

    [Fact]
    public void A_fault_of_an_incomplete_abstract_base_is_reported_once_there()
    {
        string builtIn = BuiltInSchemas.Find(BuiltInSchemas.Default)!.Text;
        const string Members = """ "definitions": { "Queue": { "type": "object", "properties": { "x": { "type": "intger" }, "a-b": { "type": "string" }, "a_b": { "type": "string" } } } }, "x-chat": { "errors": { "memer": "e" } } """;
        SchemaFile part = new("/work/a.chat.json", $$"""{ "$schema": "{{Dialect}}", "$id": "a", {{Members}} }""", "", "false");
        SchemaFile[] files = [part, Whole("b"), Whole("c")];

        GeneratorRun run = GeneratorRun.Of(files);

        Assert.Equal(["CHAT1004 a \"intger\"", "CHAT1013 a \"a_b\"", "CHAT1016 a \"memer\""], Places(run, files).Order(StringComparer.Ordinal));

        SchemaFile Whole(string name) => new($"/work/{name}.chat.json", builtIn
            .Replace("\"$id\": \"genesys-gwe-8.5\"", $"\"$id\": \"{name}\"", StringComparison.Ordinal)
            .Replace("\"version\": 1,", "\"version\": 1, \"extends\": \"a\",", StringComparison.Ordinal), $"Acme.{name.ToUpperInvariant()}");
    }

    [Fact]
    public void An_incomplete_schema_that_gets_a_client_is_still_refused()
    {
        SchemaFile part = new("/work/a.chat.json", $$"""{ "$schema": "{{Dialect}}", "$id": "a", "definitions": {}, "x-chat": {} }""", "", "false");
        SchemaFile[] files = [part, Schema("b", "a")];

        GeneratorRun run = GeneratorRun.Of(files);

        Assert.Equal(["CHAT1010", "CHAT1010", "CHAT1016"], run.Diagnostics.Select(diagnostic => diagnostic.Id));
        Assert.All(run.Diagnostics, diagnostic => Assert.Equal("/work/b.chat.json", diagnostic.Location.GetLineSpan().Path));
        Assert.Empty(run.CompilerProblems);
    }

    [Theory]
    [InlineData("Acme.A.ChatClient", "Acme.A.ChatClient")]
    [InlineData("Acme.A.StartSessionOptions.Deep", "Acme.A.StartSessionOptions")]
    public void A_namespace_of_the_name_of_a_generated_type_is_refused(string ns, string type)
    {
        SchemaFile[] files = [Schema("a", "genesys-gwe-8.5"), new SchemaFile("/work/b.chat.json", Schema("b", "genesys-gwe-8.5").Content, ns)];

        GeneratorRun run = GeneratorRun.Of(files);

        Assert.Equal("CHAT1043", Assert.Single(run.Diagnostics).Id);
        Assert.Equal($"The generated type '{type}' has the name of the namespace that the schema 'b.chat.json' goes into; give one of the schemas another namespace", run.Diagnostics[0].GetMessage(null));
        Assert.Empty(run.CompilerProblems);
    }

    [Fact]
    public void A_namespace_below_another_is_fine_where_no_type_has_its_name()
    {
        GeneratorRun run = GeneratorRun.Of([Schema("a", "genesys-gwe-8.5"), new SchemaFile("/work/b.chat.json", Schema("b", "a").Content, "Acme.A.Chat")]);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
    }

    [Fact]
    public void The_chain_in_the_documentation_gives_what_it_says()
    {
        string page = File.ReadAllText(Path.Combine(DescriptorTests.Root(), "docs", "schema-language.md"));
        SchemaFile[] files = [new("/work/acme.chat.json", Block("acme.chat.json"), "", "false"), new("/work/acme-shop.chat.json", Block("acme-shop.chat.json"), "Acme.Shop.Chat")];

        GeneratorRun run = GeneratorRun.Of(files, """
            #nullable enable
            using System;
            using Acme.Shop.Chat;

            internal static class Program
            {
                internal static StartSessionOptions Options => new() { ServerUrl = new Uri("https://chat.example.com/"), Queue = Queue.Returns, BasketId = "1" };
            }
            """);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
        Assert.Contains(" required Queue Queue ", run.Source("StartSessionOptions"), StringComparison.Ordinal);
        Assert.DoesNotContain("CaseNumber", run.Source("StartSessionOptions"), StringComparison.Ordinal);

        string Block(string file)
        {
            int start = page.IndexOf($"`{file}`:\n\n```json\n", StringComparison.Ordinal) + file.Length + 13;
            return page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
        }
    }

    private static string Property(string name, string type = "string") => $$""" "StartSessionOptions": { "properties": { "{{name}}": { "type": "{{type}}" } } } """;

    private static SchemaFile Schema(string id, string extends, string definitions = "", string? file = null)
    {
        string name = file ?? id;
        return new SchemaFile($"/work/{name}.chat.json", Text(id, extends, definitions), $"Acme.{(name == "0" ? "Zero" : name.ToUpperInvariant())}");
    }

    private static SchemaFile Abstract(string id, string extends, string definitions = "", string ns = "") =>
        new($"/work/{id}.chat.json", Text(id, extends, definitions), ns, "false");

    private static string Text(string id, string extends, string definitions) =>
        $$"""{ "$schema": "{{Dialect}}", "$id": "{{id}}", "x-chat": { "extends": "{{extends}}" }, "definitions": { {{definitions}} } }""";

    /// <summary>What is reported, each as its id, the file's first name and the text that it stands at.</summary>
    private static IEnumerable<string> Places(GeneratorRun run, IReadOnlyList<SchemaFile> files) => run.Diagnostics.Select(diagnostic =>
    {
        SchemaFile file = files.Single(file => file.Path == diagnostic.Location.GetLineSpan().Path);
        return $"{diagnostic.Id} {Path.GetFileName(file.Path).Split('.')[0]} {file.Content.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length)}";
    });
}
