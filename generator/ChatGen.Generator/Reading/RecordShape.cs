using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;
using NJsonSchema;

namespace ChatGen.Generator.Reading;

/// <summary>The members that a schema gives to an object, its own and those of what it applies in place by <c>allOf</c> and, in 2020-12, beside <c>$ref</c>.</summary>
internal sealed class RecordShape
{
    private readonly Dictionary<string, (JsonMember Member, JsonSchema Schema)> _members = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    private RecordShape()
    {
    }

    /// <summary>The members; what stands nearer replaces what is inherited, in the inherited place.</summary>
    public IEnumerable<(JsonMember Member, JsonSchema Schema)> Members => _names.Select(name => _members[name]);

    /// <summary>The names that are required, with where they are.</summary>
    public List<(string Name, JsonNode Place)> Required { get; } = [];

    /// <summary>The words of <c>anyOf</c> of the schema itself, where its branches only require members.</summary>
    public List<(JsonNode Place, string[] Names)> Alternatives { get; } = [];

    /// <summary>What the schema itself says of members being there together, by their names in JSON.</summary>
    public List<PresenceRule> Presence { get; } = [];

    public bool AllowsOthers { get; private set; } = true;

    /// <summary>Whether all that is said of the object itself is said by the members above.</summary>
    public bool IsPlain { get; private set; } = true;

    /// <summary>Whether there are more members than one object may have, which is reported.</summary>
    public bool IsCut { get; private set; }

    public static RecordShape Of(JsonSchema schema, SchemaObjectModel schemas)
    {
        var shape = new RecordShape();
        IReadOnlyList<JsonSchema> parts = schemas.Applied.Of(schema);
        foreach (JsonSchema part in parts)
        {
            shape.Add(part, schemas, isOwn: parts.Count == 1);
        }

        return shape;
    }

    /// <summary>Whether objects of the schema have members that it names.</summary>
    public static bool IsObject(JsonSchema schema, SchemaObjectModel schemas)
    {
        IReadOnlyList<JsonSchema> parts = schemas.Applied.Of(schema);
        return parts.Any(part => part.Properties.Count > 0)
            && parts.All(part => part.Type is JsonObjectType.None || part.Type.HasFlag(JsonObjectType.Object));
    }

    private void Add(JsonSchema part, SchemaObjectModel schemas, bool isOwn)
    {
        if (schemas.NodeOf(part) is not JsonObjectNode node)
        {
            return;
        }

        foreach (JsonMember member in (node["properties"] as JsonObjectNode)?.Members ?? [])
        {
            if (member.Value is JsonBooleanNode { Value: false })
            {
                // No value may have it, so there is nothing to set.
                IsPlain = false;
                continue;
            }

            if (!part.Properties.TryGetValue(member.Name, out JsonSchemaProperty? schema))
            {
                IsCut = true;
                continue;
            }

            if (_members.ContainsKey(member.Name))
            {
                IsPlain = false;
            }
            else
            {
                _names.Add(member.Name);
            }

            _members[member.Name] = (member, schema);
        }

        Required.AddRange(part.RequiredProperties.Select(name => (name, node["required"]!)));
        AllowsOthers &= part.AllowAdditionalProperties || part.AdditionalPropertiesSchema is not null;
        if (isOwn && part.AnyOf.Count > 0 && part.AnyOf.All(branch => schemas.NodeOf(branch) is JsonObjectNode { Members: [{ Name: "required" }] }))
        {
            Alternatives.AddRange(part.AnyOf.Select(branch => (schemas.NodeOf(branch), branch.RequiredProperties.ToArray())));
        }

        IsPlain &= isOwn && Alternatives.Count == part.AnyOf.Count;
        foreach (JsonMember member in node.Members)
        {
            if (PresenceReader.Read(node, member) is { } rules)
            {
                Presence.AddRange(rules);
            }
            else
            {
                IsPlain &= member.Name is "type" or "properties" or "required" or "anyOf" || member is { Name: "additionalProperties", Value: JsonBooleanNode }
                    || KeywordTable.SaysNothingOfValues(schemas.Dialect, member.Name);
            }
        }
    }
}
