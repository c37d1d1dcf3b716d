using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatGen.Benchmarks;

/// <summary>The options as a person would write them for speed: one pass over the tokens, the rules in line.</summary>
internal sealed record HandWrittenOptions
{
    public Uri? ServerUrl { get; init; }

    public string Username { get; init; } = "User";

    public string? Subject { get; init; }

    public JsonObject? UserData { get; init; }

    public TimeSpan MaxOfflineDuration { get; init; } = TimeSpan.FromSeconds(5);

    public bool DisableWebSockets { get; init; }

    public static HandWrittenOptions Read(ReadOnlySpan<byte> utf8Json)
    {
        var reader = new Utf8JsonReader(utf8Json);
        reader.Read();
        Uri? serverUrl = null;
        string username = "User";
        string? subject = null;
        JsonObject? userData = null;
        TimeSpan maxOfflineDuration = TimeSpan.FromSeconds(5);
        bool disableWebSockets = false;
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
            else if (reader.ValueTextEquals("userData"u8))
            {
                reader.Read();
                userData = (JsonObject)JsonNode.Parse(ref reader)!;
            }
            else if (reader.ValueTextEquals("maxOfflineDuration"u8))
            {
                reader.Read();
                maxOfflineDuration = TimeSpan.FromSeconds(reader.GetDouble());
            }
            else if (reader.ValueTextEquals("disableWebSockets"u8))
            {
                reader.Read();
                disableWebSockets = reader.GetBoolean();
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        var options = new HandWrittenOptions
        {
            ServerUrl = serverUrl,
            Username = username,
            Subject = subject,
            UserData = userData,
            MaxOfflineDuration = maxOfflineDuration,
            DisableWebSockets = disableWebSockets,
        };
        return options.IsValid() ? options : throw new JsonException();
    }

    public bool IsValid() =>
        ServerUrl is { IsAbsoluteUri: true } url
        && (url.OriginalString.StartsWith("http://", StringComparison.Ordinal) || url.OriginalString.StartsWith("https://", StringComparison.Ordinal))
        && MaxOfflineDuration >= TimeSpan.Zero;
}
