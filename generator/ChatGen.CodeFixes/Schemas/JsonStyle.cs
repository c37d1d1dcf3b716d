using System.Text;
using ChatGen.Generator.Documents;

namespace ChatGen.CodeFixes.Schemas;

/// <summary>How a JSON file is laid out, as far as its own text shows it.</summary>
internal sealed class JsonStyle
{
    private readonly string _text;

    public JsonStyle(JsonObjectNode root)
    {
        _text = root.Source.Text;
        EndOfLine = _text.Contains("\r\n") ? "\r\n" : "\n";
        JsonMember? first = root.Members.Count > 0 ? root.Members[0] : null;
        HasLines = first is null ? _text.Contains('\n') : HasLineBreak(root.Span.Start, first.NameNode.Span.Start);
        Unit = first is not null && HasLines && IndentOf(first.NameNode.Span.Start) is { Length: > 0 } indent ? indent : "  ";
        Space = first is null || first.Value.Span.Start > first.NameNode.Span.End + 1 ? " " : "";
    }

    public string EndOfLine { get; }

    /// <summary>One level of indentation.</summary>
    public string Unit { get; }

    /// <summary>What stands behind colons and commas, and within braces on one line.</summary>
    public string Space { get; }

    /// <summary>Whether members have lines of their own.</summary>
    public bool HasLines { get; }

    /// <summary>A string as JSON, as people write it.</summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder("\"");
        foreach (char character in value)
        {
            text.Append(character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' or (>= '\ud800' and <= '\udfff') => "\\u" + ((int)character).ToString("x4", System.Globalization.CultureInfo.InvariantCulture),
                _ => character.ToString(),
            });
        }

        return text.Append('"').ToString();
    }

    public bool HasLineBreak(int start, int end) => _text.IndexOf('\n', start, end - start) >= 0;

    /// <summary>The blanks at the beginning of a line.</summary>
    public string IndentOf(int position)
    {
        int start = position == 0 ? 0 : _text.LastIndexOf('\n', position - 1) + 1;
        int end = start;
        while (end < _text.Length && _text[end] is ' ' or '\t')
        {
            end++;
        }

        return _text.Substring(start, end - start);
    }

    /// <summary>A member whose value lies so deep: on lines where the file has lines, but the innermost object on one.</summary>
    public string Member(IReadOnlyList<string> path, string json, string indent, bool hasLines)
    {
        string value = path.Count == 1 ? json
            : !hasLines || path.Count == 2 ? $"{{{Space}{Member([.. path.Skip(1)], json, indent, hasLines: false)}{Space}}}"
            : $"{{{EndOfLine}{indent}{Unit}{Member([.. path.Skip(1)], json, indent + Unit, hasLines)}{EndOfLine}{indent}}}";
        return $"{Quote(path[0])}:{Space}{value}";
    }
}
