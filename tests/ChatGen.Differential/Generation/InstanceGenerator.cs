using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ChatGen.Differential.Generation;

/// <summary>Instances that a schema is likely to accept, without asking any validator.</summary>
internal sealed class InstanceGenerator(Random random, GeneratedSchema document)
{
    private const int MaxDepth = 5;

    private static readonly string[] s_none = [];
    private static readonly string[] s_types = ["null", "boolean", "integer", "number", "string", "array", "object"];

    public JsonNode? Create() => Create([document.Root], 0);

    private JsonNode? Create(IReadOnlyList<JsonNode> schemas, int depth)
    {
        // A recursive schema may demand members without an end; no instance satisfies it.
        if (depth > 2 * MaxDepth)
        {
            return random.Value(0);
        }

        Demands demands = Demands.Of(random, document, schemas);
        if (random.Chance(95) && demands.TryPickConstant(out JsonNode? constant))
        {
            return constant;
        }

        return Type(demands) switch
        {
            "null" => null,
            "boolean" => JsonValue.Create(random.Chance(50)),
            "integer" => Number(demands, integers: true),
            "number" => Number(demands, integers: false),
            "string" => JsonValue.Create(String(demands)),
            "array" => Array(demands, depth),
            "object" => Object(demands, depth),
            _ => random.Value(),
        };
    }

    private string? Type(Demands demands)
    {
        if (demands.Types() is { } types)
        {
            return types.Count == 0 ? null : random.Pick(types);
        }

        string[] spokenOf =
        [
            .. demands.Has("properties", "required", "additionalProperties", "patternProperties", "propertyNames", "minProperties", "maxProperties", "unevaluatedProperties",
                "dependencies", "dependentRequired", "dependentSchemas") ? ["object"] : s_none,
            .. demands.Has("items", "prefixItems", "contains", "minItems", "maxItems", "uniqueItems", "unevaluatedItems") ? ["array"] : s_none,
            .. demands.Has("minLength", "maxLength", "pattern", "format") ? ["string"] : s_none,
            .. demands.Has("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf") ? ["number"] : s_none,
        ];
        return random.Pick(spokenOf.Length == 0 || random.Chance(10) ? s_types : spokenOf);
    }

    private JsonNode Number(Demands demands, bool integers)
    {
        string[] bounds = [.. demands.Numbers("minimum"), .. demands.Numbers("maximum"), .. demands.Numbers("exclusiveMinimum"), .. demands.Numbers("exclusiveMaximum")];
        string[] candidates = [.. bounds, .. NumberPool.Values, .. NumberPool.LargeValues, .. demands.Numbers("multipleOf")];
        string[] fitting = [.. candidates.Where(text => Fits(Value(text)))];
        return RandomDraws.Raw(random.Pick(fitting.Length > 0 && random.Chance(90) ? fitting : candidates));

        bool Fits(double value) =>
            demands.Numbers("minimum").All(bound => value >= Value(bound))
            && demands.Numbers("maximum").All(bound => value <= Value(bound))
            && demands.Numbers("exclusiveMinimum").All(bound => value > Value(bound))
            && demands.Numbers("exclusiveMaximum").All(bound => value < Value(bound))
            && demands.Numbers("multipleOf").All(divisor => Math.Abs((value / Value(divisor)) - Math.Round(value / Value(divisor))) < 1e-6)
            && (!integers || Math.Floor(value) == value);
    }

    private string String(Demands demands)
    {
        string[] patterns = [.. demands.Texts("pattern")];
        string[] formats = [.. demands.Texts("format")];
        int minimum = demands.Count("minLength", 0, Math.Max);
        int maximum = demands.Count("maxLength", int.MaxValue, Math.Min);
        string[] made =
        [
            .. PatternPool.All.Where(pattern => patterns.Contains(pattern.Pattern)).SelectMany(pattern => pattern.Samples),
            .. FormatPool.Of(document.Dialect).Where(format => formats.Contains(format.Format)).SelectMany(format => format.Samples),
        ];
        string[] candidates = made.Length == 0 || random.Chance(10) ? [.. made, .. StringPool.Values] : made;
        string[] fitting = [.. candidates.Where(text => text.EnumerateRunes().Count() is int length && length >= minimum && length <= maximum)];
        return random.Pick(fitting.Length > 0 && random.Chance(90) ? fitting : candidates);
    }

    private JsonArray Array(Demands demands, int depth)
    {
        JsonArray[] tuples = [.. demands.All("items").Concat(demands.All("prefixItems")).OfType<JsonArray>()];
        JsonNode[] items = [.. demands.Subschemas("items"), .. demands.Subschemas("additionalItems"), .. demands.Subschemas("unevaluatedItems")];
        JsonNode[] contains = [.. demands.Subschemas("contains")];
        bool isUnique = demands.All("uniqueItems").Any(value => value!.GetValue<bool>());
        int minimum = demands.Count("minItems", 0, Math.Max);
        int maximum = demands.Count("maxItems", 4, Math.Min);
        int wanted = depth >= MaxDepth ? minimum : random.Next(minimum, Math.Max(minimum, maximum) + 1);
        var array = new JsonArray();
        for (int tries = 0; array.Count < wanted && tries < 12; tries++)
        {
            JsonNode[] schemas = [.. tuples.Where(tuple => array.Count < tuple.Count).Select(tuple => tuple[array.Count]!)];
            schemas = [.. schemas.Length == 0 ? items : schemas, .. contains.Where(_ => random.Chance(50))];
            JsonNode? item = Create(schemas, depth + 1);
            if (!isUnique || !array.Any(other => JsonNode.DeepEquals(other, item)))
            {
                array.Add(item);
            }
        }

        return array;
    }

    private JsonObject Object(Demands demands, int depth)
    {
        KeyValuePair<string, JsonNode?>[] properties = [.. demands.Members("properties")];
        KeyValuePair<string, JsonNode?>[] patterns = [.. demands.Members("patternProperties")];
        int maximum = demands.Count("maxProperties", 6, Math.Min);
        List<string> names = [.. demands.Strings("required").Concat(properties.Where(_ => random.Chance(60)).Select(member => member.Key)).Distinct()];
        AddNames(names, demands, patterns, maximum);
        var value = new JsonObject();
        foreach (string name in names.Take(depth >= MaxDepth ? 2 : maximum))
        {
            JsonNode[] schemas =
            [
                .. properties.Where(member => member.Key == name).Select(member => member.Value!),
                .. patterns.Where(member => IsMatch(name, member.Key)).Select(member => member.Value!),
            ];
            value[name] = Create(schemas.Length > 0 ? schemas : [.. demands.Subschemas("additionalProperties"), .. demands.Subschemas("unevaluatedProperties")], depth + 1);
        }

        return value;
    }

    private void AddNames(List<string> names, Demands demands, KeyValuePair<string, JsonNode?>[] patterns, int maximum)
    {
        foreach (KeyValuePair<string, JsonNode?> pattern in patterns.Where(_ => random.Chance(60)))
        {
            Add(random.Pick(PatternPool.All.First(known => known.Pattern == pattern.Key).Samples));
        }

        bool isClosed = demands.All("additionalProperties").Concat(demands.All("unevaluatedProperties")).Any(value => value is JsonValue verdict && !verdict.GetValue<bool>());
        int minimum = Math.Min(demands.Count("minProperties", random.Chance(isClosed ? 10 : 35) ? names.Count + 1 : 0, Math.Max), maximum);
        for (int tries = 0; names.Count < minimum && tries < 10; tries++)
        {
            Add(random.Pick(StringPool.Names));
        }

        foreach (JsonArray dependent in demands.Members("dependentRequired").Concat(demands.Members("dependencies")).Where(member => names.Contains(member.Key) && random.Chance(70)).Select(member => member.Value).OfType<JsonArray>().ToArray())
        {
            foreach (JsonNode? name in dependent)
            {
                Add(name!.GetValue<string>());
            }
        }

        void Add(string name)
        {
            if (!names.Contains(name))
            {
                names.Add(name);
            }
        }
    }

    private static double Value(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>A guess: .NET's patterns are others than ECMA-262's, and not all of these are patterns of .NET.</summary>
    private static bool IsMatch(string name, string pattern)
    {
        try
        {
            return Regex.IsMatch(name, pattern, RegexOptions.ECMAScript);
        }
        catch (ArgumentException)
        {
            return PatternPool.All.Any(known => known.Pattern == pattern && known.Samples.Contains(name));
        }
    }
}
