using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatGen.Differential.Generation;

/// <summary>The schemas that apply to one instance together: a schema, what it refers to and one way through its branches. A guess, not a verdict.</summary>
internal sealed class Demands
{
    private const int MaxSchemas = 30;

    private readonly Random _random;
    private readonly GeneratedSchema _document;
    private readonly List<JsonObject> _schemas = [];

    private Demands(Random random, GeneratedSchema document)
    {
        _random = random;
        _document = document;
    }

    public static Demands Of(Random random, GeneratedSchema document, IEnumerable<JsonNode> schemas)
    {
        var demands = new Demands(random, document);
        foreach (JsonNode schema in schemas)
        {
            demands.Add(schema);
        }

        return demands;
    }

    /// <summary>The values of a keyword.</summary>
    public IEnumerable<JsonNode?> All(string keyword) => _schemas.Where(schema => schema.ContainsKey(keyword)).Select(schema => schema[keyword]);

    /// <summary>The subschemas of a keyword that holds one.</summary>
    public IEnumerable<JsonNode> Subschemas(string keyword) => All(keyword).OfType<JsonNode>().Where(node => node is JsonObject or JsonValue);

    public IEnumerable<KeyValuePair<string, JsonNode?>> Members(string keyword) => All(keyword).OfType<JsonObject>().SelectMany(map => map);

    public IEnumerable<string> Strings(string keyword) => All(keyword).OfType<JsonArray>().SelectMany(array => array.Select(item => item!.GetValue<string>()));

    public IEnumerable<string> Texts(string keyword) => All(keyword).Select(node => node!.GetValue<string>());

    /// <summary>A bound that is the strictest; <paramref name="fallback"/> without one.</summary>
    public int Count(string keyword, int fallback, Func<int, int, int> stricter) =>
        All(keyword).Select(node => (int)double.Parse(node!.ToJsonString(), CultureInfo.InvariantCulture)).DefaultIfEmpty(fallback).Aggregate(stricter);

    public IEnumerable<string> Numbers(string keyword) => All(keyword).Select(node => node!.ToJsonString());

    /// <summary>The types that all schemas allow; null if none speaks of types.</summary>
    public IReadOnlyList<string>? Types()
    {
        string[][] lists = [.. All("type").Select(node => node is JsonArray array ? [.. array.Select(item => item!.GetValue<string>())] : new[] { node!.GetValue<string>() })];
        return lists.Length == 0 ? null : [.. lists.Aggregate((left, right) => [.. left.Where(right.Contains)])];
    }

    /// <summary>A constant that some schema demands.</summary>
    public bool TryPickConstant(out JsonNode? constant)
    {
        JsonNode?[] constants = [.. All("const"), .. All("enum").Cast<JsonArray>().SelectMany(values => values)];
        constant = constants.Length == 0 ? null : _random.Pick(constants)?.DeepClone();
        return constants.Length > 0;
    }

    /// <summary>Whether some keyword beginning so speaks of the instance.</summary>
    public bool Has(params string[] keywords) => _schemas.Exists(schema => keywords.Any(schema.ContainsKey));

    private void Add(JsonNode? node)
    {
        if (node is not JsonObject schema || _schemas.Count >= MaxSchemas)
        {
            return;
        }

        _schemas.Add(schema);
        AddReference(schema["$ref"]);
        AddReference(schema["$dynamicRef"]);
        foreach (JsonNode? subschema in schema["allOf"] as JsonArray ?? [])
        {
            Add(subschema);
        }

        AddOne(schema["anyOf"]);
        AddOne(schema["oneOf"]);
        if (schema["if"] is { } condition)
        {
            bool isMet = _random.Chance(50);
            Add(isMet ? condition : null);
            Add(isMet ? schema["then"] : schema["else"]);
        }

        // Half of the time, so that members are tried with and without what depends on them.
        if (_random.Chance(50))
        {
            foreach (KeyValuePair<string, JsonNode?> dependent in (schema["dependentSchemas"] ?? schema["dependencies"]) as JsonObject ?? [])
            {
                Add(dependent.Value);
            }
        }
    }

    private void AddReference(JsonNode? reference) => Add(reference is not null && _document.Targets.TryGetValue(reference.GetValue<string>(), out JsonNode? target) ? target : null);

    private void AddOne(JsonNode? branches)
    {
        JsonNode?[] choices = [.. (branches as JsonArray ?? []).Where(branch => branch?.GetValueKind() != JsonValueKind.False)];
        Add(choices.Length == 0 ? null : _random.Pick(choices));
    }
}
