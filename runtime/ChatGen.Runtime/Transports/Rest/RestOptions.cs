using System.Buffers;
using System.Text.Json;

namespace ChatGen;

/// <summary>The options of an operation in their wire form.</summary>
internal static class RestOptions
{
    public static JsonElement Of(ChatCommand command)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            command.WriteMembers(writer);
            writer.WriteEndObject();
        }

        using JsonDocument document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }
}
