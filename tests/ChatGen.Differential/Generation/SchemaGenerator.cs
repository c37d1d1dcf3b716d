using System.Text.Json.Nodes;
using ChatGen.Generator.JsonSchemas;

namespace ChatGen.Differential.Generation;

/// <summary>Random schemas of a draft: legal ones, whose keywords are likely to meet instances that they speak of.</summary>
internal sealed class SchemaGenerator
{
    private const int MaxDepth = 3;
    private const string DynamicAnchor = "node";

    private static readonly string[] s_types = ["null", "boolean", "integer", "number", "string", "array", "object"];

    private readonly Random _random;
    private readonly SchemaFeatures _features;
    private readonly ScalarKeywords _scalars;
    private readonly StructureKeywords _structures;
    private readonly List<(string Pointer, string? Anchor)> _definitions = [];

    private SchemaGenerator(Random random, JsonSchemaDialect dialect)
    {
        _random = random;
        _features = SchemaFeatures.Draw(random, dialect);
        _scalars = new ScalarKeywords(random, _features);
        _structures = new StructureKeywords(random, _features, Subschema);
    }

    public static GeneratedSchema Create(Random random, JsonSchemaDialect dialect) => new SchemaGenerator(random, dialect).CreateRoot();

    private GeneratedSchema CreateRoot()
    {
        string keyword = !_features.IsDraft7 && _random.Chance(85) ? "$defs" : "definitions";
        string[] names = _random.Chance(45) ? [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => _random.Pick(StringPool.DefinitionNames)).Distinct()] : [];
        for (int i = 0; i < names.Length; i++)
        {
            _definitions.Add(($"#/{keyword}/{Escape(names[i])}", _random.Chance(30) ? $"anchor{i}" : null));
        }

        if (_random.Chance(1))
        {
            return new GeneratedSchema(_features.Dialect, JsonValue.Create(_random.Chance(50)), new Dictionary<string, JsonNode>());
        }

        JsonNode drawn = Subschema(new Place(MaxDepth, 0, false), null);

        // draft-07 ignores what stands beside $ref, and the definitions would stand there.
        JsonObject root = drawn is JsonObject found && !(_features.IsDraft7 && found.ContainsKey("$ref")) ? found : new JsonObject { ["allOf"] = new JsonArray(drawn) };
        var targets = new Dictionary<string, JsonNode>(StringComparer.Ordinal) { ["#"] = root };
        if (names.Length > 0)
        {
            root[keyword] = new JsonObject(names.Select((name, i) => new KeyValuePair<string, JsonNode?>(name, Definition(i, targets))));
        }

        if (_features.HasDynamicReferences)
        {
            root["$dynamicAnchor"] = DynamicAnchor;
            targets["#" + DynamicAnchor] = root;
        }

        if (_random.Chance(15))
        {
            root["$schema"] = _features.IsDraft7 ? "http://json-schema.org/draft-07/schema#" : "https://json-schema.org/draft/2020-12/schema";
        }

        return new GeneratedSchema(_features.Dialect, root, targets);
    }

    private JsonNode Definition(int number, Dictionary<string, JsonNode> targets)
    {
        (string pointer, string? anchor) = _definitions[number];
        JsonNode schema = Subschema(new Place(MaxDepth - 1, number + 1, false), null);
        if (anchor is not null)
        {
            if (schema is not JsonObject named || (_features.IsDraft7 && named.ContainsKey("$ref")))
            {
                schema = new JsonObject { ["allOf"] = new JsonArray(schema) };
            }

            schema[_features.IsDraft7 ? "$id" : "$anchor"] = _features.IsDraft7 ? "#" + anchor : anchor;
            targets["#" + anchor] = schema;
        }

        targets[pointer] = schema;
        return schema;
    }

    private JsonNode Subschema(Place place, SchemaKind? hint)
    {
        if (_random.Chance(7))
        {
            return JsonValue.Create(_random.Chance(70));
        }

        return _random.Chance(18) && Reference(place) is { } reference ? reference : Keywords(place, hint ?? _random.Kind());
    }

    private JsonObject? Reference(Place place)
    {
        if (place.HasDescended && _features.HasDynamicReferences && _random.Chance(50))
        {
            return new JsonObject { ["$dynamicRef"] = "#" + DynamicAnchor };
        }

        string[] choices =
        [
            .. _definitions.Skip(place.FirstDefinition).Select(definition => definition.Anchor is { } anchor && _random.Chance(50) ? "#" + anchor : definition.Pointer),
            .. place.HasDescended ? (string[])["#"] : [],
        ];
        if (choices.Length == 0)
        {
            return null;
        }

        // Siblings only in 2020-12: draft-07 ignores them and ajv does not, not even with its draft-07 class.
        JsonObject schema = !_features.IsDraft7 && _random.Chance(35) ? Keywords(place with { Depth = 0 }, _random.Kind()) : [];
        schema["$ref"] = _random.Pick(choices);
        return schema;
    }

    private JsonObject Keywords(Place place, SchemaKind kind)
    {
        var schema = new JsonObject();
        if (_random.Chance(10))
        {
            _scalars.AddValues(schema);
            return schema;
        }

        if (_random.Chance(60))
        {
            schema["type"] = Types(kind);
        }

        Add(schema, place, kind);
        if (_random.Chance(12))
        {
            Add(schema, place, _random.Kind());
        }

        if (place.Depth > 0 && _random.Chance(25))
        {
            AddLogic(schema, place.InPlace, kind);
        }

        if (_features.HasUnevaluated && _random.Chance(40))
        {
            _structures.AddUnevaluated(schema, place.Below, kind);
        }

        return schema;
    }

    private void Add(JsonObject schema, Place place, SchemaKind kind)
    {
        switch (kind)
        {
            case SchemaKind.Number:
                _scalars.AddNumber(schema);
                break;
            case SchemaKind.String:
                _scalars.AddString(schema);
                break;
            case SchemaKind.Array:
                _structures.AddArray(schema, place);
                break;
            case SchemaKind.Object:
                _structures.AddObject(schema, place);
                break;
        }
    }

    private void AddLogic(JsonObject schema, Place place, SchemaKind kind)
    {
        switch (_random.Next(5))
        {
            case 0:
                schema["allOf"] = Several();
                break;
            case 1:
                schema["anyOf"] = Several();
                break;
            case 2:
                schema["oneOf"] = Several();
                break;
            case 3:
                schema["not"] = Subschema(place with { Depth = 0 }, _random.Chance(50) ? kind : null);
                break;
            default:
                AddCondition(schema, place, kind);
                break;
        }

        JsonArray Several() => [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Subschema(place, _random.Chance(70) ? kind : null))];
    }

    private void AddCondition(JsonObject schema, Place place, SchemaKind kind)
    {
        schema["if"] = Subschema(place, kind);
        bool hasThen = _random.Chance(75);
        if (hasThen)
        {
            schema["then"] = Subschema(place, kind);
        }

        // An if alone evaluates what it is valid for, but not to ajv, which leaves it out.
        if (_random.Chance(60) || (!hasThen && _features.HasUnevaluated))
        {
            schema["else"] = Subschema(place, kind);
        }
    }

    private JsonNode Types(SchemaKind kind)
    {
        string type = kind switch
        {
            SchemaKind.Number => _random.Chance(50) ? "number" : "integer",
            SchemaKind.String => "string",
            SchemaKind.Array => "array",
            SchemaKind.Object => "object",
            _ => _random.Chance(50) ? "null" : "boolean",
        };
        string[] others = [.. s_types.Where(other => other != type)];
        return _random.Chance(80) ? JsonValue.Create(type) : new JsonArray(type, _random.Pick(others));
    }

    private static string Escape(string name) =>
        string.Join('/', name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal).Split('/').Select(Uri.EscapeDataString)).Replace("%7E", "~", StringComparison.Ordinal);
}
