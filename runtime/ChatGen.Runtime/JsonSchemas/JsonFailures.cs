using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ChatGen.JsonSchemas;

/// <summary>
/// The failures of one validation, and where in the instance it is. For generated code. Not thread-safe; one validation owns it.
/// </summary>
/// <remarks>
/// Emitted validators take it or <see langword="null"/>. With <see langword="null"/> they stop at the first failure and return <see langword="false"/>; else they go
/// on, always return <see langword="true"/>, and whether the instance is valid shows from what has been added. So every check is <c>broken &amp;&amp; Add(…)</c>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class JsonFailures
{
    private readonly List<(string? Name, int Index)> _segments = [];
    private readonly HashSet<ChatValidationFailure> _known = [];
    private readonly List<ChatValidationFailure> _failures = [];

    private readonly ChatMemberNames? _names;

    private JsonFailures(ChatMemberNames? names) => _names = names;

    /// <summary>Adds every failure of an instance. Never throws: what has no verdict is a failure.</summary>
    /// <param name="method">The method of the schema: instance, depth, where failures go.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="failures">Takes the failures; a list is made when it is needed first.</param>
    /// <param name="names">How the instance and its members are called in messages; <see langword="null"/> for their names in JSON.</param>
    /// <remarks>A valid instance, which is the usual one, costs what failing fast costs: paths and messages are the business of a second walk.</remarks>
    public static void Collect(Func<JsonElement, int, JsonFailures?, bool> method, JsonElement instance, ref List<ChatValidationFailure>? failures, ChatMemberNames? names = null)
    {
        ArgumentNullException.ThrowIfNull(method);
        if (IsValid(method, instance))
        {
            return;
        }

        var found = new JsonFailures(names);
        try
        {
            method(instance, 0, found);
        }
        catch (JsonValidationDepthException exception)
        {
            found._segments.Clear();
            found.Report("depth", exception.Message);
        }

        if (found._failures.Count > 0)
        {
            (failures ??= []).AddRange(found._failures);
        }
    }

    /// <summary>A broken keyword. Returns whether to stop.</summary>
    /// <param name="failures">Where it goes; <see langword="null"/> to stop.</param>
    /// <param name="keyword">The keyword.</param>
    /// <param name="words">What is said of the value.</param>
    public static bool Add(JsonFailures? failures, string keyword, string words)
    {
        failures?.ReportOfValue(keyword, words);
        return failures is null;
    }

    /// <summary>A broken keyword that counts. Returns whether to stop.</summary>
    /// <param name="failures">Where it goes; <see langword="null"/> to stop.</param>
    /// <param name="keyword">The keyword.</param>
    /// <param name="words">What is said of the value, up to the count.</param>
    /// <param name="count">What was counted.</param>
    public static bool Add(JsonFailures? failures, string keyword, string words, int count)
    {
        failures?.ReportOfValue(keyword, string.Create(CultureInfo.InvariantCulture, $"{words} {count}"));
        return failures is null;
    }

    /// <summary>A broken keyword of which the value tells. Returns whether to stop.</summary>
    /// <param name="failures">Where it goes; <see langword="null"/> to stop.</param>
    /// <param name="keyword">The keyword.</param>
    /// <param name="words">What is said of the value, up to what it is.</param>
    /// <param name="instance">The value.</param>
    public static bool Add(JsonFailures? failures, string keyword, string words, JsonElement instance)
    {
        failures?.ReportOfValue(keyword, words + " " + Describe(instance));
        return failures is null;
    }

    /// <summary>A member that is missing. Returns whether to stop.</summary>
    /// <param name="failures">Where it goes; <see langword="null"/> to stop.</param>
    /// <param name="name">The member.</param>
    public static bool AddMissing(JsonFailures? failures, string name)
    {
        failures?.Report("required", $"'{failures.NameOf(name)}' is missing");
        return failures is null;
    }

    /// <summary>A member that another one needs and that is missing. Returns whether to stop.</summary>
    /// <param name="failures">Where it goes; <see langword="null"/> to stop.</param>
    /// <param name="keyword">The keyword.</param>
    /// <param name="name">The member that is there.</param>
    /// <param name="needed">The member that is missing.</param>
    public static bool AddMissing(JsonFailures? failures, string keyword, string name, string needed)
    {
        failures?.Report(keyword, $"'{failures.NameOf(name)}' needs '{failures.NameOf(needed)}'");
        return failures is null;
    }

    /// <summary>A broken <c>uniqueItems</c>. Returns whether to stop.</summary>
    /// <param name="failures">Where it goes; <see langword="null"/> to stop.</param>
    /// <param name="words">What is said of the array, up to the items.</param>
    /// <param name="array">The array, which has equal items.</param>
    public static bool AddEqualItems(JsonFailures? failures, string words, JsonElement array)
    {
        if (failures is not null)
        {
            (int first, int second) = JsonEquality.FirstEqualItems(array);
            failures.ReportOfValue("uniqueItems", string.Create(CultureInfo.InvariantCulture, $"{words} {first} and {second}"));
        }

        return failures is null;
    }

    /// <summary>Checks <c>pattern</c>. Returns whether to stop.</summary>
    /// <param name="failures">Where a failure goes; <see langword="null"/> to stop.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="value">The string.</param>
    /// <param name="words">What is said of a string that does not match.</param>
    /// <exception cref="RegexMatchTimeoutException">Matching takes too long and <paramref name="failures"/> is <see langword="null"/>.</exception>
    public static bool Mismatches(JsonFailures? failures, JsonPattern pattern, string value, string words)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        try
        {
            return !pattern.IsMatch(value) && Add(failures, "pattern", words);
        }
        catch (RegexMatchTimeoutException) when (failures is not null)
        {
            failures.TookTooLong("pattern");
            return false;
        }
    }

    /// <summary>Whether a member's name matches a pattern of <c>patternProperties</c>; one that takes too long is a failure.</summary>
    /// <param name="failures">Where a failure goes, or <see langword="null"/>.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="RegexMatchTimeoutException">Matching takes too long and <paramref name="failures"/> is <see langword="null"/>.</exception>
    public static bool NameMatches(JsonFailures? failures, JsonPattern pattern, string name)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        try
        {
            return pattern.IsMatch(name);
        }
        catch (RegexMatchTimeoutException) when (failures is not null)
        {
            failures.TookTooLong("patternProperties");
            return false;
        }
    }

    /// <summary>A keyword that has no verdict, since a pattern within it takes too long to match.</summary>
    /// <param name="keyword">The keyword.</param>
    public void TookTooLong(string keyword) => ReportOfValue(keyword, "took too long to check");

    /// <summary>Enters a member.</summary>
    /// <param name="name">Its name.</param>
    public void Enter(string name) => _segments.Add((name, 0));

    /// <summary>Enters a member.</summary>
    /// <param name="property">The member.</param>
    public void Enter(JsonProperty property) => Enter(JsonStrings.Name(property));

    /// <summary>Enters an item.</summary>
    /// <param name="index">Its index from 0.</param>
    public void Enter(int index) => _segments.Add((null, index));

    /// <summary>Leaves the member or item that was entered last.</summary>
    public void Leave() => _segments.RemoveAt(_segments.Count - 1);

    private static bool IsValid(Func<JsonElement, int, JsonFailures?, bool> method, JsonElement instance)
    {
        try
        {
            return method(instance, 0, null);
        }
        catch (Exception exception) when (exception is RegexMatchTimeoutException or JsonValidationDepthException)
        {
            return false;
        }
    }

    private static string Describe(JsonElement instance) => instance.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.True or JsonValueKind.False => "a Boolean",
        JsonValueKind.Null => "null",
        JsonValueKind.Undefined => "not there",
        _ => Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(instance)),
    };

    private void ReportOfValue(string keyword, string words) => Report(keyword, Subject() + " " + words);

    private void Report(string keyword, string message)
    {
        var failure = new ChatValidationFailure(Text(0), keyword, message);
        if (_known.Add(failure))
        {
            _failures.Add(failure);
        }
    }

    /// <summary>How a member of the value that was entered last is called.</summary>
    private string NameOf(string member) => _segments.Count == 0 ? MemberOf(member) : member;

    private string MemberOf(string name) => _names?.Of(name) ?? name;

    /// <summary>A member by its name, an item by the name of its array and its index.</summary>
    private string Subject()
    {
        if (_segments.Count == 0)
        {
            return _names is null ? "The value" : $"'{_names.Type}'";
        }

        int from = _segments.FindLastIndex(segment => segment.Name is not null);
        return from < 0 ? $"'{Text(0).AsSpan(1)}'" : $"'{(from == 0 ? MemberOf(_segments[0].Name!) : _segments[from].Name)}{Text(from + 1).AsSpan(1)}'";
    }

    /// <summary>The path from one segment on, behind <c>$</c>; composed as <see cref="ChatRules.Within(List{ChatValidationFailure}?, int, string)"/> does.</summary>
    private string Text(int from)
    {
        var path = new StringBuilder("$");
        for (int i = from; i < _segments.Count; i++)
        {
            (string? name, int index) = _segments[i];
            _ = name is null ? path.Append(CultureInfo.InvariantCulture, $"[{index}]") : path.Append('.').Append(name);
        }

        return path.ToString();
    }
}
