using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ChatGen;

/// <summary>The rules of JSON Schema over values, and how they are worded. For generated code.</summary>
/// <remarks>
/// A rule does nothing on <see langword="null"/>: whether a value must be there is a rule of its own. Failures are added to the list,
/// which is made when it is needed first. <c>json</c> is the member's JSON name, <c>member</c> its C# name.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class ChatRules
{
    private static readonly TimeSpan s_patternTimeout = TimeSpan.FromMilliseconds(100);

    /// <summary>A pattern, translated to .NET, as generated code holds it: culture-invariant, and bounded in time since schema and value may be hostile.</summary>
    public static Regex CompilePattern(string pattern) => new(pattern, RegexOptions.CultureInvariant, s_patternTimeout);

    /// <summary>Adds a failure.</summary>
    public static void Fail(ref List<ChatValidationFailure>? failures, string path, string keyword, string message) =>
        (failures ??= []).Add(new ChatValidationFailure(path, keyword, message));

    /// <summary>A member that must have a value.</summary>
    public static void NotNull(ref List<ChatValidationFailure>? failures, string json, string member, object? value)
    {
        if (value is null)
        {
            Add(ref failures, json, "type", $"'{member}' must not be null");
        }
    }

    /// <summary>JSON Schema <c>minimum</c>.</summary>
    public static void Minimum(ref List<ChatValidationFailure>? failures, string json, string member, double? value, double bound)
    {
        if (value < bound)
        {
            Add(ref failures, json, "minimum", $"'{member}' must be at least {Text(bound)}, but is {Text(value.Value)}");
        }
    }

    /// <summary>JSON Schema <c>minimum</c> of an integer.</summary>
    public static void Minimum(ref List<ChatValidationFailure>? failures, string json, string member, long? value, decimal bound)
    {
        if (value < bound)
        {
            Add(ref failures, json, "minimum", $"'{member}' must be at least {Text(bound)}, but is {Text(value.Value)}");
        }
    }

    /// <summary>JSON Schema <c>maximum</c>.</summary>
    public static void Maximum(ref List<ChatValidationFailure>? failures, string json, string member, double? value, double bound)
    {
        if (value > bound)
        {
            Add(ref failures, json, "maximum", $"'{member}' must be at most {Text(bound)}, but is {Text(value.Value)}");
        }
    }

    /// <summary>JSON Schema <c>maximum</c> of an integer.</summary>
    public static void Maximum(ref List<ChatValidationFailure>? failures, string json, string member, long? value, decimal bound)
    {
        if (value > bound)
        {
            Add(ref failures, json, "maximum", $"'{member}' must be at most {Text(bound)}, but is {Text(value.Value)}");
        }
    }

    /// <summary>JSON Schema <c>exclusiveMinimum</c>.</summary>
    public static void ExclusiveMinimum(ref List<ChatValidationFailure>? failures, string json, string member, double? value, double bound)
    {
        if (value <= bound)
        {
            Add(ref failures, json, "exclusiveMinimum", $"'{member}' must be above {Text(bound)}, but is {Text(value.Value)}");
        }
    }

    /// <summary>JSON Schema <c>exclusiveMinimum</c> of an integer.</summary>
    public static void ExclusiveMinimum(ref List<ChatValidationFailure>? failures, string json, string member, long? value, decimal bound)
    {
        if (value <= bound)
        {
            Add(ref failures, json, "exclusiveMinimum", $"'{member}' must be above {Text(bound)}, but is {Text(value.Value)}");
        }
    }

    /// <summary>JSON Schema <c>exclusiveMaximum</c>.</summary>
    public static void ExclusiveMaximum(ref List<ChatValidationFailure>? failures, string json, string member, double? value, double bound)
    {
        if (value >= bound)
        {
            Add(ref failures, json, "exclusiveMaximum", $"'{member}' must be below {Text(bound)}, but is {Text(value.Value)}");
        }
    }

    /// <summary>JSON Schema <c>exclusiveMaximum</c> of an integer.</summary>
    public static void ExclusiveMaximum(ref List<ChatValidationFailure>? failures, string json, string member, long? value, decimal bound)
    {
        if (value >= bound)
        {
            Add(ref failures, json, "exclusiveMaximum", $"'{member}' must be below {Text(bound)}, but is {Text(value.Value)}");
        }
    }

    /// <summary>JSON Schema <c>minLength</c>, counted in Unicode code points.</summary>
    public static void MinLength(ref List<ChatValidationFailure>? failures, string json, string member, string? value, int bound)
    {
        if (value is not null && Length(value) is int length && length < bound)
        {
            Add(ref failures, json, "minLength", $"'{member}' must have at least {Count(bound, "character")}, but has {length}");
        }
    }

    /// <summary>JSON Schema <c>maxLength</c>, counted in Unicode code points.</summary>
    public static void MaxLength(ref List<ChatValidationFailure>? failures, string json, string member, string? value, int bound)
    {
        if (value is not null && Length(value) is int length && length > bound)
        {
            Add(ref failures, json, "maxLength", $"'{member}' must have at most {Count(bound, "character")}, but has {length}");
        }
    }

    /// <summary>JSON Schema <c>pattern</c>. A value that takes too long to match counts as not matching. <c>text</c> is the pattern as the schema writes it.</summary>
    public static void Pattern(ref List<ChatValidationFailure>? failures, string json, string member, string? value, Regex pattern, string text)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (value is not null && !IsMatch(pattern, value))
        {
            Add(ref failures, json, "pattern", $"'{member}' must match the pattern {text}");
        }
    }

    /// <summary>JSON Schema <c>minItems</c>.</summary>
    public static void MinItems(ref List<ChatValidationFailure>? failures, string json, string member, int? count, int bound)
    {
        if (count < bound)
        {
            Add(ref failures, json, "minItems", $"'{member}' must have at least {Count(bound, "item")}, but has {count}");
        }
    }

    /// <summary>JSON Schema <c>maxItems</c>.</summary>
    public static void MaxItems(ref List<ChatValidationFailure>? failures, string json, string member, int? count, int bound)
    {
        if (count > bound)
        {
            Add(ref failures, json, "maxItems", $"'{member}' must have at most {Count(bound, "item")}, but has {count}");
        }
    }

    /// <summary>JSON Schema <c>format</c> of a string.</summary>
    public static void Format(ref List<ChatValidationFailure>? failures, string json, string member, string? value, ChatFormat format)
    {
        if (value is not null && !IsOf(value, format, out string what))
        {
            Add(ref failures, json, "format", $"'{member}' must be {what}");
        }
    }

    /// <summary>JSON Schema <c>format: uri</c> (RFC 3986): a URI is absolute.</summary>
    public static void AbsoluteUri(ref List<ChatValidationFailure>? failures, string json, string member, Uri? value)
    {
        if (value is { IsAbsoluteUri: false })
        {
            Add(ref failures, json, "format", $"'{member}' must be an absolute URI");
        }
    }

    /// <summary>JSON Schema <c>enum</c> over a C# enum whose values are 0, 1, … .</summary>
    public static void Enum(ref List<ChatValidationFailure>? failures, string json, string member, int? value, int count, string allowed)
    {
        if (value < 0 || value >= count)
        {
            Add(ref failures, json, "enum", $"'{member}' must be one of {allowed}");
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

    private static void Add(ref List<ChatValidationFailure>? failures, string json, string keyword, string message) =>
        Fail(ref failures, "$." + json, keyword, message);

    private static bool IsMatch(Regex pattern, string value)
    {
        try
        {
            return pattern.IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

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

    private static string Count(int number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
