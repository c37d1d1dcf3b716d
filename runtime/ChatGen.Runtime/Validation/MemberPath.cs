namespace ChatGen;

/// <summary>Turns the place of a value in JSON into the place of a member in C#.</summary>
internal static class MemberPath
{
    /// <summary>The C# path for a JSON path: <c>Form.Items[0]</c> for <c>$.form.items[0]</c>; empty for <c>$</c>.</summary>
    /// <param name="path">The JSON path, which begins with <c>$</c>.</param>
    /// <param name="shape">The shape of the value that it begins at.</param>
    /// <remarks>What the shape does not name stays as it is in JSON.</remarks>
    public static string Of(string path, ChatConfigurationShape shape)
    {
        string member = "";
        for (int position = 1; position < path.Length;)
        {
            if (path[position] == '[')
            {
                int end = path.IndexOf(']', position) is var found and >= 0 ? found + 1 : path.Length;
                shape = shape.Unwrapped is ChatConfigurationShape.ListShape list ? list.Item : ChatConfigurationShape.Any;
                member += path[position..end];
                position = end;
                continue;
            }

            position++;
            (string json, string name, shape) = Segment(path.AsSpan(position), shape.Unwrapped);
            member += member.Length == 0 ? name : "." + name;
            position += json.Length;
        }

        return member;
    }

    private static (string Json, string Name, ChatConfigurationShape Shape) Segment(ReadOnlySpan<char> rest, ChatConfigurationShape shape)
    {
        if (shape.FindAt(rest) is { } known)
        {
            return known;
        }

        int end = rest.IndexOfAny('.', '[');
        string json = (end < 0 ? rest : rest[..end]).ToString();
        return (json, json, shape is ChatConfigurationShape.DictionaryShape dictionary ? dictionary.Value : ChatConfigurationShape.Any);
    }
}
