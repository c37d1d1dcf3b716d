using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace ChatGen;

/// <summary>A state with the time of its expiry, as nobody but the application can read or make it.</summary>
/// <remarks>Thread-safe. What was made for one purpose cannot be read for another.</remarks>
internal sealed class ProtectedChatState(IDataProtectionProvider protection, string kind, string purpose, TimeSpan maxOfflineDuration, TimeProvider timeProvider)
{
    private readonly IDataProtector _protector = protection.CreateProtector("ChatGen.AspNetCore.State", kind, purpose);

    /// <summary>Protects a state that expires after the maximum offline duration from now.</summary>
    public byte[] Protect(ChatSessionState state)
    {
        DateTimeOffset now = timeProvider.GetUtcNow();
        DateTimeOffset expires = DateTimeOffset.MaxValue - now > maxOfflineDuration ? now + maxOfflineDuration : DateTimeOffset.MaxValue;
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("expires"u8, expires);
            writer.WritePropertyName("state"u8);
            writer.WriteRawValue(state.ToJson());
            writer.WriteEndObject();
        }

        return _protector.Protect(buffer.WrittenSpan.ToArray());
    }

    /// <summary>Reads what <see cref="Protect"/> made; null if it was made by somebody else, for another purpose, or has expired.</summary>
    public ChatSessionState? Unprotect(byte[] content)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(_protector.Unprotect(content));
            return timeProvider.GetUtcNow() < document.RootElement.GetProperty("expires"u8).GetDateTimeOffset()
                ? ChatSessionState.FromJson(document.RootElement.GetProperty("state"u8).GetRawText())
                : null;
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            // Whoever sends something else is no worse off than somebody who sends nothing.
            return null;
        }
    }
}
