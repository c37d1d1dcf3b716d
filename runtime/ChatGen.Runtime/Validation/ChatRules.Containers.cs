using System.Globalization;

namespace ChatGen;

/// <content>What lists and dictionaries hold, multiples, and members that exclude each other.</content>
public static partial class ChatRules
{
    // So few are compared one by one, for which nothing is allocated.
    private const int FewItems = 16;

    /// <summary>JSON Schema <c>uniqueItems</c>, of items that are equal in JSON where they are equal in C#.</summary>
    public static void UniqueItems<T>(ref List<ChatValidationFailure>? failures, string json, string member, IReadOnlyList<T>? items)
    {
        (int first, int second) = items is null ? (-1, -1) : items.Count <= FewItems ? EqualAmongFew(items) : EqualAmongMany(items);
        if (first >= 0)
        {
            Add(ref failures, json, "uniqueItems", string.Create(CultureInfo.InvariantCulture, $"'{member}' must not have equal items, but has them at {first} and {second}"));
        }
    }

    /// <summary>JSON Schema <c>minProperties</c> of a dictionary.</summary>
    public static void MinProperties(ref List<ChatValidationFailure>? failures, string json, string member, int? count, int bound)
    {
        if (count < bound)
        {
            FailCount(ref failures, json, member, "minProperties", "least", bound, "member", count.Value);
        }
    }

    /// <summary>JSON Schema <c>maxProperties</c> of a dictionary.</summary>
    public static void MaxProperties(ref List<ChatValidationFailure>? failures, string json, string member, int? count, int bound)
    {
        if (count > bound)
        {
            FailCount(ref failures, json, member, "maxProperties", "most", bound, "member", count.Value);
        }
    }

    /// <summary>JSON Schema <c>multipleOf</c> of an integer.</summary>
    public static void MultipleOf(ref List<ChatValidationFailure>? failures, string json, string member, long? value, long divisor, ChatElement at = default)
    {
        if (value % divisor is not (null or 0))
        {
            FailMultiple(ref failures, json, member, value!.Value, divisor, at);
        }
    }

    /// <summary>JSON Schema <c>multipleOf</c> of a decimal.</summary>
    public static void MultipleOf(ref List<ChatValidationFailure>? failures, string json, string member, decimal? value, decimal divisor, ChatElement at = default)
    {
        if (value % divisor is not (null or 0))
        {
            FailMultiple(ref failures, json, member, value!.Value, divisor, at);
        }
    }

    /// <summary>JSON Schema <c>oneOf</c> of which exactly one branch may match; <c>words</c> is what is said of another number, up to the number.</summary>
    public static void ExactlyOne(ref List<ChatValidationFailure>? failures, string words, int matches)
    {
        if (matches != 1)
        {
            Fail(ref failures, "$", "oneOf", string.Create(CultureInfo.InvariantCulture, $"{words} {matches}"));
        }
    }

    private static void FailMultiple<T>(ref List<ChatValidationFailure>? failures, string json, string member, T value, T divisor, ChatElement at)
        where T : IFormattable =>
        Add(ref failures, at.PathIn(json), "multipleOf", $"'{at.NameIn(member)}' must be a multiple of {Text(divisor)}, but is {Text(value)}");

    // The second as low as can be, as where the JSON is checked.
    private static (int First, int Second) EqualAmongFew<T>(IReadOnlyList<T> items)
    {
        for (int second = 1; second < items.Count; second++)
        {
            for (int first = 0; first < second; first++)
            {
                if (EqualityComparer<T>.Default.Equals(items[first], items[second]))
                {
                    return (first, second);
                }
            }
        }

        return (-1, -1);
    }

    private static (int First, int Second) EqualAmongMany<T>(IReadOnlyList<T> items)
    {
        // In tuples, since items may be null.
        var seen = new Dictionary<ValueTuple<T>, int>(items.Count);
        for (int index = 0; index < items.Count; index++)
        {
            if (!seen.TryAdd(ValueTuple.Create(items[index]), index))
            {
                return (seen[ValueTuple.Create(items[index])], index);
            }
        }

        return (-1, -1);
    }
}
