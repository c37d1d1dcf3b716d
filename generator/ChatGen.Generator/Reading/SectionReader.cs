using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;

namespace ChatGen.Generator.Reading;

/// <summary>Reads the members of one section of <c>x-chat</c> and reports what is missing, of a wrong type or unknown.</summary>
internal sealed class SectionReader(JsonObjectNode node, string name, DiagnosticBag diagnostics)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal) { "$comment" };

    public JsonObjectNode Node { get; } = node;

    public string Name { get; } = name;

    public DiagnosticBag Diagnostics => diagnostics;

    /// <summary>A string that must be there.</summary>
    public string String(string member, string fallback = "")
    {
        if (OptionalString(member) is { } value)
        {
            return value;
        }

        if (Node[member] is null)
        {
            ReportMissing(member);
        }

        return fallback;
    }

    public string? OptionalString(string member) => Get(member) switch
    {
        null => null,
        JsonStringNode { Value.Length: > 0 } text => text.Value,
        { } other => Wrong<string?>(other, member, "a string that is not empty"),
    };

    /// <summary>A string out of a set, which may be absent.</summary>
    public string? Choice(string member, params string[] allowed)
    {
        string? value = OptionalString(member);
        if (value is null || allowed.Contains(value, StringComparer.Ordinal))
        {
            return value;
        }

        Report(Node[member]!, $"'{Name}.{member}' must not be '{value}'; {Suggestion.For(value, allowed)}");
        return null;
    }

    public bool Boolean(string member, bool fallback) => Get(member) switch
    {
        null => fallback,
        JsonBooleanNode value => value.Value,
        { } other => Wrong(other, member, "a Boolean", fallback),
    };

    /// <summary>A number's text.</summary>
    public string Number(string member, string fallback) => Get(member) switch
    {
        null => fallback,
        JsonNumberNode value => value.Text,
        { } other => Wrong(other, member, "a number", fallback)!,
    };

    public int? Integer(string member) => Get(member) switch
    {
        null => Missing(member),
        JsonNumberNode value when NumberText.TryParseInt32(value.Text, out int number) => number,
        { } other => Wrong<int?>(other, member, "a 32-bit integer"),
    };

    /// <summary>An array of strings; empty if absent.</summary>
    public IReadOnlyList<JsonStringNode> Strings(string member) => Get(member) switch
    {
        null => [],
        JsonArrayNode array when array.Items.All(item => item is JsonStringNode) => [.. array.Items.Cast<JsonStringNode>()],
        { } other => Wrong<IReadOnlyList<JsonStringNode>>(other, member, "an array of strings", [])!,
    };

    public JsonNode? Get(string member)
    {
        _asked.Add(member);
        return Node[member];
    }

    public SectionReader? Section(string member)
    {
        SectionReader? section = OptionalSection(member);
        if (Node[member] is null)
        {
            ReportMissing(member);
        }

        return section;
    }

    public SectionReader? OptionalSection(string member) => Get(member) switch
    {
        null => null,
        JsonObjectNode section => new SectionReader(section, $"{Name}.{member}", diagnostics),
        { } other => Wrong<SectionReader?>(other, member, "an object"),
    };

    /// <summary>Every member as a section of its own.</summary>
    public IEnumerable<(JsonMember Member, SectionReader Section)> Sections()
    {
        foreach (JsonMember member in Node.Members)
        {
            if (member.Name == "$comment")
            {
                continue;
            }

            if (member.Value is JsonObjectNode section)
            {
                yield return (member, new SectionReader(section, $"{Name}.{member.Name}", diagnostics));
            }
            else
            {
                Wrong<string?>(member.Value, member.Name, "an object");
            }
        }
    }

    public void Report(JsonNode node, string message) => diagnostics.Add(Descriptors.InvalidMapping, node, message);

    /// <summary>Reports the members that nobody asked for.</summary>
    public void ReportUnknown()
    {
        foreach (JsonMember member in Node.Members.Where(member => !_asked.Contains(member.Name)))
        {
            Report(member.NameNode, $"'{Name}' has no member '{member.Name}'; {Suggestion.For(member.Name, _asked.Where(name => name != "$comment"))}");
        }
    }

    private void ReportMissing(string member) =>
        diagnostics.Add(Descriptors.InvalidMapping, Node.Source, new(Node.Span.Start, Math.Min(1, Node.Span.Length)), $"'{Name}' lacks the member '{member}'");

    private int? Missing(string member)
    {
        ReportMissing(member);
        return null;
    }

    private T? Wrong<T>(JsonNode node, string member, string expected, T? fallback = default)
    {
        Report(node, $"'{Name}.{member}' must be {expected}");
        return fallback;
    }
}
