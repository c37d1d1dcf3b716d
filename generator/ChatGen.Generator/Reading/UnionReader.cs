using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using NJsonSchema;

namespace ChatGen.Generator.Reading;

/// <summary>Reads <c>oneOf</c> and <c>anyOf</c> of objects, which become a closed hierarchy of records that a constant tells apart.</summary>
internal sealed class UnionReader(SchemaObjectModel schemas, DiagnosticBag diagnostics)
{
    /// <summary>Whether a schema is nothing but a choice between objects.</summary>
    public static bool IsUnion(JsonSchema schema, SchemaObjectModel schemas)
    {
        JsonSchema[] branches = Branches(schema, schemas);
        return branches.Length > 1 && schema.AllOf.Count == 0 && schema.Reference is null && schema.Properties.Count == 0
            && ((JsonObjectNode)schemas.NodeOf(schema)).Members.All(member =>
                member.Name is "oneOf" or "anyOf" or "type" || KeywordTable.SaysNothingOfValues(schemas.Dialect, member.Name))
            && (schema.Type is JsonObjectType.None || schema.Type.HasFlag(JsonObjectType.Object))
            && branches.All(branch => RecordShape.IsObject(branch, schemas));
    }

    /// <summary>The alternatives without <c>null</c>, which is no object.</summary>
    public static JsonSchema[] Branches(JsonSchema schema, SchemaObjectModel schemas) => schema is { OneOf.Count: > 0, AnyOf.Count: > 0 }
        ? []
        : [.. schema.OneOf.Concat(schema.AnyOf).Where(branch => branch.Type != JsonObjectType.Null).Select(branch => Alias.Of(branch, schemas).Target)];

    /// <summary>The member whose constant tells the alternatives apart, and its values; <see langword="null"/>, after a diagnostic, if there is none.</summary>
    public (string Member, string[] Values)? ReadDiscriminator(JsonSchema schema)
    {
        Dictionary<string, string>[] constants = [.. Branches(schema, schemas).Select(Constants)];
        foreach (string name in constants[0].Keys)
        {
            string[] values = [.. constants.Where(of => of.ContainsKey(name)).Select(of => of[name]).Distinct(StringComparer.Ordinal)];
            if (values.Length == constants.Length)
            {
                return (name, values);
            }
        }

        var node = (JsonObjectNode)schemas.NodeOf(schema);
        JsonMember keyword = node.Find("oneOf") ?? node.Find("anyOf")!;
        diagnostics.Add(Descriptors.NoDiscriminator, keyword.NameNode, keyword.Name);
        return null;
    }

    /// <summary>The required members that have one string as their only value.</summary>
    private Dictionary<string, string> Constants(JsonSchema branch)
    {
        RecordShape shape = RecordShape.Of(branch, schemas);
        var required = new HashSet<string>(shape.Required.Select(required => required.Name), StringComparer.Ordinal);
        return shape.Members
            .Where(member => required.Contains(member.Member.Name))
            .Select(member => (member.Member.Name, Constant: (schemas.NodeOf(Alias.Of(member.Schema, schemas).Target) as JsonObjectNode)?["const"] as JsonStringNode))
            .Where(member => member.Constant is not null)
            .ToDictionary(member => member.Name, member => member.Constant!.Value, StringComparer.Ordinal);
    }
}
