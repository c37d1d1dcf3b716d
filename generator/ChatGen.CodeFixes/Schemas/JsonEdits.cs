using ChatGen.Generator.Documents;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.CodeFixes.Schemas;

/// <summary>Changes of a JSON text that leave all the rest as it is, to the byte, and are laid out like it.</summary>
internal static class JsonEdits
{
    /// <summary>Sets a member, and makes the objects that lead to it; null if something else than an object is in the way.</summary>
    /// <param name="root">The document.</param>
    /// <param name="path">The names that lead to the member.</param>
    /// <param name="json">Its value.</param>
    public static TextChange? Set(JsonObjectNode root, IReadOnlyList<string> path, string json)
    {
        JsonObjectNode parent = root;
        for (int i = 0; i < path.Count; i++)
        {
            if (parent.Find(path[i]) is not { } member)
            {
                return Add(new JsonStyle(root), parent, [.. path.Skip(i)], json);
            }

            if (i == path.Count - 1)
            {
                return new TextChange(member.Value.Span, json);
            }

            if (member.Value is not JsonObjectNode next)
            {
                return null;
            }

            parent = next;
        }

        return null;
    }

    /// <summary>Puts an item behind those of an array.</summary>
    public static TextChange Append(JsonObjectNode root, JsonArrayNode array, string json)
    {
        if (array.Items.Count == 0)
        {
            return new TextChange(array.Span, $"[{json}]");
        }

        var style = new JsonStyle(root);
        JsonNode last = array.Items[array.Items.Count - 1];
        int before = array.Items.Count == 1 ? array.Span.Start : array.Items[array.Items.Count - 2].Span.End;
        string blank = style.HasLineBreak(before, last.Span.Start) ? style.EndOfLine + style.IndentOf(last.Span.Start) : style.Space;
        return new TextChange(new TextSpan(last.Span.End, 0), "," + blank + json);
    }

    private static TextChange Add(JsonStyle style, JsonObjectNode parent, IReadOnlyList<string> path, string json)
    {
        var inside = TextSpan.FromBounds(parent.Span.Start + 1, parent.Span.End - 1);
        if (parent.Members.Count == 0)
        {
            if (!style.HasLines)
            {
                return new TextChange(inside, style.Space + style.Member(path, json, "", hasLines: false) + style.Space);
            }

            string outer = style.IndentOf(parent.Span.Start);
            return new TextChange(inside, style.EndOfLine + outer + style.Unit + style.Member(path, json, outer + style.Unit, hasLines: true) + style.EndOfLine + outer);
        }

        JsonMember first = parent.Members[0];
        JsonMember last = parent.Members[parent.Members.Count - 1];
        bool hasLines = style.HasLineBreak(parent.Span.Start, first.NameNode.Span.Start);
        string indent = style.IndentOf(first.NameNode.Span.Start);
        string blank = hasLines ? style.EndOfLine + indent : style.Space;
        return new TextChange(new TextSpan(last.Value.Span.End, 0), "," + blank + style.Member(path, json, indent, hasLines));
    }
}
