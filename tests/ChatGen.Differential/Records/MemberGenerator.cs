using System.Text.Json.Nodes;
using ChatGen.Differential.Generation;
using ChatGen.Generator.JsonSchemas;

namespace ChatGen.Differential.Records;

/// <summary>Random schemas of members over all that options can be made of.</summary>
internal sealed partial class MemberGenerator(Random random, JsonSchemaDialect dialect, JsonObject definitions)
{
    private const int MaxDepth = 2;

    /// <summary>Names that are no two the same word in C#.</summary>
    private static readonly string[] s_names =
        ["alpha", "Beta", "gamma x", "d\u00e9lta", "e.psilon", "1st", "class", "items", "zeta_z", "Length", "$ref2", "type", "a/b", "Value"];

    private bool Is2020 => dialect == JsonSchemaDialect.Draft202012;

    /// <summary>Different names for members of one object.</summary>
    public string[] Names(int count) => [.. s_names.OrderBy(_ => random.Next()).Take(count)];

    /// <summary>Any member; of the root's, some are what only stands there.</summary>
    public RandomMember Create(int depth = 0)
    {
        RandomMember member = random.Next(depth < MaxDepth ? 20 : 11) switch
        {
            0 or 1 => Text(),
            2 or 3 => Number(),
            4 => Integer(),
            5 => Duration(),
            6 => StringEnum(),
            7 => OtherEnum(),
            8 => Constant(),
            9 => TypedText(),
            10 => Boolean(),
            11 or 12 => Array(depth),
            13 => Tuple(depth),
            14 => Dictionary(depth),
            15 or 16 => Record(depth),
            17 => Union(depth),
            18 => Applied(depth),
            _ => Anything(),
        };
        return random.Chance(12) ? Nullable(member) : random.Chance(8) ? Referred(member) : member;
    }

    private static JsonNode Raw(string text) => RandomDraws.Raw(text);

    private RandomMember Text()
    {
        var schema = new JsonObject { ["type"] = "string" };
        string[] samples = [.. StringPool.Values];
        if (random.Chance(40))
        {
            schema["minLength"] = random.Count(0, 3);
        }

        if (random.Chance(40))
        {
            schema["maxLength"] = random.Count(2, 6);
        }

        if (random.Chance(35))
        {
            (string pattern, string[] of) = random.Pick(PatternPool.All);
            schema["pattern"] = pattern;
            samples = [.. of, .. of, .. of, random.Pick(StringPool.Values)];
        }
        else if (random.Chance(50))
        {
            (string format, string[] of) = random.Pick([.. FormatPool.Of(JsonSchemaDialect.Draft7).Where(format => format.Format != "date-time"), .. s_formats]);
            schema["format"] = format;
            samples = [.. of, .. of, "a"];
        }
        else if (schema.Count == 1 && random.Chance(30))
        {
            schema["default"] = "some";
        }

        if (random.Chance(8))
        {
            schema["not"] = new JsonObject { ["const"] = random.Pick(samples) };
        }

        return new RandomMember(schema, draw => JsonValue.Create(draw.Pick(samples)));
    }

    private static readonly (string Format, string[] Samples)[] s_formats =
    [
        ("email", ["a@b.c", "a", "a@b", "\"a b\"@c.d", "a@@b"]),
        ("hostname", ["example.com", "-a", "a-", "xn--", "a_b"]),
        ("duration", ["P1D", "PT1H30M", "P", "1D", "P1W2D"]),
        ("uri-reference", ["a/b", "https://example.com", "a b", "%zz"]),
        ("uri-template", ["/a/{b}", "{", "{+a,b*}"]),
        ("iri", ["https://\u00e9.example", "a"]),
    ];

    private RandomMember Number()
    {
        var schema = new JsonObject { ["type"] = "number" };
        if (random.Chance(25))
        {
            schema["x-chat-number"] = "decimal";
        }

        AddBounds(schema, ["0", "-5", "0.5", "1.5", "-0.25", "1e1", "2.50"], ["10", "100", "12.75", "1e2", "99.99"]);
        if (random.Chance(25))
        {
            schema["multipleOf"] = Raw(random.Pick(NumberPool.Divisors));
        }

        if (schema.Count == 1 && random.Chance(30))
        {
            schema["default"] = Raw("2.5");
        }

        return new RandomMember(schema, draw => draw.Chance(4) ? Raw(draw.Pick(s_extremes)) : Raw(draw.Pick(NumberPool.Values)));
    }

    private static readonly string[] s_extremes =
    [
        "9223372036854775807", "9223372036854775808", "-9223372036854775809", "2147483648", "1e19", "1e30", "4.2e300", "1e400", "79228162514264337593543950336", "1e-30",
        "0.1234567890123456789012345678901",
    ];

    private RandomMember Integer()
    {
        var schema = new JsonObject { ["type"] = "integer" };
        if (random.Chance(30))
        {
            schema["x-chat-number"] = random.Pick(["int32", "int64", "decimal"]);
        }

        AddBounds(schema, ["0", "-5", "1", "1.5", "-1e1"], ["10", "100", "12.5", "1e2", "7", "12345678901234567890123"]);
        if (random.Chance(25))
        {
            schema["multipleOf"] = Raw(random.Pick(["2", "5", "3", "1e1", "0.5", "2.5"]));
        }

        if (schema.Count == 1 && random.Chance(30))
        {
            schema["default"] = Raw("7");
        }

        return new RandomMember(schema, draw => draw.Chance(5) ? Raw(draw.Pick(s_extremes)) : draw.Chance(70) ? JsonValue.Create(draw.Next(-6, 14)) : Raw(draw.Pick(NumberPool.Values)));
    }

    private void AddBounds(JsonObject schema, string[] lower, string[] upper)
    {
        if (random.Chance(45))
        {
            schema[random.Chance(70) ? "minimum" : "exclusiveMinimum"] = Raw(random.Pick(lower));
        }

        if (random.Chance(45))
        {
            schema[random.Chance(70) ? "maximum" : "exclusiveMaximum"] = Raw(random.Pick(upper));
        }
    }

    private RandomMember Duration()
    {
        var schema = new JsonObject { ["type"] = "number", ["x-chat-unit"] = random.Pick(["seconds", "milliseconds"]) };
        AddBounds(schema, ["0", "0.5", "1"], ["10", "60", "1e3"]);
        if (random.Chance(20))
        {
            schema["multipleOf"] = Raw(random.Pick(["0.5", "0.1", "5"]));
        }

        return new RandomMember(schema, draw => draw.Chance(4) ? Raw(draw.Pick(["1e15", "1e300", "0.00000001", "1e-9"])) : Raw(draw.Pick(["0", "0.5", "1", "1.0", "2.5", "10", "0.1", "0.3", "60", "-1", "1e2", "5"])));
    }

    private RandomMember StringEnum()
    {
        string[] all = ["a", "b", "foo bar", "\u00e9", "", "A", "1", "None", "class"];
        string[] values = [.. all.OrderBy(_ => random.Next()).Take(random.Next(1, 5))];
        var schema = new JsonObject { ["enum"] = new JsonArray([.. values.Select(value => (JsonNode?)value)]) };
        if (random.Chance(70))
        {
            schema["type"] = "string";
        }

        if (random.Chance(20))
        {
            schema["default"] = random.Pick(values);
        }

        if (random.Chance(8))
        {
            schema["maxLength"] = 1;
        }

        return new RandomMember(schema, draw => JsonValue.Create(draw.Chance(90) ? draw.Pick(values) : draw.Pick(all)));
    }

    private RandomMember OtherEnum()
    {
        JsonNode?[] values = random.Next(4) switch
        {
            0 => [Raw("1"), Raw("2.0"), Raw("30")],
            1 => [Raw("0.5"), Raw("1e1")],
            2 => ["a", Raw("1"), null, true],
            _ => [new JsonObject { ["a"] = 1 }, new JsonArray(1, "b")],
        };
        var schema = new JsonObject { ["enum"] = new JsonArray([.. values.Select(value => value?.DeepClone())]) };
        return new RandomMember(schema, draw => draw.Chance(90) ? draw.Pick(values)?.DeepClone() : draw.Value(1));
    }

    private RandomMember Constant()
    {
        // A null in a variant removes what it is the value of, so there is none.
        JsonNode? value = random.Next(6) switch { 0 or 1 => "web", 2 => Raw("2"), 3 => true, 4 => Raw("1.5"), _ => new JsonObject { ["a"] = new JsonArray(Raw("1.0")) } };
        var schema = new JsonObject { ["const"] = value?.DeepClone() };
        if (value is JsonValue some && some.GetValueKind() == System.Text.Json.JsonValueKind.String && random.Chance(60))
        {
            schema["type"] = "string";
        }

        return new RandomMember(schema, draw => draw.Chance(90) ? value?.DeepClone() : draw.Value(1));
    }

    private RandomMember TypedText()
    {
        (string format, string[] samples) = random.Pick(s_typed);
        var schema = new JsonObject { ["type"] = "string", ["format"] = format };
        if (random.Chance(30))
        {
            schema["maxLength"] = format == "uuid" ? 36 : 24;
        }

        return new RandomMember(schema, draw => JsonValue.Create(draw.Pick(samples)));
    }

    private static readonly (string Format, string[] Samples)[] s_typed =
    [
        ("uri", ["https://example.com/a", "http://example.com", "mailto:a@b.c", "a/b", ""]),
        ("uuid", ["00000000-0000-0000-0000-000000000000", "2EB8AA08-AA98-11EA-B4AA-73B441D16380", "2eb8aa08-aa98-11ea-b4aa-73b441d1638", "2eb8aa08aa9811eab4aa73b441d16380"]),
        ("date-time", ["2020-01-01T00:00:00Z", "2020-02-29T10:20:30.5+05:30", "2026-12-31T23:59:59.123456-08:00", "2021-02-29T00:00:00Z", "1998-12-31T23:59:60Z", "today"]),
    ];

    private RandomMember Boolean()
    {
        var schema = new JsonObject { ["type"] = "boolean" };
        if (random.Chance(30))
        {
            schema["default"] = true;
        }

        return new RandomMember(schema, draw => JsonValue.Create(draw.Chance(50)));
    }

    private RandomMember Anything()
    {
        JsonObject schema = random.Next(5) switch
        {
            0 => [],
            1 => new JsonObject { ["type"] = new JsonArray("string", "integer"), ["minLength"] = 2, ["minimum"] = 1 },
            2 => new JsonObject { ["not"] = new JsonObject { ["type"] = "string" } },
            3 => new JsonObject { ["type"] = "object" },
            _ => new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "string", ["maxLength"] = 2 }, new JsonObject { ["type"] = "number", ["minimum"] = 5 }) },
        };
        bool isObject = (schema["type"] as JsonValue)?.ToString() == "object";
        return new RandomMember(schema, draw => isObject && draw.Chance(80) ? new JsonObject { ["k"] = draw.Value(1) } : draw.Value());
    }
}
