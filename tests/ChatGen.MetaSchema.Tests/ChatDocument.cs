using System.Text.Json.Nodes;

namespace ChatGen.MetaSchema.Tests;

/// <summary>Chat schemas to plant mistakes in.</summary>
internal static class ChatDocument
{
    public static JsonObject BuiltIn() => JsonNode.Parse(File.ReadAllText(Repository.BuiltInSchema))!.AsObject();

    /// <summary>The built-in schema with a value set at a place; without a value, the place is removed.</summary>
    public static JsonObject With(string pointer, string? value)
    {
        JsonObject root = BuiltIn();
        string[] path = [.. pointer.Split('/').Skip(1).Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
        JsonNode parent = root;
        foreach (string part in path.SkipLast(1))
        {
            parent = (parent is JsonArray array ? array[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)] : parent[part])
                ?? throw new InvalidOperationException($"{pointer}: there is no {part}.");
        }

        switch (parent)
        {
            case JsonArray array when path[^1] == "-":
                array.Add(JsonNode.Parse(value!));
                break;
            case JsonArray array:
                array[int.Parse(path[^1], System.Globalization.CultureInfo.InvariantCulture)] = JsonNode.Parse(value!);
                break;
            case JsonObject when value is null:
                if (!parent.AsObject().Remove(path[^1]))
                {
                    throw new InvalidOperationException($"{pointer}: there is nothing to remove.");
                }

                break;
            default:
                parent[path[^1]] = JsonNode.Parse(value!);
                break;
        }

        return root;
    }
}
