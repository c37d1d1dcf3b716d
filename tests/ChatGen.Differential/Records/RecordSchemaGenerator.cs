using System.Text.Json.Nodes;
using ChatGen.Differential.Generation;
using ChatGen.Generator.JsonSchemas;

namespace ChatGen.Differential.Records;

/// <summary>Random variants of the built-in schema whose options to start a session get five to eight members.</summary>
internal static class RecordSchemaGenerator
{
    public static RecordSchema Create(int seed, int number)
    {
        var random = new Random(unchecked((seed * 31) + number));
        JsonSchemaDialect dialect = number % 2 == 0 ? JsonSchemaDialect.Draft7 : JsonSchemaDialect.Draft202012;
        var definitions = new JsonObject();
        var generator = new MemberGenerator(random, dialect, definitions);
        string[] names = generator.Names(random.Next(5, 9));
        Dictionary<string, RandomMember> members = names.ToDictionary(name => name, _ => generator.Create());
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (string name in names)
        {
            JsonObject schema = members[name].Schema;
            if (!schema.ContainsKey("$ref") && random.Chance(8))
            {
                schema[random.Chance(50) ? "readOnly" : "writeOnly"] = true;
            }

            properties[name] = schema;
            if (random.Chance(20))
            {
                required.Add(name);
            }
        }

        var options = new JsonObject { ["properties"] = properties };
        if (required.Count > 0)
        {
            options["required"] = required;
        }

        if (random.Chance(60))
        {
            // The built-in options have an anyOf of their own.
            generator.AddObjectRules(options, names, hasAnyOf: true);
        }

        definitions["StartSessionOptions"] = options;
        return new RecordSchema(number, dialect, definitions, members);
    }
}
