using System.Text.Json.Nodes;
using ChatGen.Differential.Generation;
using ChatGen.Differential.Records;
using ChatGen.Generator.JsonSchemas;

namespace ChatGen.Analyzers.Tests.Agreement;

/// <summary>Random options: members of every kind, and rules that join them.</summary>
internal static class RandomOptionsGenerator
{
    public static RandomOptions Create(int seed, int number, JsonSchemaDialect dialect)
    {
        var random = new Random(unchecked((seed * 31) + number));
        string name = FormattableString.Invariant($"Order{number}Options");
        var definitions = new JsonObject();
        var generator = new MemberGenerator(random, dialect, definitions);
        string[] names = generator.Names(random.Next(2, 6));
        Dictionary<string, RandomMember> members = names.ToDictionary(member => member, _ => generator.Create());
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (string member in names)
        {
            JsonObject of = members[member].Schema;
            if (!of.ContainsKey("$ref") && random.Chance(6))
            {
                of[random.Chance(50) ? "readOnly" : "writeOnly"] = true;
            }

            properties[member] = of;
            if (random.Chance(25))
            {
                required.Add(member);
            }
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0)
        {
            schema["required"] = required;
        }

        generator.AddObjectRules(schema, names, hasAnyOf: false);
        if (random.Chance(50))
        {
            AddConditions(random, schema, names, members);
        }

        return new RandomOptions(name, schema, members) { Definitions = definitions };
    }

    /// <summary>Rules that depend on values.</summary>
    private static void AddConditions(Random random, JsonObject schema, string[] names, Dictionary<string, RandomMember> members)
    {
        JsonObject Requires(params string[] all) => new() { ["required"] = new JsonArray([.. all.Select(name => (JsonNode)name)]) };
        JsonObject Is(string name) => new() { ["properties"] = new JsonObject { [name] = new JsonObject { ["const"] = members[name].Value(random) ?? "a" } }, ["required"] = new JsonArray(name) };
        (string first, string second, string last) = (names[0], names[1 % names.Length], names[^1]);
        switch (random.Next(7))
        {
            case 0 when !schema.ContainsKey("if"):
                (schema["if"], schema["then"], schema["else"]) = (Is(first), Requires(second), Requires(last));
                break;
            case 1 when !schema.ContainsKey("anyOf"):
                schema["anyOf"] = new JsonArray(Requires(first, second), Requires(last), Is(first));
                break;
            case 2 when !schema.ContainsKey("oneOf"):
                schema["oneOf"] = new JsonArray(Requires(first), Requires(second), Requires(last));
                break;
            case 3 when !schema.ContainsKey("not"):
                schema["not"] = Is(random.Pick(names));
                break;
            case 4 when !schema.ContainsKey("allOf"):
                schema["allOf"] = new JsonArray(
                    new JsonObject { ["if"] = Is(first), ["then"] = new JsonObject { ["not"] = Requires(second) } },
                    new JsonObject { ["if"] = Requires(last), ["else"] = Requires(first) });
                break;
            case 5 when !schema.ContainsKey("maxProperties"):
                schema["maxProperties"] = names.Length - 1;
                break;
            case 6 when !schema.ContainsKey("anyOf"):
                schema["anyOf"] = new JsonArray([.. names.Select(name => (JsonNode)Requires(name))]);
                break;
            default:
                break;
        }
    }
}
