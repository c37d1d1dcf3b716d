using System.Text.Json.Nodes;

namespace ChatGen.Differential.Generation;

/// <summary>What is drawn from a seeded generator.</summary>
internal static class RandomDraws
{
    public static bool Chance(this Random random, int percent) => random.Next(100) < percent;

    public static T Pick<T>(this Random random, IReadOnlyList<T> values) => values[random.Next(values.Count)];

    public static SchemaKind Kind(this Random random) => random.Next(100) switch
    {
        < 35 => SchemaKind.Object,
        < 58 => SchemaKind.Array,
        < 78 => SchemaKind.String,
        < 96 => SchemaKind.Number,
        _ => SchemaKind.Other,
    };

    /// <summary>A number as it is written in the pool.</summary>
    public static JsonNode Number(this Random random) => Raw(random.Pick(random.Chance(10) ? NumberPool.LargeValues : NumberPool.Values));

    /// <summary>A number as <paramref name="text"/> writes it: <c>1.0</c> stays <c>1.0</c>.</summary>
    public static JsonNode Raw(string text) => JsonNode.Parse(text)!;

    /// <summary>A count, now and then with a fraction of zero, which counts are allowed to have.</summary>
    public static JsonNode Count(this Random random, int minimum, int maximum)
    {
        int count = random.Next(minimum, maximum + 1);
        return random.Chance(10) ? Raw(FormattableString.Invariant($"{count}.0")) : JsonValue.Create(count);
    }

    /// <summary>Any value; <see langword="null"/> is JSON's.</summary>
    public static JsonNode? Value(this Random random, int depth = 2) => random.Next(depth > 0 ? 8 : 5) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Chance(50)),
        2 or 3 => random.Number(),
        4 => JsonValue.Create(random.Pick(StringPool.Values)),
        5 => random.Scalar(),
        6 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => random.Value(depth - 1))]),
        _ => random.Object(depth - 1),
    };

    private static JsonNode? Scalar(this Random random) => random.Value(0);

    private static JsonObject Object(this Random random, int depth)
    {
        var value = new JsonObject();
        for (int i = random.Next(4); i > 0; i--)
        {
            value[random.Pick(StringPool.Names)] = random.Value(depth);
        }

        return value;
    }
}
