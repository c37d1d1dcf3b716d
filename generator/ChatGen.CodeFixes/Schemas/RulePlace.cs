using ChatGen.Generator.Documents;

namespace ChatGen.CodeFixes.Schemas;

/// <summary>Where a merged schema states a rule of a value.</summary>
/// <param name="Path">The names that lead to the keyword; null if an array is on the way, so that no patch leads there.</param>
/// <param name="Rule">The keyword's value.</param>
internal sealed record RulePlace(IReadOnlyList<string>? Path, JsonNode Rule)
{
    private const int MaxDepth = 64;

    private static readonly string[] s_sections = ["definitions", "$defs"];

    /// <summary>Every place that a keyword stands at for a value, over references and <c>allOf</c>.</summary>
    /// <param name="root">The schema, merged.</param>
    /// <param name="definition">The definition of the record.</param>
    /// <param name="pointer">The place of the value in the record, as a JSON pointer.</param>
    /// <param name="keyword">The keyword.</param>
    public static IEnumerable<RulePlace> Find(JsonObjectNode root, string definition, string pointer, string keyword)
    {
        string[] names = Names(pointer);
        return s_sections
            .Where(section => (root[section] as JsonObjectNode)?[definition] is not null)
            .Take(1)
            .SelectMany(section => Walk(root, ((JsonObjectNode)root[section]!)[definition]!, [section, definition], names, keyword, 0));
    }

    private static List<RulePlace> Walk(JsonObjectNode root, JsonNode node, IReadOnlyList<string>? path, string[] names, string keyword, int depth)
    {
        if (node is not JsonObjectNode schema || depth > MaxDepth)
        {
            return [];
        }

        var found = new List<RulePlace>();
        bool hasReference = schema["$ref"] is JsonStringNode;
        if (schema["$ref"] is JsonStringNode { Value: ['#', ..] reference } && Follow(root, Uri.UnescapeDataString(reference.Substring(1)), out IReadOnlyList<string>? targetPath) is { } target)
        {
            found.AddRange(Walk(root, target, targetPath, names, keyword, depth + 1));
        }

        if (hasReference && (root["$schema"] as JsonStringNode)?.Value.Contains("2020-12") != true)
        {
            // In draft-07 nothing beside it counts.
            return found;
        }

        foreach (JsonNode part in (schema["allOf"] as JsonArrayNode)?.Items ?? [])
        {
            found.AddRange(Walk(root, part, null, names, keyword, depth + 1));
        }

        if (names.Length == 0)
        {
            if (schema[keyword] is { } rule)
            {
                found.Add(new RulePlace(To(path, keyword), rule));
            }

            return found;
        }

        (JsonNode? inner, string[] steps) = (schema["properties"] as JsonObjectNode)?[names[0]] is { } property ? (property, ["properties", names[0]])
            : schema["items"] is JsonObjectNode items ? (items, ["items"])
            : schema["additionalProperties"] is JsonObjectNode additional ? (additional, ["additionalProperties"])
            : ((JsonNode?)null, Array.Empty<string>());
        if (inner is not null)
        {
            found.AddRange(Walk(root, inner, To(path, steps), [.. names.Skip(1)], keyword, depth + 1));
        }

        return found;
    }

    private static IReadOnlyList<string>? To(IReadOnlyList<string>? path, params string[] names) => path is null ? null : [.. path, .. names];

    private static JsonNode? Follow(JsonNode root, string pointer, out IReadOnlyList<string>? path)
    {
        string[] names = Names(pointer);
        path = names;
        JsonNode? node = pointer.Length == 0 || pointer[0] == '/' ? root : null;
        foreach (string name in names)
        {
            if (node is JsonArrayNode array)
            {
                path = null;
                node = int.TryParse(name, out int index) && index >= 0 && index < array.Items.Count ? array.Items[index] : null;
            }
            else
            {
                node = (node as JsonObjectNode)?[name];
            }
        }

        return node;
    }

    private static string[] Names(string pointer) => pointer.Length == 0 ? [] : [.. pointer.Substring(1).Split('/').Select(name => name.Replace("~1", "/").Replace("~0", "~"))];
}
