using System.Globalization;
using ChatGen.Fuzz.Tests.Corpus;

namespace ChatGen.Fuzz.Tests.Mutation;

/// <summary>Definitions that apply each other in place: chains, diamonds and circles through every keyword that does so, and hierarchies of what they are.</summary>
internal static class Applications
{
    private static readonly string[] s_ways = ["allOf", "oneOf", "anyOf", "not", "items", "if", "$ref", "$dynamicRef", "properties", "additionalProperties", "dependentSchemas", "contains"];

    public static void Add(Random random, FuzzNode root)
    {
        if ((root as FuzzObject)?["definitions"] is not FuzzObject definitions)
        {
            return;
        }

        int count = random.Next(1, random.Next(4) == 0 ? 60 : 8);
        string? only = random.Next(2) == 0 ? s_ways[random.Next(s_ways.Length)] : null;
        bool isLoop = random.Next(2) == 0;
        for (int i = 0; i < count; i++)
        {
            FuzzNode next = i + 1 < count || isLoop ? Reference((i + 1) % count) : FuzzNode.Parse("""{ "type": "object", "properties": { "last": { "type": "string" } } }""");
            definitions.Add("Way" + i.ToString(CultureInfo.InvariantCulture), Apply(random, only ?? s_ways[random.Next(s_ways.Length)], next, i));
        }

        if (random.Next(3) == 0)
        {
            definitions.Add("WayUnion", new FuzzObject([new(random.Next(2) == 0 ? "oneOf" : "anyOf", new FuzzArray([.. Enumerable.Range(0, count).Select(Reference)]))]));
        }

        foreach (string owner in (string[])["ActOptions", "Said", "Acted", "Base", "StartSessionOptions"])
        {
            if (definitions[owner] is FuzzObject schema && random.Next(2) == 0)
            {
                if (schema["properties"] is FuzzObject properties && random.Next(3) > 0)
                {
                    properties.Add("way", Reference(random.Next(count)));
                }
                else if (schema["allOf"] is FuzzArray all)
                {
                    all.Items.Add(Reference(random.Next(count)));
                }
                else
                {
                    schema.Add("allOf", new FuzzArray([Reference(random.Next(count))]));
                }
            }
        }
    }

    private static FuzzObject Apply(Random random, string way, FuzzNode next, int number)
    {
        FuzzNode own = random.Next(3) switch
        {
            0 => next.Clone(),
            1 => FuzzNode.Parse($$"""{ "type": "object", "properties": { "kind": { "const": "k{{number}}" }, "p{{number}}": { "type": "string" } }, "required": ["kind"] }"""),
            _ => FuzzNode.Parse("""{ "properties": { "kind": { "type": "string" } } }"""),
        };
        return way switch
        {
            "allOf" or "oneOf" or "anyOf" => new FuzzObject([new(way, new FuzzArray([next, own]))]),
            "$ref" => (FuzzObject)next,
            "$dynamicRef" => new FuzzObject([new("$dynamicAnchor", FuzzValue.String("node")), new("$dynamicRef", FuzzValue.String("#/definitions/Way" + (number + 1).ToString(CultureInfo.InvariantCulture)))]),
            "properties" or "dependentSchemas" => new FuzzObject([new("type", FuzzValue.String("object")), new(way, new FuzzObject([new("a", next), new("b", own)]))]),
            _ => new FuzzObject([new(way, next), new("allOf", new FuzzArray([own]))]),
        };
    }

    private static FuzzObject Reference(int number) => new([new("$ref", FuzzValue.String("#/definitions/Way" + number.ToString(CultureInfo.InvariantCulture)))]);
}
