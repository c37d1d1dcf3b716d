using ChatGen.Fuzz.Tests.Corpus;

namespace ChatGen.Fuzz.Tests.Mutation;

/// <summary>Puts a schema into another one, under any keyword that takes schemas, and beside any other.</summary>
internal static class SchemaKeywordMutations
{
    private static readonly string[] s_single =
        ["not", "if", "then", "else", "contains", "propertyNames", "items", "additionalItems", "additionalProperties", "unevaluatedItems", "unevaluatedProperties", "contentSchema"];

    private static readonly string[] s_lists = ["allOf", "anyOf", "oneOf", "prefixItems", "items"];

    private static readonly string[] s_maps = ["properties", "patternProperties", "dependentSchemas", "dependencies", "$defs", "definitions"];

    private static readonly string[] s_identifiers = ["$id", "$anchor", "$dynamicAnchor"];

    private static readonly string[] s_identifierValues = ["tree", "strict", "inner", "node", "named", "#named", "#", "", "a b", "language7", "#/definitions/Base", "http://127.0.0.1:1/x", "urn:x:y", "%zz", Hostile.Marker + "\"\n*/"];

    private static readonly string[] s_wholeSchemas =
    [
        "true", "false", "{}", "{ \"type\": \"null\" }", "{ \"type\": \"string\" }", "{ \"const\": null }", "{ \"const\": { \"a\": [\"" + Hostile.Marker + "\\\"\\n*/\", 1e400, {}] } }", "{ \"enum\": [1, 1.0, \"1\", [1], null] }",
        "{ \"type\": [\"object\", \"array\", \"string\", \"number\", \"integer\", \"boolean\", \"null\"] }", "{ \"type\": \"object\", \"properties\": { \"p\": false, \"q\": true, \"r\": {} }, \"required\": [\"p\", \"nope\"] }",
        "{ \"oneOf\": [{ \"type\": \"null\" }, { \"type\": \"null\" }] }", "{ \"anyOf\": [true, { \"type\": \"null\" }] }", "{ \"oneOf\": [false, { \"type\": \"null\" }] }", "{ \"allOf\": [true] }", "{ \"allOf\": [{ \"allOf\": [{ \"type\": \"integer\" }] }] }",
        "{ \"type\": \"object\", \"properties\": { \"t\": { \"const\": \"\" } }, \"required\": [\"t\"] }", "{ \"required\": [\"" + Hostile.Marker + "\\\"\"], \"multipleOf\": 1e-400 }", "{ \"patternProperties\": { \"" + Hostile.Marker + "\\\"(?=a)\": false } }",
        "{ \"unevaluatedProperties\": { \"not\": {} }, \"if\": { \"properties\": { \"a\": true } } }", "{ \"contains\": false, \"minContains\": 0, \"uniqueItems\": true }", "{ \"format\": \"regex\", \"default\": \"(\" }", "{ \"type\": \"array\", \"items\": { \"type\": [\"string\", \"null\"], \"enum\": [\"a\", null] } }",
    ];

    public static void Apply(Random random, Slot slot)
    {
        FuzzNode value = slot.Value.Clone();
        FuzzNode other = random.Next(3) switch
        {
            0 => new FuzzObject([new("$ref", FuzzValue.String(Pick(random, Hostile.References)))]),
            1 => new FuzzObject([new(random.Next(2) == 0 ? "$dynamicRef" : "$ref", FuzzValue.String(Pick(random, Hostile.References))), new(Pick(random, s_lists), new FuzzArray([FuzzNode.Parse(Pick(random, s_wholeSchemas))]))]),
            _ => FuzzNode.Parse(Pick(random, s_wholeSchemas)),
        };
        switch (random.Next(7))
        {
            case 0:
                slot.Value = new FuzzObject([new(Pick(random, s_lists), new FuzzArray([value, other]))]);
                break;
            case 1:
                slot.Value = new FuzzObject([new(Pick(random, s_single), value)]);
                break;
            case 2:
                slot.Value = new FuzzObject([new(Pick(random, s_maps), new FuzzObject([new(Pick(random, Hostile.Names), value)])), new(Pick(random, s_single), other)]);
                break;
            case 3:
                slot.Value = other;
                break;
            default:
                if (slot.Value is FuzzObject schema)
                {
                    AddTo(random, schema, other);
                }

                break;
        }
    }

    private static void AddTo(Random random, FuzzObject schema, FuzzNode other)
    {
        (string name, FuzzNode value) = random.Next(6) switch
        {
            0 => (Pick(random, s_lists), (FuzzNode)new FuzzArray([other, .. Enumerable.Range(0, random.Next(3)).Select(_ => FuzzNode.Parse(Pick(random, s_wholeSchemas)))])),
            1 => (Pick(random, s_maps), new FuzzObject([new(Pick(random, Hostile.Names), other), new("id", FuzzNode.Parse(Pick(random, s_wholeSchemas)))])),
            2 => (Pick(random, s_identifiers), FuzzValue.String(Pick(random, s_identifierValues))),
            3 => (random.Next(2) == 0 ? "const" : "default", other),
            4 => (random.Next(3) == 0 ? "x-chat-deprecated" : "x-chat-number", FuzzValue.String(Pick(random, ["", "decimal", "int32", "int64", "double", Hostile.Marker + "\"\n*/"]))),
            _ => (Pick(random, s_single), other),
        };
        schema.Members.RemoveAll(member => member.Name == name);
        schema.Add(name, value);
    }

    private static string Pick(Random random, string[] items) => items[random.Next(items.Length)];
}
