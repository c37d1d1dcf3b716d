using ChatGen.Generator.Documents;
using ChatGen.Generator.JsonSchemas;
using NJsonSchema;

namespace ChatGen.Generator.Reading;

/// <summary>Schemas that only stand for another.</summary>
/// <param name="Target">What it stands for.</param>
/// <param name="AllowsNull">Whether <c>null</c> is allowed beside it, as <c>oneOf</c> and <c>anyOf</c> with <c>{ "type": "null" }</c> say it.</param>
internal sealed record Alias(JsonSchema Target, bool AllowsNull)
{
    /// <summary>What a schema stands for in the end: itself, if it says something of its own.</summary>
    public static Alias Of(JsonSchema schema, SchemaObjectModel schemas)
    {
        var way = new List<(JsonSchema Schema, bool AllowsNull)>();
        var seen = new HashSet<JsonSchema>();
        Alias? end = null;
        while (end is null)
        {
            bool allowsNull = false;
            if (schemas.Aliases.TryGetValue(schema, out Alias? known))
            {
                end = known;
            }
            else if (seen.Add(schema) && Next(schema, schemas, ref allowsNull) is { } next)
            {
                way.Add((schema, allowsNull));
                schema = next;
            }
            else
            {
                end = new Alias(schema, false);
                schemas.Aliases[schema] = end;
            }
        }

        for (int i = way.Count - 1; i >= 0; i--)
        {
            end = end with { AllowsNull = end.AllowsNull || way[i].AllowsNull };
            schemas.Aliases[way[i].Schema] = end;
        }

        return end;
    }

    /// <summary>Whether a schema says nothing but where it leads.</summary>
    public static bool IsReference(JsonSchema schema, SchemaObjectModel schemas) =>
        schema.Reference is not null && schemas.NodeOf(schema) is JsonObjectNode node
        && (SchemaKeywords.HidesSiblings(node, schemas.Dialect) || SaysOnly(node, schemas, "$ref", "$dynamicRef"));

    private static JsonSchema? Next(JsonSchema schema, SchemaObjectModel schemas, ref bool allowsNull)
    {
        if (IsReference(schema, schemas))
        {
            return schema.Reference;
        }

        if (schemas.NodeOf(schema) is not JsonObjectNode node || schema.Reference is not null)
        {
            return null;
        }

        if (schema.AllOf.Count == 1 && SaysOnly(node, schemas, "allOf"))
        {
            return schema.AllOf.First();
        }

        JsonSchema[] branches = [.. schema.OneOf.Concat(schema.AnyOf)];
        if (branches.Length != 2 || !SaysOnly(node, schemas, schema.OneOf.Count > 0 ? "oneOf" : "anyOf"))
        {
            return null;
        }

        JsonSchema[] others = [.. branches.Where(branch => !IsNull(branch, schemas))];
        if (others.Length != 1)
        {
            return null;
        }

        allowsNull = true;
        return others[0];
    }

    private static bool IsNull(JsonSchema schema, SchemaObjectModel schemas) =>
        schemas.NodeOf(schema) is JsonObjectNode node && node["type"] is JsonStringNode { Value: "null" } && SaysOnly(node, schemas, "type");

    private static bool SaysOnly(JsonObjectNode node, SchemaObjectModel schemas, params string[] keywords) =>
        node.Members.All(member => keywords.Contains(member.Name) || KeywordTable.SaysNothingOfValues(schemas.Dialect, member.Name));
}
