using System.Globalization;
using ChatGen.Generator.Documents;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>
/// What every dynamic anchor means where evaluation has come by some way: the outermost resource on the way that has it (JSON Schema Core 2020-12, section 7.1).
/// A subschema is read once for each scope that it is reached in, so that no scope is left to be kept at run time.
/// </summary>
internal sealed class DynamicScope
{
    private readonly Dictionary<string, JsonNode> _anchors;

    private DynamicScope(Dictionary<string, JsonNode> anchors) => _anchors = anchors;

    public static DynamicScope Empty { get; } = new([]);

    public JsonNode? this[string anchor] => _anchors.TryGetValue(anchor, out JsonNode? node) ? node : null;

    /// <summary>The scope within a resource.</summary>
    public DynamicScope Enter(SchemaResource resource)
    {
        if (resource.DynamicAnchors.Keys.All(_anchors.ContainsKey))
        {
            return this;
        }

        var anchors = new Dictionary<string, JsonNode>(_anchors, StringComparer.Ordinal);
        foreach (KeyValuePair<string, JsonNode> anchor in resource.DynamicAnchors.Where(anchor => !_anchors.ContainsKey(anchor.Key)))
        {
            anchors.Add(anchor.Key, anchor.Value);
        }

        return new DynamicScope(anchors);
    }

    /// <summary>Equal for equal scopes; <paramref name="numberOf"/> numbers nodes.</summary>
    public string Key(Func<JsonNode, int> numberOf) =>
        string.Join("\n", _anchors.OrderBy(anchor => anchor.Key, StringComparer.Ordinal)
            .Select(anchor => numberOf(anchor.Value).ToString(CultureInfo.InvariantCulture) + " " + anchor.Key));
}
