using System.Text.Json;

namespace ChatGen.JsonSchemas;

/// <summary>What emitted validators are built from. All members are thread-safe.</summary>
public static class JsonValidation
{
    /// <summary>How many subschemas may be applied within each other: 512.</summary>
    public const int MaxDepth = 512;

    /// <summary>Enters a subschema.</summary>
    /// <param name="depth">How many subschemas are entered; counted up.</param>
    /// <exception cref="JsonValidationDepthException">There are more than <see cref="MaxDepth"/>.</exception>
    public static void Enter(ref int depth)
    {
        if (++depth > MaxDepth)
        {
            throw new JsonValidationDepthException();
        }
    }

    /// <summary>A value of <c>const</c> or <c>enum</c>.</summary>
    /// <param name="json">The value as JSON.</param>
    /// <exception cref="JsonException"><paramref name="json"/> is no JSON.</exception>
    public static JsonElement Value(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
