using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatGen;

/// <summary>Reads and writes an event, its header included, by generated code.</summary>
/// <typeparam name="TEvent">The event.</typeparam>
/// <param name="writeMembers">Writes the event's own members.</param>
/// <param name="events">The events of the schema.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ChatEventJsonConverter<TEvent>(ChatJsonWriter<TEvent> writeMembers, ChatEventCatalog events) : JsonConverter<TEvent>
    where TEvent : ChatEvent
{
    /// <inheritdoc/>
    public sealed override TEvent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ChatJson.ReadEvent<TEvent>(ref reader, events);

    /// <inheritdoc/>
    public sealed override void Write(Utf8JsonWriter writer, TEvent value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        ChatJson.WriteHeader(writer, value, events);
        writeMembers(writer, value);
        writer.WriteEndObject();
    }
}
