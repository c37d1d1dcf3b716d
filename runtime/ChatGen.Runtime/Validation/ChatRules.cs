using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace ChatGen;

/// <summary>The rules of JSON Schema over values, and how they are worded. For generated code.</summary>
/// <remarks>
/// A rule does nothing on <see langword="null"/>: whether a value must be there is a rule of its own. Failures are added to the list,
/// which is made when it is needed first. <c>json</c> is the member's JSON name, <c>member</c> its C# name.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class ChatRules
{
    /// <summary>Adds a failure.</summary>
    public static void Fail(ref List<ChatValidationFailure>? failures, string path, string keyword, string message) =>
        (failures ??= []).Add(new ChatValidationFailure(path, keyword, message));

    /// <summary>A member that must have a value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void NotNull(ref List<ChatValidationFailure>? failures, string json, string member, object? value)
    {
        if (value is null)
        {
            FailNull(ref failures, json, member);
        }
    }

    /// <summary>JSON Schema <c>minimum</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Minimum(ref List<ChatValidationFailure>? failures, string json, string member, double? value, double bound, ChatElement at = default)
    {
        if (value < bound)
        {
            FailBound(ref failures, json, member, "minimum", "at least", bound, value.Value, at);
        }
    }

    /// <summary>JSON Schema <c>minimum</c> of an integer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Minimum(ref List<ChatValidationFailure>? failures, string json, string member, long? value, long bound, ChatElement at = default)
    {
        if (value < bound)
        {
            FailBound(ref failures, json, member, "minimum", "at least", bound, value.Value, at);
        }
    }

    /// <summary>JSON Schema <c>minimum</c> of an integer, by a bound that no 64-bit integer is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Minimum(ref List<ChatValidationFailure>? failures, string json, string member, long? value, decimal bound, ChatElement at = default)
    {
        if (value < bound)
        {
            FailBound(ref failures, json, member, "minimum", "at least", bound, value.Value, at);
        }
    }

    /// <summary>JSON Schema <c>maximum</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Maximum(ref List<ChatValidationFailure>? failures, string json, string member, double? value, double bound, ChatElement at = default)
    {
        if (value > bound)
        {
            FailBound(ref failures, json, member, "maximum", "at most", bound, value.Value, at);
        }
    }

    /// <summary>JSON Schema <c>maximum</c> of an integer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Maximum(ref List<ChatValidationFailure>? failures, string json, string member, long? value, long bound, ChatElement at = default)
    {
        if (value > bound)
        {
            FailBound(ref failures, json, member, "maximum", "at most", bound, value.Value, at);
        }
    }

    /// <summary>JSON Schema <c>maximum</c> of an integer, by a bound that no 64-bit integer is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Maximum(ref List<ChatValidationFailure>? failures, string json, string member, long? value, decimal bound, ChatElement at = default)
    {
        if (value > bound)
        {
            FailBound(ref failures, json, member, "maximum", "at most", bound, value.Value, at);
        }
    }

    /// <summary>JSON Schema <c>exclusiveMinimum</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ExclusiveMinimum(ref List<ChatValidationFailure>? failures, string json, string member, double? value, double bound, ChatElement at = default)
    {
        if (value <= bound)
        {
            FailBound(ref failures, json, member, "exclusiveMinimum", "above", bound, value.Value, at);
        }
    }

    /// <summary>JSON Schema <c>exclusiveMinimum</c> of an integer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ExclusiveMinimum(ref List<ChatValidationFailure>? failures, string json, string member, long? value, long bound, ChatElement at = default)
    {
        if (value <= bound)
        {
            FailBound(ref failures, json, member, "exclusiveMinimum", "above", bound, value.Value, at);
        }
    }

    /// <summary>JSON Schema <c>exclusiveMinimum</c> of an integer, by a bound that no 64-bit integer is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ExclusiveMinimum(ref List<ChatValidationFailure>? failures, string json, string member, long? value, decimal bound, ChatElement at = default)
    {
        if (value <= bound)
        {
            FailBound(ref failures, json, member, "exclusiveMinimum", "above", bound, value.Value, at);
        }
    }

    /// <summary>JSON Schema <c>exclusiveMaximum</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ExclusiveMaximum(ref List<ChatValidationFailure>? failures, string json, string member, double? value, double bound, ChatElement at = default)
    {
        if (value >= bound)
        {
            FailBound(ref failures, json, member, "exclusiveMaximum", "below", bound, value.Value, at);
        }
    }

    /// <summary>JSON Schema <c>exclusiveMaximum</c> of an integer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ExclusiveMaximum(ref List<ChatValidationFailure>? failures, string json, string member, long? value, long bound, ChatElement at = default)
    {
        if (value >= bound)
        {
            FailBound(ref failures, json, member, "exclusiveMaximum", "below", bound, value.Value, at);
        }
    }

    /// <summary>JSON Schema <c>exclusiveMaximum</c> of an integer, by a bound that no 64-bit integer is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ExclusiveMaximum(ref List<ChatValidationFailure>? failures, string json, string member, long? value, decimal bound, ChatElement at = default)
    {
        if (value >= bound)
        {
            FailBound(ref failures, json, member, "exclusiveMaximum", "below", bound, value.Value, at);
        }
    }

    /// <summary>JSON Schema <c>minLength</c>, counted in Unicode code points.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MinLength(ref List<ChatValidationFailure>? failures, string json, string member, string? value, int bound, ChatElement at = default)
    {
        // A code point has one UTF-16 code unit or two: only in between does it take counting.
        if (value is not null && value.Length < 2L * bound)
        {
            CheckMinLength(ref failures, json, member, value, bound, at);
        }
    }

    /// <summary>JSON Schema <c>maxLength</c>, counted in Unicode code points.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MaxLength(ref List<ChatValidationFailure>? failures, string json, string member, string? value, int bound, ChatElement at = default)
    {
        if (value is not null && value.Length > bound)
        {
            CheckMaxLength(ref failures, json, member, value, bound, at);
        }
    }

    /// <summary>JSON Schema <c>pattern</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pattern(ref List<ChatValidationFailure>? failures, string json, string member, string? value, ChatPattern pattern, ChatElement at = default)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (value is not null && !pattern.IsMatch(value))
        {
            FailPattern(ref failures, json, member, pattern.Text, at);
        }
    }

    /// <summary>JSON Schema <c>pattern</c> that asks for a beginning. <c>text</c> is the pattern as the schema writes it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefix(ref List<ChatValidationFailure>? failures, string json, string member, string? value, string text, string prefix, ChatElement at = default)
    {
        if (value is not null && !value.StartsWith(prefix, StringComparison.Ordinal))
        {
            FailPattern(ref failures, json, member, text, at);
        }
    }

    /// <summary>JSON Schema <c>pattern</c> that asks for one of two beginnings. <c>text</c> is the pattern as the schema writes it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefix(ref List<ChatValidationFailure>? failures, string json, string member, string? value, string text, string first, string second, ChatElement at = default)
    {
        if (value is not null && !value.StartsWith(first, StringComparison.Ordinal) && !value.StartsWith(second, StringComparison.Ordinal))
        {
            FailPattern(ref failures, json, member, text, at);
        }
    }

    /// <summary>JSON Schema <c>minItems</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MinItems(ref List<ChatValidationFailure>? failures, string json, string member, int? count, int bound)
    {
        if (count < bound)
        {
            FailCount(ref failures, json, member, "minItems", "least", bound, "item", count.Value);
        }
    }

    /// <summary>JSON Schema <c>maxItems</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MaxItems(ref List<ChatValidationFailure>? failures, string json, string member, int? count, int bound)
    {
        if (count > bound)
        {
            FailCount(ref failures, json, member, "maxItems", "most", bound, "item", count.Value);
        }
    }

    /// <summary>JSON Schema <c>format</c> of a string.</summary>
    public static void Format(ref List<ChatValidationFailure>? failures, string json, string member, string? value, ChatFormat format, ChatElement at = default)
    {
        if (value is not null && !IsOf(value, format, out string what))
        {
            FailFormat(ref failures, json, member, what, at);
        }
    }

    /// <summary>JSON Schema <c>format: uri</c> (RFC 3986): a URI is absolute, and as it is written no character stands where none of its kind may.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AbsoluteUri(ref List<ChatValidationFailure>? failures, string json, string member, Uri? value, ChatElement at = default)
    {
        if (value is not null && !IsUri(value))
        {
            FailFormat(ref failures, json, member, "an absolute URI", at);
        }
    }

    /// <summary>JSON Schema <c>enum</c> over a C# enum whose values are 0, 1, … .</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Enum(ref List<ChatValidationFailure>? failures, string json, string member, int? value, ChatJsonValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if ((uint)value.GetValueOrDefault() >= (uint)values.Count)
        {
            FailEnum(ref failures, json, member, values.Allowed);
        }
    }

    /// <summary>Puts a member in front of the paths of failures found within its value.</summary>
    public static void Within(List<ChatValidationFailure>? failures, int from, string segment)
    {
        for (int i = from; i < (failures?.Count ?? 0); i++)
        {
            failures![i] = failures[i] with { Path = string.Concat("$", segment, failures[i].Path.AsSpan(1)) };
        }
    }

    /// <summary>Puts a member and an index in front of the paths of failures found within an item.</summary>
    public static void Within(List<ChatValidationFailure>? failures, int from, string segment, int index)
    {
        if ((failures?.Count ?? 0) > from)
        {
            Within(failures, from, string.Create(CultureInfo.InvariantCulture, $"{segment}[{index}]"));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CheckMinLength(ref List<ChatValidationFailure>? failures, string json, string member, string value, int bound, ChatElement at)
    {
        if (Length(value) is int length && length < bound)
        {
            FailCount(ref failures, json, member, "minLength", "least", bound, "character", length, at);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CheckMaxLength(ref List<ChatValidationFailure>? failures, string json, string member, string value, int bound, ChatElement at)
    {
        if (Length(value) is int length && length > bound)
        {
            FailCount(ref failures, json, member, "maxLength", "most", bound, "character", length, at);
        }
    }

    // What fails is worded out of line, so that what does not fail is only its comparison where it is checked.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FailNull(ref List<ChatValidationFailure>? failures, string json, string member) =>
        Add(ref failures, json, "type", $"'{member}' must not be null");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FailBound<TValue, TBound>(ref List<ChatValidationFailure>? failures, string json, string member, string keyword, string relation, TBound bound, TValue value, ChatElement at)
        where TValue : IFormattable
        where TBound : IFormattable
    {
        // What is no number has been told so.
        if (value is not double number || double.IsFinite(number))
        {
            Add(ref failures, at.PathIn(json), keyword, $"'{at.NameIn(member)}' must be {relation} {Text(bound)}, but is {Text(value)}");
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FailCount(ref List<ChatValidationFailure>? failures, string json, string member, string keyword, string relation, int bound, string what, int count, ChatElement at = default) =>
        Add(ref failures, at.PathIn(json), keyword, string.Create(CultureInfo.InvariantCulture, $"'{at.NameIn(member)}' must have at {relation} {bound} {what}{(bound == 1 ? "" : "s")}, but has {count}"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FailPattern(ref List<ChatValidationFailure>? failures, string json, string member, string text, ChatElement at) =>
        Add(ref failures, at.PathIn(json), "pattern", $"'{at.NameIn(member)}' must match the pattern {text}");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FailFormat(ref List<ChatValidationFailure>? failures, string json, string member, string what, ChatElement at) =>
        Add(ref failures, at.PathIn(json), "format", $"'{at.NameIn(member)}' must be {what}");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FailEnum(ref List<ChatValidationFailure>? failures, string json, string member, string allowed) =>
        Add(ref failures, json, "enum", $"'{member}' must be one of {allowed}");

    private static void Add(ref List<ChatValidationFailure>? failures, string json, string keyword, string message) =>
        Fail(ref failures, "$." + json, keyword, message);

    private static bool IsOf(string value, ChatFormat format, out string what)
    {
        (bool isValid, what) = format switch
        {
            ChatFormat.Date => (ChatFormats.IsDate(value), "a date such as 2026-01-31"),
            ChatFormat.Time => (ChatFormats.IsTime(value), "a time of day with an offset such as 12:00:00Z"),
            ChatFormat.Duration => (ChatFormats.IsDuration(value), "an ISO 8601 duration such as PT1H30M"),
            ChatFormat.Email => (ChatFormats.IsEmail(value), "an e-mail address"),
            ChatFormat.Hostname => (ChatFormats.IsHostname(value), "a host name"),
            ChatFormat.Ipv4 => (ChatFormats.IsIpv4(value), "an IPv4 address"),
            ChatFormat.Ipv6 => (ChatFormats.IsIpv6(value), "an IPv6 address"),
            ChatFormat.UriReference => (ChatFormats.IsUriReference(value), "a URI reference"),
            ChatFormat.Iri => (ChatFormats.IsIri(value), "an absolute IRI"),
            ChatFormat.IriReference => (ChatFormats.IsIriReference(value), "an IRI reference"),
            ChatFormat.JsonPointer => (ChatFormats.IsJsonPointer(value), "a JSON pointer"),
            ChatFormat.RelativeJsonPointer => (ChatFormats.IsRelativeJsonPointer(value), "a relative JSON pointer"),
            ChatFormat.UriTemplate => (ChatFormats.IsUriTemplate(value), "a URI template"),
            ChatFormat.Regex => (ChatFormats.IsRegex(value), "a regular expression of ECMA-262"),
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        };
        return isValid;
    }

    private static int Length(string value)
    {
        int length = 0;
        foreach (Rune _ in value.EnumerateRunes())
        {
            length++;
        }

        return length;
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
