using System.Text.Json;

namespace ChatGen.Benchmarks.Typed;

/// <summary>The reader that a person would write for speed: one pass over the tokens, then the rules.</summary>
internal static class TypedOptionsReader
{
    public static TypedOptions Read(ReadOnlySpan<byte> utf8Json)
    {
        var reader = new Utf8JsonReader(utf8Json);
        reader.Read();
        Uri? serverUrl = null;
        string username = "User";
        string? subject = null;
        double maxOfflineDuration = 5;
        bool disableWebSockets = false;
        TypedTeam? queue = null;
        int priority = 3;
        TypedVisitor? visitor = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("serverUrl"u8))
            {
                reader.Read();
                serverUrl = new Uri(reader.GetString()!);
            }
            else if (reader.ValueTextEquals("username"u8))
            {
                reader.Read();
                username = reader.GetString()!;
            }
            else if (reader.ValueTextEquals("subject"u8))
            {
                reader.Read();
                subject = reader.GetString();
            }
            else if (reader.ValueTextEquals("maxOfflineDuration"u8))
            {
                reader.Read();
                maxOfflineDuration = reader.GetDouble();
            }
            else if (reader.ValueTextEquals("disableWebSockets"u8))
            {
                reader.Read();
                disableWebSockets = reader.GetBoolean();
            }
            else if (reader.ValueTextEquals("queue"u8))
            {
                reader.Read();
                queue = ReadQueue(ref reader);
            }
            else if (reader.ValueTextEquals("priority"u8))
            {
                reader.Read();
                priority = reader.GetInt32();
            }
            else if (reader.ValueTextEquals("visitor"u8))
            {
                reader.Read();
                visitor = ReadVisitor(ref reader);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        var options = new TypedOptions
        {
            ServerUrl = serverUrl,
            Username = username,
            Subject = subject,
            MaxOfflineDuration = maxOfflineDuration,
            DisableWebSockets = disableWebSockets,
            Queue = queue ?? throw new JsonException(),
            Priority = priority,
            Visitor = visitor ?? throw new JsonException(),
        };
        return options.IsValid() ? options : throw new JsonException();
    }

    private static TypedTeam ReadQueue(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("sales"u8) ? TypedTeam.Sales
        : reader.ValueTextEquals("support"u8) ? TypedTeam.Support
        : reader.ValueTextEquals("billing"u8) ? TypedTeam.Billing
        : throw new JsonException();

    private static TypedVisitor ReadVisitor(ref Utf8JsonReader reader)
    {
        string? firstName = null;
        string? lastName = null;
        string? phone = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("firstName"u8))
            {
                reader.Read();
                firstName = reader.GetString();
            }
            else if (reader.ValueTextEquals("lastName"u8))
            {
                reader.Read();
                lastName = reader.GetString();
            }
            else if (reader.ValueTextEquals("phone"u8))
            {
                reader.Read();
                phone = reader.GetString();
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return new TypedVisitor { FirstName = firstName ?? throw new JsonException(), LastName = lastName ?? throw new JsonException(), Phone = phone };
    }
}
