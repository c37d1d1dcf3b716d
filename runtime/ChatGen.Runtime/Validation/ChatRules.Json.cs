using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ChatGen;

/// <content>Rules that need more than one value.</content>
public static partial class ChatRules
{
    // In an address of the web that System.Uri takes to be absolute, each of these may stand wherever it does.
    private static readonly SearchValues<char> s_plainUriCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/:?=&!$'()*+,;");

    /// <summary>A number that JSON can hold.</summary>
    public static void Finite(ref List<ChatValidationFailure>? failures, string json, string member, double? value)
    {
        if (value is { } number && !double.IsFinite(number))
        {
            Add(ref failures, json, "type", $"'{member}' must be a number, but is {Text(number)}");
        }
    }

    /// <summary>Items that JSON can hold.</summary>
    public static void FiniteItems(ref List<ChatValidationFailure>? failures, string json, string member, IReadOnlyList<double>? items)
    {
        for (int i = 0; i < (items?.Count ?? 0); i++)
        {
            FiniteItem(ref failures, json, member, i, items![i]);
        }
    }

    /// <summary>Items that JSON can hold.</summary>
    public static void FiniteItems(ref List<ChatValidationFailure>? failures, string json, string member, IReadOnlyList<double?>? items)
    {
        for (int i = 0; i < (items?.Count ?? 0); i++)
        {
            FiniteItem(ref failures, json, member, i, items![i]);
        }
    }

    /// <summary>Values of a dictionary that JSON can hold.</summary>
    public static void FiniteItems(ref List<ChatValidationFailure>? failures, string json, string member, Dictionary<string, double>? values)
    {
        if (values is null)
        {
            return;
        }

        foreach ((string key, double value) in values)
        {
            FiniteItem(ref failures, json, member, key, value);
        }
    }

    /// <summary>Values of a dictionary that JSON can hold.</summary>
    public static void FiniteItems(ref List<ChatValidationFailure>? failures, string json, string member, Dictionary<string, double?>? values)
    {
        if (values is null)
        {
            return;
        }

        foreach ((string key, double? value) in values)
        {
            FiniteItem(ref failures, json, member, key, value);
        }
    }

    /// <summary>The items of an array of which none may be <c>null</c>.</summary>
    public static void NoNulls<T>(ref List<ChatValidationFailure>? failures, string json, string member, IReadOnlyList<T>? items)
        where T : class
    {
        for (int i = 0; i < (items?.Count ?? 0); i++)
        {
            if (items![i] is null)
            {
                Add(ref failures, $"{json}[{i}]", "type", $"'{member}[{i}]' must not be null");
            }
        }
    }

    /// <summary>The values of a dictionary of which none may be <c>null</c>.</summary>
    public static void NoNullValues<T>(ref List<ChatValidationFailure>? failures, string json, string member, Dictionary<string, T>? values)
        where T : class
    {
        if (values is null)
        {
            return;
        }

        foreach ((string key, T value) in values)
        {
            if (value is null)
            {
                Add(ref failures, $"{json}.{key}", "type", $"'{member}.{key}' must not be null");
            }
        }
    }

    /// <summary>Puts a member and a key in front of the paths of failures found within a value of a dictionary.</summary>
    public static void Within(List<ChatValidationFailure>? failures, int from, string segment, string key)
    {
        if ((failures?.Count ?? 0) > from)
        {
            Within(failures, from, $"{segment}.{key}");
        }
    }

    /// <summary>What only the JSON of a value shows. A rule that is known to be broken is not reported twice, and a value that has no JSON is not looked at.</summary>
    /// <param name="failures">Takes the failures.</param>
    /// <param name="before">How many failures there were before the value was looked at.</param>
    /// <param name="value">The value.</param>
    /// <param name="write">Writes the members of the value.</param>
    /// <param name="rules">Checks the JSON.</param>
    /// <param name="unsettable">Mandatory members that only the backend sets, so that they are not there yet; by their C# names.</param>
    public static void Json<T>(
        ref List<ChatValidationFailure>? failures, int before, T value, ChatJsonWriter<T> write, ChatJsonRules rules, params string[] unsettable)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ReadOnlySpan<ChatValidationFailure> own = CollectionsMarshal.AsSpan(failures)[before..];
        foreach (ChatValidationFailure failure in own)
        {
            if (HasNoJson(failure))
            {
                return;
            }
        }

        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            using var writer = new Utf8JsonWriter(buffer);
            ChatJson.WriteValue(writer, value, write);
        }
        catch (ArgumentException)
        {
            // A value of an enum that is none of its members, or a number that is none.
            if (!own.ToArray().Any(failure => failure.Keyword == "enum"))
            {
                Fail(ref failures, "$", "type", $"'{typeof(T).Name}' holds a value that has no JSON");
            }

            return;
        }

        using JsonDocument document = JsonDocument.Parse(buffer.WrittenMemory);
        List<ChatValidationFailure>? found = null;
        rules(document.RootElement, ref found);
        int ownCount = own.Length;
        foreach (ChatValidationFailure failure in found ?? [])
        {
            if (!IsKnown(CollectionsMarshal.AsSpan(failures)[before..], failure) && !IsUnsettable(failure, unsettable)
                && !IsExplained(CollectionsMarshal.AsSpan(failures).Slice(before, ownCount), failure))
            {
                (failures ??= []).Add(failure);
            }
        }
    }

    private static void FiniteItem<TKey>(ref List<ChatValidationFailure>? failures, string json, string member, TKey key, double? value)
    {
        if (value is { } number && !double.IsFinite(number))
        {
            string segment = key is int index ? string.Create(CultureInfo.InvariantCulture, $"[{index}]") : $".{key}";
            Add(ref failures, json + segment, "type", $"'{member}{segment}' must be a number, but is {Text(number)}");
        }
    }

    private static bool IsUri(Uri value) =>
        value.IsAbsoluteUri
        && ((value.Scheme is "https" or "http" && !value.OriginalString.AsSpan().ContainsAnyExcept(s_plainUriCharacters)) || ChatFormats.IsUri(value.OriginalString));

    private static bool IsKnown(ReadOnlySpan<ChatValidationFailure> failures, ChatValidationFailure failure)
    {
        foreach (ChatValidationFailure known in failures)
        {
            // What is within has told of all its members.
            if (known.Path == failure.Path && known.Keyword == failure.Keyword && !(failure.Path == "$" && TellsOfMember(failure)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether what a choice is made for is known to break a rule of its own, which says more.</summary>
    private static bool IsExplained(ReadOnlySpan<ChatValidationFailure> own, ChatValidationFailure failure)
    {
        if (failure.Path == "$" || failure.Keyword is not ("anyOf" or "oneOf"))
        {
            return false;
        }

        foreach (ChatValidationFailure known in own)
        {
            if (known.Path.StartsWith(failure.Path, StringComparison.Ordinal) && (known.Path.Length == failure.Path.Length || known.Path[failure.Path.Length] is '.' or '['))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a failure is of a C# value that has no JSON; what the JSON of another value shows has words of its own.</summary>
    private static bool HasNoJson(ChatValidationFailure failure) => failure.Keyword == "type"
        && (failure.Message.EndsWith("must not be null", StringComparison.Ordinal) || failure.Message.EndsWith("has no JSON", StringComparison.Ordinal)
            || failure.Message.EndsWith("NaN", StringComparison.Ordinal) || failure.Message.EndsWith("Infinity", StringComparison.Ordinal));

    /// <summary>Whether there can be several failures of a keyword at one place: one for each member that is missing.</summary>
    private static bool TellsOfMember(ChatValidationFailure failure) => failure.Keyword is "required" or "dependentRequired" or "dependencies";

    private static bool IsUnsettable(ChatValidationFailure failure, ReadOnlySpan<string> unsettable)
    {
        foreach (string name in unsettable)
        {
            if (failure is { Path: "$", Keyword: "required" } && failure.Message == $"'{name}' is missing")
            {
                return true;
            }
        }

        return false;
    }
}
