using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatGen;

/// <summary>Reads and writes a record by generated code.</summary>
/// <typeparam name="T">The record.</typeparam>
/// <param name="read">Reads a value.</param>
/// <param name="writeMembers">Writes a value's members without the braces around them.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ChatJsonConverter<T>(ChatJsonReader<T> read, ChatJsonWriter<T> writeMembers) : JsonConverter<T>
{
    /// <inheritdoc/>
    public sealed override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => read(ref reader);

    /// <inheritdoc/>
    public sealed override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => ChatJson.WriteValue(writer, value, writeMembers);
}
