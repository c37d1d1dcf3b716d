namespace ChatGen;

/// <content>Bounds of decimals.</content>
public static partial class ChatRules
{
    /// <summary>JSON Schema <c>minimum</c> of a decimal.</summary>
    public static void Minimum(ref List<ChatValidationFailure>? failures, string json, string member, decimal? value, decimal bound, ChatElement at = default)
    {
        if (value < bound)
        {
            FailBound(ref failures, json, member, "minimum", "at least", bound, value.Value, at);
        }
    }

    /// <summary>JSON Schema <c>maximum</c> of a decimal.</summary>
    public static void Maximum(ref List<ChatValidationFailure>? failures, string json, string member, decimal? value, decimal bound, ChatElement at = default)
    {
        if (value > bound)
        {
            FailBound(ref failures, json, member, "maximum", "at most", bound, value.Value, at);
        }
    }

    /// <summary>JSON Schema <c>exclusiveMinimum</c> of a decimal.</summary>
    public static void ExclusiveMinimum(ref List<ChatValidationFailure>? failures, string json, string member, decimal? value, decimal bound, ChatElement at = default)
    {
        if (value <= bound)
        {
            FailBound(ref failures, json, member, "exclusiveMinimum", "above", bound, value.Value, at);
        }
    }

    /// <summary>JSON Schema <c>exclusiveMaximum</c> of a decimal.</summary>
    public static void ExclusiveMaximum(ref List<ChatValidationFailure>? failures, string json, string member, decimal? value, decimal bound, ChatElement at = default)
    {
        if (value >= bound)
        {
            FailBound(ref failures, json, member, "exclusiveMaximum", "below", bound, value.Value, at);
        }
    }
}
