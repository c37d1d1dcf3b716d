using System.Text.Json;

namespace ChatGen.JsonSchemas;

/// <summary>
/// Equality of instances (JSON Schema Core, section 4.2.2): numbers by value, strings by code points, arrays in order, objects without order. Thread-safe.
/// </summary>
/// <remarks>Where an object has a name twice, the last member counts.</remarks>
public sealed class JsonEquality : IEqualityComparer<JsonElement>
{
    // So few are compared one by one.
    private const int FewItems = 8;

    private JsonEquality()
    {
    }

    /// <summary>The one comparer.</summary>
    public static JsonEquality Comparer { get; } = new();

    /// <summary>Whether no two items of an array are equal, as <c>uniqueItems</c> demands.</summary>
    /// <param name="array">An element of kind <see cref="JsonValueKind.Array"/>.</param>
    public static bool AreUnique(JsonElement array)
    {
        if (array.GetArrayLength() <= FewItems)
        {
            return AreFewUnique(array);
        }

        var seen = new HashSet<JsonElement>(Comparer);
        foreach (JsonElement item in array.EnumerateArray())
        {
            if (!seen.Add(item))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The indexes of two equal items, the second as low as can be; both -1 if there are none.</summary>
    internal static (int First, int Second) FirstEqualItems(JsonElement array)
    {
        var seen = new Dictionary<JsonElement, int>(Comparer);
        int index = 0;
        foreach (JsonElement item in array.EnumerateArray())
        {
            if (!seen.TryAdd(item, index))
            {
                return (seen[item], index);
            }

            index++;
        }

        return (-1, -1);
    }

    /// <inheritdoc/>
    public bool Equals(JsonElement x, JsonElement y)
    {
        if (x.ValueKind != y.ValueKind)
        {
            return false;
        }

        return x.ValueKind switch
        {
            JsonValueKind.Number => JsonNumber.Of(x) == JsonNumber.Of(y),
            JsonValueKind.String => JsonStrings.AreEqual(x, y),
            JsonValueKind.Array => x.EnumerateArray().SequenceEqual(y.EnumerateArray(), this),
            JsonValueKind.Object => AreEqual(Members(x), Members(y)),
            _ => true,
        };
    }

    /// <inheritdoc/>
    /// <exception cref="JsonValidationDepthException">The value is nested deeper than <see cref="JsonValidation.MaxDepth"/>.</exception>
    public int GetHashCode(JsonElement obj) => HashOf(obj, 0);

    private static bool AreFewUnique(JsonElement array)
    {
        for (int second = 1; second < array.GetArrayLength(); second++)
        {
            for (int first = 0; first < second; first++)
            {
                if (Comparer.Equals(array[first], array[second]))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static int HashOf(JsonElement element, int depth)
    {
        JsonValidation.Enter(ref depth);
        var hash = new HashCode();
        hash.Add(element.ValueKind);
        switch (element.ValueKind)
        {
            case JsonValueKind.Number:
                hash.Add(JsonNumber.Of(element));
                break;
            case JsonValueKind.String:
                hash.Add(JsonStrings.Value(element));
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in element.EnumerateArray())
                {
                    hash.Add(HashOf(item, depth));
                }

                break;
            case JsonValueKind.Object:
                hash.Add(Members(element).Aggregate(0, (sum, member) => sum ^ HashCode.Combine(member.Key, HashOf(member.Value, depth))));
                break;
        }

        return hash.ToHashCode();
    }

    private bool AreEqual(Dictionary<string, JsonElement> left, Dictionary<string, JsonElement> right) =>
        left.Count == right.Count && left.All(member => right.TryGetValue(member.Key, out JsonElement value) && Equals(member.Value, value));

    private static Dictionary<string, JsonElement> Members(JsonElement element)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (JsonProperty property in element.EnumerateObject())
        {
            members[JsonStrings.Name(property)] = property.Value;
        }

        return members;
    }
}
