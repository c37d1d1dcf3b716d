using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Generator.Documents;

/// <summary>A JSON value that knows where it stands.</summary>
internal abstract class JsonNode(SchemaText source, TextSpan span)
{
    /// <summary>The file it stands in.</summary>
    public SchemaText Source { get; } = source;

    /// <summary>From its first character to behind its last.</summary>
    public TextSpan Span { get; } = span;
}

/// <summary>An object. Members keep their order; a name stands once.</summary>
internal sealed class JsonObjectNode(SchemaText source, TextSpan span, IReadOnlyList<JsonMember> members) : JsonNode(source, span)
{
    private readonly Dictionary<string, JsonMember> _byName = members.ToDictionary(member => member.Name, StringComparer.Ordinal);

    public IReadOnlyList<JsonMember> Members { get; } = members;

    /// <summary>Whether there may be members that are not known.</summary>
    public bool IsOpen { get; init; }

    public JsonNode? this[string name] => _byName.TryGetValue(name, out JsonMember? member) ? member.Value : null;

    public JsonMember? Find(string name) => _byName.TryGetValue(name, out JsonMember? member) ? member : null;
}

/// <summary>A member of an object.</summary>
internal sealed class JsonMember(string name, JsonStringNode nameNode, JsonNode value)
{
    public string Name { get; } = name;

    public JsonStringNode NameNode { get; } = nameNode;

    public JsonNode Value { get; } = value;
}

/// <summary>An array.</summary>
internal sealed class JsonArrayNode(SchemaText source, TextSpan span, IReadOnlyList<JsonNode> items) : JsonNode(source, span)
{
    public IReadOnlyList<JsonNode> Items { get; } = items;

    /// <summary>Whether there may be more items behind those that are known.</summary>
    public bool IsOpen { get; init; }
}

/// <summary>A string.</summary>
internal sealed class JsonStringNode(SchemaText source, TextSpan span, string value) : JsonNode(source, span)
{
    public string Value { get; } = value;
}

/// <summary>A number, as it is written, so that no digit is lost.</summary>
internal sealed class JsonNumberNode(SchemaText source, TextSpan span, string text) : JsonNode(source, span)
{
    public string Text { get; } = text;
}

/// <summary>A Boolean.</summary>
internal sealed class JsonBooleanNode(SchemaText source, TextSpan span, bool value) : JsonNode(source, span)
{
    public bool Value { get; } = value;
}

/// <summary>The value <c>null</c>.</summary>
internal sealed class JsonNullNode(SchemaText source, TextSpan span) : JsonNode(source, span);

/// <summary>A value that is not known, such as that of a variable.</summary>
internal sealed class JsonUnknownNode(SchemaText source, TextSpan span, bool mayBeAbsent) : JsonNode(source, span)
{
    /// <summary>Whether there may be no value at all.</summary>
    public bool MayBeAbsent { get; } = mayBeAbsent;
}
