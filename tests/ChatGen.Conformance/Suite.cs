using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Tests.Shared;

namespace ChatGen.Conformance;

/// <summary>The JSON Schema Test Suite on disk. It is no part of the repository.</summary>
internal static class Suite
{
    private const string Variable = "JSON_SCHEMA_TEST_SUITE";
    private const string RemoteBase = "http://localhost:1234/";

    private static readonly Lazy<IReadOnlyDictionary<string, JsonNode>> s_documents = new(ReadDocuments);

    public static string Location { get; } = Environment.GetEnvironmentVariable(Variable) ?? Path.GetFullPath(Path.Combine(Repository(), "..", "shared", "json-schema-test-suite"));

    public static bool IsThere => Directory.Exists(Path.Combine(Location, "tests"));

    public static string WhyMissing => $"The JSON Schema Test Suite is not at '{Location}'; clone it and name its directory by the environment variable {Variable}.";

    /// <summary>The documents that the suite refers to, by URI: its own, and the official meta-schemas, which it does not hold and the packages of <see cref="NpmPackages.SchemaTools"/> do.</summary>
    public static IReadOnlyDictionary<string, JsonNode> Documents => s_documents.Value;

    private static IEnumerable<string> MetaSchemas
    {
        get
        {
            string folder = Path.Combine(NpmPackages.SchemaTools.Folder, "node_modules", "ajv", "dist", "refs");
            return [Path.Combine(folder, "json-schema-draft-07.json"), .. Directory.EnumerateFiles(Path.Combine(folder, "json-schema-2020-12"), "*.json", SearchOption.AllDirectories)];
        }
    }

    public static IReadOnlyList<SuiteCase> Cases(string draft)
    {
        string root = Path.Combine(Location, "tests", draft);
        return
        [
            .. Read(root, root, SuiteSet.Required),
            .. Read(root, Path.Combine(root, "optional"), SuiteSet.Optional),
            .. Read(root, Path.Combine(root, "optional", "format"), SuiteSet.Format),
        ];
    }

    public static JsonNode Parse(string path, string text, out SchemaText source)
    {
        source = new SchemaText(path, text, isBuiltIn: false);
        var diagnostics = new DiagnosticBag(source);
        JsonNode root = JsonParser.Parse(source, diagnostics, out bool isWhole);
        return isWhole && !diagnostics.HasErrors ? root : throw new InvalidOperationException($"'{path}' is not JSON.");
    }

    private static IEnumerable<SuiteCase> Read(string root, string folder, SuiteSet set)
    {
        foreach (string file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var groups = (JsonArrayNode)Parse(file, File.ReadAllText(file), out SchemaText source);
            foreach (JsonObjectNode group in groups.Items.Cast<JsonObjectNode>())
            {
                var tests = (JsonArrayNode)group["tests"]!;
                yield return new SuiteCase(
                    set,
                    Path.GetRelativePath(root, file).Replace('\\', '/'),
                    Text(group["description"]),
                    source,
                    group["schema"]!,
                    [.. tests.Items.Cast<JsonObjectNode>().Select(test => new SuiteTest(Text(test["description"]), Json(test["data"]!), ((JsonBooleanNode)test["valid"]!).Value))]);
            }
        }
    }

    private static Dictionary<string, JsonNode> ReadDocuments()
    {
        string root = Path.Combine(Location, "remotes");
        var documents = Directory.EnumerateFiles(root, "*.json", SearchOption.AllDirectories).ToDictionary(
            file => RemoteBase + Path.GetRelativePath(root, file).Replace('\\', '/'),
            file => Parse(file, File.ReadAllText(file), out _),
            StringComparer.Ordinal);
        foreach (string file in MetaSchemas)
        {
            var metaSchema = (JsonObjectNode)Parse(file, File.ReadAllText(file), out _);
            documents.Add(Text(metaSchema["$id"]).TrimEnd('#'), metaSchema);
        }

        return documents;
    }

    private static string Text(JsonNode? node) => ((JsonStringNode)node!).Value;

    private static string Json(JsonNode node) => node.Source.Text.Substring(node.Span.Start, node.Span.Length);

    private static string Repository()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "ChatGen.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("The tests must run within the repository.");
    }
}
