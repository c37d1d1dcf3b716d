using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text.Json;
using ChatGen.Bayeux;

namespace ChatGen;

/// <summary>A Bayeux session that one process has left for another, as a value of the chat session's state.</summary>
/// <remarks>It admits to the session: it is as secret as the session id.</remarks>
/// <param name="Url">Address of the Bayeux server.</param>
/// <param name="DisableWebSockets">Whether the process has kept to long-polling by its own choice.</param>
/// <param name="LeftAt">When it was left.</param>
/// <param name="Snapshot">The session.</param>
internal sealed record CometDHandOver(Uri Url, bool DisableWebSockets, DateTimeOffset LeftAt, BayeuxSnapshot Snapshot)
{
    /// <summary>Name of the value.</summary>
    public const string Name = "bayeux";

    /// <summary>Longest value: the state may be kept in a cookie, of which browsers take 4,096 bytes.</summary>
    public const int MaxLength = 2048;

    // What most servers are configured with.
    private static readonly TimeSpan s_usuallyRemembered = TimeSpan.FromSeconds(10);

    /// <summary>Reads what <see cref="ToText"/> has written; <see langword="null"/> if it is something else.</summary>
    public static CometDHandOver? Read(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(Base64Url.DecodeFromChars(text));
            JsonElement root = document.RootElement;
            return new CometDHandOver(
                new Uri(root.GetProperty("url").GetString()!, UriKind.Absolute),
                root.GetProperty("disableWebSockets").GetBoolean(),
                DateTimeOffset.FromUnixTimeMilliseconds(root.GetProperty("leftAt").GetInt64()),
                BayeuxSnapshot.Parse(JsonMarshal.GetRawUtf8Value(root.GetProperty("session"))));
        }
        catch (Exception exception) when (exception is JsonException or FormatException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            // The session is restored without it.
            return null;
        }
    }

    /// <summary>Text that no storage has to escape; <see langword="null"/> if it is too long.</summary>
    public string? ToText()
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("url"u8, Url.AbsoluteUri);
            writer.WriteBoolean("disableWebSockets"u8, DisableWebSockets);
            writer.WriteNumber("leftAt"u8, LeftAt.ToUnixTimeMilliseconds());
            writer.WritePropertyName("session"u8);
            writer.WriteRawValue(Snapshot.ToUtf8Json());
            writer.WriteEndObject();
        }

        string text = Base64Url.EncodeToString(buffer.WrittenSpan);
        return text.Length <= MaxLength ? text : null;
    }

    /// <summary>Whether a client with these options would be where it was left, and the server may still remember it.</summary>
    public bool IsFor(BayeuxClientOptions options, DateTimeOffset now)
    {
        // Another machine's clock may be a little ahead.
        TimeSpan remembered = Snapshot.RememberedFor ?? s_usuallyRemembered;
        return options.Url.AbsoluteUri == Url.AbsoluteUri && options.DisableWebSockets == DisableWebSockets && (now - LeftAt).Duration() <= remembered;
    }

    /// <summary>Says nothing of the session.</summary>
    public override string ToString() => nameof(CometDHandOver);
}
