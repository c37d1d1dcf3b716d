using System.Text.Json.Nodes;

namespace ChatGen.Differential.Generation;

/// <summary>Keywords of arrays and objects.</summary>
internal sealed class StructureKeywords(Random random, SchemaFeatures features, Func<Place, SchemaKind?, JsonNode> subschema)
{
    private string Tuple => features.IsDraft7 ? "items" : "prefixItems";

    public void AddArray(JsonObject schema, Place place)
    {
        if (place.Depth > 0)
        {
            AddItems(schema, place.Below);

            // Not beside a tuple: of an empty array, ajv checks nothing that comes after the tuple.
            if (features.HasContains && schema[Tuple] is not JsonArray && random.Chance(30))
            {
                AddContains(schema, place.Below);
            }
        }

        if (random.Chance(20))
        {
            schema["minItems"] = random.Count(0, 2);
        }

        if (random.Chance(25))
        {
            schema["maxItems"] = random.Count(0, 4);
        }

        if (random.Chance(25))
        {
            schema["uniqueItems"] = random.Chance(85);
        }
    }

    public void AddObject(JsonObject schema, Place place)
    {
        string[] names = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Pick(StringPool.Names)).Distinct()];
        if (place.Depth > 0)
        {
            AddMembers(schema, place.Below, names);
            AddDependencies(schema, features.HasUnevaluated ? place.InPlace.WithoutReferences : place.InPlace, names);
        }

        if (random.Chance(40))
        {
            schema["required"] = new JsonArray([.. names.Where(name => name.Length > 0 && random.Chance(70)).Select(name => JsonValue.Create(name))]);
        }

        if (random.Chance(12))
        {
            schema["minProperties"] = random.Count(0, 2);
        }

        if (random.Chance(12))
        {
            schema["maxProperties"] = random.Count(0, 4);
        }
    }

    public void AddUnevaluated(JsonObject schema, Place below, SchemaKind kind)
    {
        string keyword = kind == SchemaKind.Array ? "unevaluatedItems" : "unevaluatedProperties";
        schema[keyword] = below.Depth < 0 || random.Chance(60) ? JsonValue.Create(false) : subschema(below, null);
    }

    private void AddItems(JsonObject schema, Place below)
    {
        string rest = features.IsDraft7 ? "additionalItems" : "items";
        if (!schema.ContainsKey("contains") && random.Chance(35))
        {
            schema[Tuple] = new JsonArray([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => subschema(below, null))]);
            if (random.Chance(50))
            {
                schema[rest] = random.Chance(30) ? JsonValue.Create(false) : subschema(below, null);
            }
        }
        else if (random.Chance(70))
        {
            schema["items"] = subschema(below, null);
        }
    }

    private void AddContains(JsonObject schema, Place below)
    {
        schema["contains"] = subschema(below with { Depth = 0 }, null);
        if (!features.IsDraft7 && random.Chance(40))
        {
            schema["minContains"] = random.Count(0, 2);
        }

        if (!features.IsDraft7 && random.Chance(40))
        {
            schema["maxContains"] = random.Count(1, 3);
        }
    }

    private void AddMembers(JsonObject schema, Place below, string[] names)
    {
        if (random.Chance(75))
        {
            schema["properties"] = new JsonObject(names.Select(name => KeyValuePair.Create(name, (JsonNode?)subschema(below, null))));
        }

        if (random.Chance(20))
        {
            string[] patterns = [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => random.Chance(40) ? "^x-" : random.Pick(PatternPool.All).Pattern).Distinct()];
            schema["patternProperties"] = new JsonObject(patterns.Select(pattern => KeyValuePair.Create(pattern, (JsonNode?)subschema(below, null))));
        }

        if (random.Chance(30))
        {
            schema["additionalProperties"] = random.Chance(40) ? JsonValue.Create(false) : subschema(below, null);
        }

        if (random.Chance(10))
        {
            schema["propertyNames"] = subschema(below with { Depth = 0 }, random.Chance(85) ? SchemaKind.String : null);
        }
    }

    private void AddDependencies(JsonObject schema, Place place, string[] names)
    {
        // 2020-12 keeps the keyword of draft-07 for compatibility, and so do both judges.
        if (random.Chance(features.IsDraft7 ? 15 : 3))
        {
            schema["dependencies"] = Map(() => random.Chance(50) ? RequiredNames() : subschema(place, SchemaKind.Object));
        }

        if (!features.IsDraft7 && random.Chance(10))
        {
            schema["dependentRequired"] = Map(RequiredNames);
        }

        if (!features.IsDraft7 && random.Chance(10))
        {
            schema["dependentSchemas"] = Map(() => subschema(place, SchemaKind.Object));
        }

        JsonObject Map(Func<JsonNode> value) => new(names.Where(_ => random.Chance(70)).Select(name => KeyValuePair.Create(name, (JsonNode?)value())));

        JsonArray RequiredNames() => [.. Enumerable.Range(0, random.Next(0, 3)).Select(_ => random.Pick(StringPool.Names)).Where(name => name.Length > 0).Distinct().Select(name => JsonValue.Create(name))];
    }
}
