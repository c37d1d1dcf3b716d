using System.Text.Json.Nodes;
using ChatGen.Differential.Generation;

namespace ChatGen.Differential.Records;

/// <content>What holds other values.</content>
internal sealed partial class MemberGenerator
{
    private int _definitions;

    /// <summary>Rules of an object as a whole, over members that have these names.</summary>
    public void AddObjectRules(JsonObject schema, IReadOnlyList<string> names, bool hasAnyOf)
    {
        if (names.Count < 2)
        {
            return;
        }

        string First() => names[0];
        string Second() => names[1];
        JsonObject Requires(string name) => new() { ["required"] = new JsonArray(name) };
        switch (random.Next(12))
        {
            case 0:
                schema["oneOf"] = new JsonArray(Requires(First()), Requires(Second()));
                break;
            case 1 when !hasAnyOf:
                schema["anyOf"] = new JsonArray(Requires(First()), Requires(Second()));
                break;
            case 2:
                schema["if"] = Requires(First());
                schema["then"] = Requires(Second());
                break;
            case 3:
                schema[Is2020 ? "dependentRequired" : "dependencies"] = new JsonObject { [First()] = new JsonArray(Second()) };
                break;
            case 4:
                schema[Is2020 ? "dependentSchemas" : "dependencies"] = new JsonObject { [First()] = new JsonObject { ["properties"] = new JsonObject { [Second()] = new JsonObject { ["not"] = new JsonObject { ["type"] = "string" } } } } };
                break;
            case 5:
                schema["not"] = new JsonObject { ["required"] = new JsonArray(First(), Second()) };
                break;
            case 6:
                schema["maxProperties"] = names.Count;
                break;
            case 7:
                schema["minProperties"] = 2;
                break;
            case 8:
                schema["patternProperties"] = new JsonObject { ["^x-"] = new JsonObject { ["type"] = "string" } };
                break;
            case 9:
                schema["propertyNames"] = new JsonObject { ["not"] = new JsonObject { ["const"] = "foo" } };
                break;
            case 10:
                schema["allOf"] = new JsonArray(new JsonObject { ["properties"] = new JsonObject { [First()] = new JsonObject { ["not"] = new JsonObject { ["enum"] = new JsonArray("a", 1, null) } } } });
                break;
            default:
                break;
        }

        if (random.Chance(20))
        {
            schema[Is2020 && random.Chance(50) ? "unevaluatedProperties" : "additionalProperties"] = random.Chance(80) ? false : new JsonObject { ["type"] = "integer" };
        }
    }

    private RandomMember Array(int depth)
    {
        RandomMember item = Create(depth + 1);
        var schema = new JsonObject { ["type"] = "array" };
        if (random.Chance(90))
        {
            schema["items"] = item.Schema;
        }

        if (random.Chance(30))
        {
            schema["minItems"] = random.Count(0, 2);
        }

        if (random.Chance(30))
        {
            schema["maxItems"] = random.Count(2, 4);
        }

        if (random.Chance(20))
        {
            schema["uniqueItems"] = true;
        }

        if (random.Chance(10))
        {
            schema["contains"] = new JsonObject { ["not"] = new JsonObject { ["enum"] = new JsonArray(item.Value(random)) } };
        }

        return new RandomMember(schema, draw => new JsonArray([.. Enumerable.Range(0, draw.Next(4)).Select(_ => item.Value(draw))]));
    }

    private RandomMember Tuple(int depth)
    {
        RandomMember first = Create(depth + 1);
        RandomMember second = Create(depth + 1);
        var schema = new JsonObject { ["type"] = "array", [Is2020 ? "prefixItems" : "items"] = new JsonArray(first.Schema, second.Schema) };
        if (random.Chance(50))
        {
            schema[Is2020 ? "items" : "additionalItems"] = false;
        }

        return new RandomMember(schema, draw => new JsonArray([.. ((JsonNode?[])[first.Value(draw), second.Value(draw), draw.Value(1)]).Take(draw.Next(4))]));
    }

    private RandomMember Dictionary(int depth)
    {
        RandomMember value = Create(depth + 1);
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = value.Schema };
        switch (random.Next(6))
        {
            case 0:
                schema["maxProperties"] = 1;
                break;
            case 1:
                schema["minProperties"] = 1;
                break;
            case 2:
                schema["propertyNames"] = new JsonObject { ["pattern"] = "^[a-z]*$" };
                break;
            case 3:
                schema["required"] = new JsonArray("a");
                break;
            default:
                break;
        }

        return new RandomMember(schema, draw => Object(draw, StringPool.Names, value));
    }

    private static JsonObject Object(Random draw, IReadOnlyList<string> names, RandomMember value)
    {
        var members = new JsonObject();
        for (int i = draw.Next(3); i > 0; i--)
        {
            members[draw.Pick(names)] = value.Value(draw);
        }

        return members;
    }

    private RandomMember Record(int depth, (string Name, string Value)? constant = null)
    {
        string[] names = [.. Names(random.Next(1, 4)).Where(name => name != constant?.Name)];
        Dictionary<string, RandomMember> members = names.ToDictionary(name => name, _ => Create(depth + 1));
        var properties = new JsonObject();
        var required = new JsonArray();
        if (constant is { } tag)
        {
            properties[tag.Name] = new JsonObject { ["const"] = tag.Value };
            required.Add(tag.Name);
        }

        foreach (string name in names)
        {
            properties[name] = members[name].Schema;
            if (random.Chance(35))
            {
                required.Add(name);
            }
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0)
        {
            schema["required"] = required;
        }

        if (random.Chance(50))
        {
            AddObjectRules(schema, names, hasAnyOf: false);
        }

        return new RandomMember(schema, draw =>
        {
            var value = new JsonObject();
            if (constant is { } kind && draw.Chance(97))
            {
                value[kind.Name] = kind.Value;
            }

            foreach (string name in names.Where(_ => draw.Chance(75)))
            {
                value[name] = members[name].Value(draw);
            }

            return value;
        });
    }

    private RandomMember Union(int depth)
    {
        RandomMember[] branches = [.. ((string[])["email", "phone", "fax"]).Take(random.Next(2, 4)).Select(kind => Record(depth + 1, ("kind", kind)))];
        var schema = new JsonObject { [random.Chance(70) ? "oneOf" : "anyOf"] = new JsonArray([.. branches.Select(branch => (JsonNode)branch.Schema)]) };
        return new RandomMember(schema, draw => draw.Pick(branches).Value(draw));
    }

    private RandomMember Applied(int depth)
    {
        RandomMember inner = Create(depth + 1);
        var schema = new JsonObject { ["allOf"] = new JsonArray(inner.Schema, new JsonObject { ["not"] = new JsonObject { ["enum"] = new JsonArray("foo", 5, false) } }) };
        return new RandomMember(schema, inner.Value);
    }

    private RandomMember Nullable(RandomMember member)
    {
        JsonObject schema = member.Schema;
        if (schema["type"] is JsonValue type && schema["enum"] is null && random.Chance(60))
        {
            schema["type"] = new JsonArray(type.DeepClone(), "null");
        }
        else
        {
            schema = new JsonObject { [random.Chance(50) ? "oneOf" : "anyOf"] = new JsonArray(Referred(member).Schema, new JsonObject { ["type"] = "null" }) };
        }

        return new RandomMember(schema, draw => draw.Chance(20) ? null : member.Value(draw));
    }

    private RandomMember Referred(RandomMember member)
    {
        string name = FormattableString.Invariant($"Definition{_definitions++}");
        definitions[name] = member.Schema;
        var schema = new JsonObject { ["$ref"] = "#/definitions/" + name };
        if (Is2020 && random.Chance(30))
        {
            schema["not"] = new JsonObject { ["enum"] = new JsonArray("foo", 5, false) };
        }

        return new RandomMember(schema, member.Value);
    }
}
