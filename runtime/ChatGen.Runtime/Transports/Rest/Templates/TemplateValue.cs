using System.Globalization;
using System.Text.Json;

namespace ChatGen;

/// <summary>What a placeholder or a template yields: nothing, a string, JSON, or a file.</summary>
internal readonly struct TemplateValue
{
    private readonly string? _string;
    private readonly JsonElement _json;

    private TemplateValue(string? text, JsonElement json, ChatFile? file)
    {
        _string = text;
        _json = json;
        File = file;
    }

    /// <summary>The file; <see langword="null"/> if the value is none.</summary>
    public ChatFile? File { get; }

    /// <summary>Whether there is no value. JSON's null counts as none.</summary>
    public bool IsAbsent => _string is null && File is null && (_json.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>The value as JSON; of kind <see cref="JsonValueKind.Undefined"/> for strings, files and nothing.</summary>
    public JsonElement Json => _json;

    public static TemplateValue Of(string? text) => new(text, default, null);

    public static TemplateValue Of(JsonElement json) => json.ValueKind == JsonValueKind.String ? new(json.GetString(), default, null) : new(null, json, null);

    public static TemplateValue Of(ChatFile? file) => new(null, default, file);

    public static TemplateValue Of(long? number) => number is { } value ? OfLiteral(value.ToString(CultureInfo.InvariantCulture)) : default;

    /// <summary>A number, <c>true</c> or <c>false</c> in JSON's spelling.</summary>
    public static TemplateValue OfLiteral(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return new(null, document.RootElement.Clone(), null);
    }

    /// <summary>The string; <see langword="null"/> if the value is something else.</summary>
    public string? String => _string;

    /// <summary>The value as text: strings as they are, everything else in JSON's spelling; <see langword="null"/> if there is none.</summary>
    public string? Text => IsAbsent ? null : _string ?? (File is null ? _json.GetRawText() : null);

    /// <summary>Writes the value, which must be there and no file.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        if (_string is not null)
        {
            writer.WriteStringValue(_string);
        }
        else
        {
            _json.WriteTo(writer);
        }
    }

    /// <summary>The value in JSON; <see langword="null"/> if there is none.</summary>
    public string? ToJson() => IsAbsent || File is not null ? null : _string is null ? _json.GetRawText() : $"\"{JsonEncodedText.Encode(_string)}\"";

    /// <summary>A member of the value, or an item if the name is a number.</summary>
    public TemplateValue Walk(IEnumerable<string> path)
    {
        JsonElement at = _json;
        bool walked = false;
        foreach (string segment in path)
        {
            walked = true;
            switch (at.ValueKind)
            {
                case JsonValueKind.Object when at.TryGetProperty(segment, out JsonElement member):
                    at = member;
                    break;
                case JsonValueKind.Array when int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < at.GetArrayLength():
                    at = at[index];
                    break;
                default:
                    return default;
            }
        }

        return walked ? Of(at) : this;
    }

    /// <summary>Says nothing, since the value may be a secret.</summary>
    public override string ToString() => nameof(TemplateValue);
}
