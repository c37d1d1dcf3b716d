using System.Text.Json;

namespace ChatGen.Bayeux.Protocol;

/// <summary>Looks at JSON text without making anything of it.</summary>
internal static class JsonText
{
    /// <summary>Why the text is not one JSON value; <see langword="null"/> if it is.</summary>
    public static JsonException? ProblemOf(ReadOnlySpan<byte> utf8Json, int maxDepth)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = maxDepth });
            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException exception)
        {
            return exception;
        }
    }

    /// <summary>The text of a member's value in an object; empty if there is none.</summary>
    /// <param name="utf8Json">Valid JSON, or nothing.</param>
    /// <param name="name">The member's name.</param>
    public static ReadOnlyMemory<byte> MemberOf(ReadOnlyMemory<byte> utf8Json, string name)
    {
        if (utf8Json.IsEmpty)
        {
            return default;
        }

        var reader = new Utf8JsonReader(utf8Json.Span, new JsonReaderOptions { MaxDepth = int.MaxValue });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return default;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool found = reader.ValueTextEquals(name);
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (found)
            {
                return utf8Json[start..(int)reader.BytesConsumed];
            }
        }

        return default;
    }
}
