using System.Globalization;
using ChatGen.Generator.Documents;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>
/// What every dynamic anchor means where evaluation has come by some way: the outermost resource on the way that has it (JSON Schema Core 2020-12, section 7.1).
/// A subschema is read once for each scope that it is reached in, so that no scope is left to be kept at run time. Equal scopes are the same.
/// </summary>
internal sealed class DynamicScope
{
    /// <summary>Scopes multiply like subschemas do, and each holds all of its anchors; no schema made by hand comes near this.</summary>
    public const int MaxAnchors = 1_000_000;

    private readonly Dictionary<string, JsonNode> _anchors;
    private readonly All _all;
    private readonly Dictionary<SchemaResource, (DynamicScope Scope, int Anchors)> _within = [];

    private DynamicScope(Dictionary<string, JsonNode> anchors, All all)
    {
        _anchors = anchors;
        _all = all;
    }

    public JsonNode? this[string anchor] => _anchors.TryGetValue(anchor, out JsonNode? node) ? node : null;

    /// <summary>Whether there are more than can be held, so that some are not what they should be.</summary>
    public bool IsExhausted => _all.Anchors > MaxAnchors;

    /// <summary>The scope in front of all resources, from which all others come.</summary>
    public static DynamicScope CreateEmpty() => new([], new All());

    /// <summary>The scope within a resource.</summary>
    public DynamicScope Enter(SchemaResource resource)
    {
        // A reference to where no keyword makes a subschema can still find anchors of the resource.
        int count = resource.DynamicAnchors.Count;
        if (!_within.TryGetValue(resource, out (DynamicScope Scope, int Anchors) known) || known.Anchors != count)
        {
            known = (IsExhausted || resource.DynamicAnchors.Keys.All(_anchors.ContainsKey) ? this : Extend(resource), count);
            _within[resource] = known;
        }

        return known.Scope;
    }

    private DynamicScope Extend(SchemaResource resource)
    {
        var anchors = new Dictionary<string, JsonNode>(_anchors, StringComparer.Ordinal);
        foreach (KeyValuePair<string, JsonNode> anchor in resource.DynamicAnchors.Where(anchor => !_anchors.ContainsKey(anchor.Key)))
        {
            anchors.Add(anchor.Key, anchor.Value);
        }

        _all.Anchors += anchors.Count;
        string key = string.Join("\n", anchors.OrderBy(anchor => anchor.Key, StringComparer.Ordinal)
            .Select(anchor => _all.NumberOf(anchor.Value).ToString(CultureInfo.InvariantCulture) + " " + anchor.Key));
        if (!_all.ByKey.TryGetValue(key, out DynamicScope? scope))
        {
            scope = new DynamicScope(anchors, _all);
            _all.ByKey.Add(key, scope);
        }

        return scope;
    }

    /// <summary>The scopes that come of one.</summary>
    private sealed class All
    {
        private readonly Dictionary<JsonNode, int> _numbers = [];

        public Dictionary<string, DynamicScope> ByKey { get; } = new(StringComparer.Ordinal);

        public int Anchors { get; set; }

        public int NumberOf(JsonNode node)
        {
            if (!_numbers.TryGetValue(node, out int number))
            {
                number = _numbers.Count;
                _numbers.Add(node, number);
            }

            return number;
        }
    }
}
