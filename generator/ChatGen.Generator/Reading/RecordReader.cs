using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;
using NJsonSchema;

namespace ChatGen.Generator.Reading;

/// <summary>Objects with members of their own to records.</summary>
/// <param name="schemas">The definitions.</param>
/// <param name="diagnostics">Takes what is wrong.</param>
/// <param name="readType">The type of a member: its schema and the name of a type that has to be made for it.</param>
internal sealed class RecordReader(SchemaObjectModel schemas, DiagnosticBag diagnostics, Func<JsonSchema, string, TypeModel> readType)
{
    private static readonly string[] s_eventMemberNames = ["Index", "Timestamp", "Restored", "EventType"];

    private readonly PropertyReader _properties = new(schemas, diagnostics);

    /// <param name="schema">The object's schema.</param>
    /// <param name="name">The record's name.</param>
    /// <param name="isInput">Whether the client sends it.</param>
    /// <param name="isEvent">Whether it is an event.</param>
    /// <param name="isCovered">Whether the rules of the record say all that the schema demands.</param>
    public RecordModel Read(JsonSchema schema, string name, bool isInput, bool isEvent, out bool isCovered)
    {
        RecordShape shape = RecordShape.Of(schema, schemas);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var properties = new Dictionary<string, PropertyModel>(StringComparer.Ordinal);
        var required = new HashSet<string>(shape.Required.Select(required => required.Name), StringComparer.Ordinal);
        var roles = new HashSet<string>(StringComparer.Ordinal);
        isCovered = shape.IsPlain;
        foreach ((JsonMember member, JsonSchema memberSchema) in shape.Members)
        {
            string? chosen = Names.Chosen((member.Value as JsonObjectNode)?["x-chat-name"], diagnostics);
            string memberName = chosen ?? MemberName(member.Name, name, isEvent);

            // Parameters and variables are named after members, without regard to underscores.
            if ((chosen is not null && IsTaken(chosen, name, isEvent)) || !names.Add(Names.ToPascal(memberName)))
            {
                diagnostics.Add(Descriptors.NameClash, member.NameNode, member.Name, memberName);
                continue;
            }

            TypeModel type = readType(memberSchema, name + memberName);
            PropertyModel property = _properties.Read(memberSchema, member, memberName, type, required.Contains(member.Name));
            if (property.IsFile && !isInput)
            {
                diagnostics.Add(Descriptors.InvalidMapping, member.NameNode, $"'{member.Name}' cannot be a file: only options have files; a command answers one by '\"result\": \"file\"'");
            }

            isCovered &= RuleCoverage.OfProperty(memberSchema, type, property, schemas);
            properties.Add(member.Name, WithOwnRole(property, member, roles));
        }

        foreach (IGrouping<JsonNode, string> list in shape.Required.GroupBy(required => required.Place, required => required.Name))
        {
            Resolve(list.Key, list, properties, shape);
        }

        EquatableArray<EquatableArray<string>> alternatives = shape.Alternatives
            .Select(alternative => Resolve(alternative.Place, alternative.Names, properties, shape))
            .ToEquatableArray();
        isCovered &= shape.Presence.All(rule => rule.Groups.All(group => group.All(name => properties.TryGetValue(name, out PropertyModel? property) && IsAbsentWhereNull(property))));
        JsonObjectNode? node = schemas.NodeOf(schema) as JsonObjectNode;
        return new RecordModel(name, schema.Description, Complete(properties, shape).ToEquatableArray(), alternatives, shape.AllowsOthers, isInput, isEvent)
        {
            Presence = isCovered
                ? shape.Presence.Select(rule => rule with { Groups = rule.Groups.Select(group => group.Select(name => properties[name].Name).ToEquatableArray()).ToEquatableArray() }).ToEquatableArray()
                : EquatableArray<PresenceRule>.Empty,
            Obsolete = _properties.ReadObsolete(node?["x-chat-deprecated"], node?["deprecated"]),
        };
    }

    /// <summary>Whether the member is not in the JSON exactly where its value is <see langword="null"/>.</summary>
    private static bool IsAbsentWhereNull(PropertyModel property) =>
        property is { IsNullable: true, AllowsNull: false, IsReadOnly: false, Default: null, IsService: false, Type: not BuiltInType { Kind: BuiltInKind.JsonNode } };

    /// <summary>The client takes each of its settings from one property.</summary>
    private PropertyModel WithOwnRole(PropertyModel property, JsonMember member, HashSet<string> roles)
    {
        string? role = property.IsFile ? null : property.IsService ? ((BuiltInType)property.Type).Kind.ToString() : property.ClientRole == ClientRole.None ? null : property.ClientRole.ToString();
        if (role is null || roles.Add(role))
        {
            return property;
        }

        diagnostics.Add(Descriptors.InvalidMapping, member.NameNode, $"'{member.Name}' is to the client what another property is already; only one can have this 'x-chat-service' or 'x-chat-client'");
        return property with { Type = property.IsService ? new BuiltInType(BuiltInKind.JsonNode) : property.Type, ClientRole = ClientRole.None };
    }

    /// <summary>Fills in what needs all properties to be known.</summary>
    private IEnumerable<PropertyModel> Complete(Dictionary<string, PropertyModel> properties, RecordShape shape)
    {
        foreach ((JsonMember member, _) in shape.Members)
        {
            if (!properties.TryGetValue(member.Name, out PropertyModel? property))
            {
                continue;
            }

            JsonNode? keyword = (member.Value as JsonObjectNode)?["x-chat-ignored-with"];
            if (keyword is JsonArrayNode array && array.Items.All(item => item is JsonStringNode))
            {
                yield return property with { IgnoredWith = Resolve(array, array.Items.Select(item => ((JsonStringNode)item).Value), properties, shape) };
                continue;
            }

            if (keyword is not null)
            {
                diagnostics.Add(Descriptors.WrongValue, keyword, "x-chat-ignored-with", "an array of names of members");
            }

            yield return property;
        }
    }

    private EquatableArray<string> Resolve(JsonNode place, IEnumerable<string> names, Dictionary<string, PropertyModel> properties, RecordShape shape)
    {
        var resolved = new List<string>();
        foreach (string name in names)
        {
            if (properties.TryGetValue(name, out PropertyModel? property))
            {
                resolved.Add(property.Name);
            }
            else if (!shape.IsCut)
            {
                diagnostics.Add(Descriptors.WrongValue, place, name, $"one of the properties; {Suggestion.For(name, properties.Keys)}");
            }
        }

        return resolved.ToEquatableArray();
    }

    private static string MemberName(string json, string recordName, bool isEvent)
    {
        string name = Names.ToPascal(json);
        return IsTaken(name, recordName, isEvent) ? name + "Value" : name;
    }

    /// <summary>Whether a record needs the name for itself.</summary>
    private static bool IsTaken(string name, string recordName, bool isEvent) =>
        name == recordName || name == "ChatSchema" || TypeNames.Members.Contains(name) || (isEvent && s_eventMemberNames.Contains(name));
}
