using System.Text.Json.Nodes;
using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.JsonSchemas;
using JsonNode = ChatGen.Generator.Documents.JsonNode;

namespace ChatGen.Differential.Records;

/// <summary>What the specification says of an instance: the evaluation of the plain schema, which shares nothing with emitted code but the model that is read.</summary>
internal sealed class RecordJudge
{
    private readonly JsonSchemaModel _model;

    public RecordJudge(RecordSchema schema)
    {
        var text = new SchemaText("plain.json", schema.Plain(BuiltIn), isBuiltIn: false);
        var diagnostics = new DiagnosticBag(text);
        JsonNode root = JsonParser.Parse(text, diagnostics, out _);
        var options = new JsonSchemaOptions(schema.Dialect, new Dictionary<string, JsonNode>()) { AssertsFormat = true, AssertsLaterFormats = true, AnnotatesUnknownFormats = true };
        _model = JsonSchemaReader.Read(root, options, diagnostics)
            ?? throw new InvalidOperationException(string.Join('\n', diagnostics.Diagnostics.Select(diagnostic => diagnostic.Descriptor.Id)) + "\n" + text.Text);
    }

    private static JsonObject BuiltIn { get; } = (JsonObject)System.Text.Json.Nodes.JsonNode.Parse(BuiltInSchemas.Find("genesys-gwe-8.5")!.Text)!;

    /// <summary>The failures; <see langword="null"/> if there is no verdict.</summary>
    public IReadOnlyList<ChatValidationFailure>? Judge(string instance)
    {
        var text = new SchemaText("instance.json", instance, isBuiltIn: false);
        JsonNode root = JsonParser.Parse(text, new DiagnosticBag(text), out _);
        SchemaEvaluation evaluation = JsonSchemaEvaluator.Evaluate(_model, _model.Roots[0], root);
        var paths = new Dictionary<JsonNode, string>(ReferenceEqualityComparer.Instance);
        Locate(root, "$", paths);
        return evaluation.IsDecided
            ? [.. evaluation.Violations.Select(violation => new ChatValidationFailure(paths[violation.Place], violation.Keyword, violation.Message)).Distinct()]
            : null;
    }

    /// <summary>The paths of all places, names and values.</summary>
    public static IReadOnlySet<string> Paths(string instance)
    {
        var text = new SchemaText("instance.json", instance, isBuiltIn: false);
        var paths = new Dictionary<JsonNode, string>(ReferenceEqualityComparer.Instance);
        Locate(JsonParser.Parse(text, new DiagnosticBag(text), out _), "$", paths);
        return paths.Values.ToHashSet(StringComparer.Ordinal);
    }

    private static void Locate(JsonNode node, string path, Dictionary<JsonNode, string> paths)
    {
        paths[node] = path;
        if (node is JsonObjectNode members)
        {
            foreach (JsonMember member in members.Members)
            {
                paths[member.NameNode] = $"{path}.{member.Name}";
                Locate(member.Value, $"{path}.{member.Name}", paths);
            }
        }
        else if (node is JsonArrayNode array)
        {
            for (int i = 0; i < array.Items.Count; i++)
            {
                Locate(array.Items[i], FormattableString.Invariant($"{path}[{i}]"), paths);
            }
        }
    }
}
