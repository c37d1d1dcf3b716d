namespace ChatGen;

/// <content>Bounds of decimals.</content>
public static partial class ChatRules
{
    /// <summary>JSON Schema <c>minimum</c> of a decimal.</summary>
    public static void Minimum(ref List<ChatValidationFailure>? failures, string json, string member, decimal? value, decimal bound)
    {
        if (value < bound)
        {
            Add(ref failures, json, "minimum", $"'{member}' must be at least {Text(bound)}, but is {Text(value.Value)}");
        }
    }

    /// <summary>JSON Schema <c>maximum</c> of a decimal.</summary>
    public static void Maximum(ref List<ChatValidationFailure>? failures, string json, string member, decimal? value, decimal bound)
    {
        if (value > bound)
        {
            Add(ref failures, json, "maximum", $"'{member}' must be at most {Text(bound)}, but is {Text(value.Value)}");
        }
    }

    /// <summary>JSON Schema <c>exclusiveMinimum</c> of a decimal.</summary>
    public static void ExclusiveMinimum(ref List<ChatValidationFailure>? failures, string json, string member, decimal? value, decimal bound)
    {
        if (value <= bound)
        {
            Add(ref failures, json, "exclusiveMinimum", $"'{member}' must be above {Text(bound)}, but is {Text(value.Value)}");
        }
    }

    /// <summary>JSON Schema <c>exclusiveMaximum</c> of a decimal.</summary>
    public static void ExclusiveMaximum(ref List<ChatValidationFailure>? failures, string json, string member, decimal? value, decimal bound)
    {
        if (value >= bound)
        {
            Add(ref failures, json, "exclusiveMaximum", $"'{member}' must be below {Text(bound)}, but is {Text(value.Value)}");
        }
    }
}
