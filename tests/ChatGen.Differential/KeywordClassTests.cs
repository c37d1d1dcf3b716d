using System.Text.Json;
using System.Text.RegularExpressions;
using ChatGen.Generator.JsonSchemas;
using ChatGen.Generator.Reading;
using ChatGen.Tests.Shared;
using Xunit;

namespace ChatGen.Differential;

/// <summary>No keyword of a draft is forgotten: its official meta-schema, which ajv brings, names them all.</summary>
public partial class KeywordClassTests
{
    private const string Heading = "### Keywords of both drafts";

    [Theory]
    [InlineData("draft-07")]
    [InlineData("2020-12")]
    public async Task Every_keyword_of_the_meta_schema_has_a_class(string draft)
    {
        await NpmPackages.SchemaTools.RequireAsync();
        string[] keywords = [.. MetaSchemas(draft).SelectMany(KeywordsOf).Distinct()];

        // A meta-schema that was not found or not read would have none.
        Assert.Superset(new HashSet<string> { "$ref", "type", "if", "items", "contentEncoding" }, keywords.ToHashSet());
        Assert.DoesNotContain(keywords, keyword => KeywordTable.Find(Dialect(draft), keyword) is null or KeywordClass.OtherDraft);
    }

    [Theory]
    [InlineData("draft-07")]
    [InlineData("2020-12")]
    public void The_documentation_names_every_keyword_with_its_class(string draft)
    {
        IEnumerable<string> documented = Documented(draft);

        // Our own keywords have tables of their own, which say what they are for.
        IEnumerable<string> known = KeywordTable.All(Dialect(draft)).Where(pair => !IsOurs(pair.Key)).Select(pair => $"{pair.Key}: {Word(pair.Value)}");
        Assert.Equal(known.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    private static JsonSchemaDialect Dialect(string draft) => draft == "draft-07" ? JsonSchemaDialect.Draft7 : JsonSchemaDialect.Draft202012;

    private static string Word(KeywordClass keywordClass) => keywordClass switch
    {
        KeywordClass.Implemented => "implemented",
        KeywordClass.Annotation => "annotation",
        KeywordClass.Refused => "refused",
        _ => "another draft's",
    };

    private static bool IsOurs(string keyword) => keyword.StartsWith("x-chat", StringComparison.Ordinal);

    private static string[] MetaSchemas(string draft)
    {
        string folder = Path.Combine(NpmPackages.SchemaTools.Folder, "node_modules", "ajv", "dist", "refs");
        string modern = Path.Combine(folder, "json-schema-2020-12");
        return draft == "draft-07" ? [Path.Combine(folder, "json-schema-draft-07.json")] : [Path.Combine(modern, "schema.json"), .. Directory.GetFiles(Path.Combine(modern, "meta"), "*.json")];
    }

    private static IEnumerable<string> KeywordsOf(string file)
    {
        using JsonDocument metaSchema = JsonDocument.Parse(File.ReadAllBytes(file));
        return [.. metaSchema.RootElement.GetProperty("properties").EnumerateObject().Select(property => property.Name)];
    }

    /// <summary>Rows of the form <c>| `keyword` | draft-07 | 2020-12 |</c>; <c>-</c> where a draft does not have the keyword.</summary>
    private static IEnumerable<string> Documented(string draft)
    {
        string[] lines = File.ReadAllLines(Path.Combine(NpmPackages.SchemaTools.Folder, "..", "..", "docs", "schema-language.md"));
        string[][] rows =
        [
            .. lines.SkipWhile(line => line != Heading).Skip(1).TakeWhile(line => !line.StartsWith('#'))
                .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
                .Select(line => line.Split('|', StringSplitOptions.TrimEntries)),
        ];
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal(5, row.Length));
        return rows.SelectMany(row => Name().Matches(row[1]).Select(name => (Keyword: name.Groups[1].Value, Class: row[draft == "draft-07" ? 2 : 3])))
            .Where(entry => entry.Class != "-" && !IsOurs(entry.Keyword)).Select(entry => $"{entry.Keyword}: {entry.Class}");
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}
