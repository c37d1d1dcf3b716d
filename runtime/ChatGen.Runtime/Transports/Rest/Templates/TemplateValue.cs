using System.Globalization;
using System.Text.Json;

namespace ChatGen;

/// <summary>What a placeholder or a template yields: nothing, a string, JSON, or a file.</summary>
internal readonly struct TemplateValue
{
    private static readonly object s_literal = new();

    // A string, or a number or Boolean in JSON's spelling.
    private readonly string? _text;

    // A file, any other JSON, or the mark of a literal.
    private readonly object? _other;

    private TemplateValue(string? text, object? other)
    {
        _text = text;
        _other = other;
    }

    /// <summary>Whether there is no value. JSON's null counts as none.</summary>
    public bool IsAbsent => _text is null && _other is null;

    /// <summary>The file; <see langword="null"/> if the value is none.</summary>
    public ChatFile? File => _other as ChatFile;

    /// <summary>The value as JSON; of kind <see cref="JsonValueKind.Undefined"/> for strings, files and nothing.</summary>
    public JsonElement Json => _other switch
    {
        JsonElement json => json,
        { } mark when mark == s_literal => JsonElement.Parse(_text!),
        _ => default,
    };

    /// <summary>The list; <see langword="null"/> if the value is none.</summary>
    public JsonElement? List => _other is JsonElement { ValueKind: JsonValueKind.Array } json ? json : null;

    /// <summary>The string; <see langword="null"/> if the value is something else.</summary>
    public string? String => _other is null ? _text : null;

    /// <summary>The value as text: strings as they are, everything else in JSON's spelling; <see langword="null"/> if there is none, or a file.</summary>
    public string? Text => _text ?? (_other is JsonElement json ? json.GetRawText() : null);

    public static TemplateValue Of(string? text) => new(text, null);

    /// <param name="json">Has to outlive its document.</param>
    public static TemplateValue Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => default,
        JsonValueKind.String => new(json.GetString(), null),
        JsonValueKind.Object or JsonValueKind.Array => new(null, json),
        _ => new(json.GetRawText(), s_literal),
    };

    public static TemplateValue Of(ChatFile? file) => new(null, file);

    public static TemplateValue Of(long? number) => number is { } value ? OfLiteral(value.ToString(CultureInfo.InvariantCulture)) : default;

    /// <summary>A number, <c>true</c> or <c>false</c> in JSON's spelling.</summary>
    public static TemplateValue OfLiteral(string json) => new(json, s_literal);

    /// <summary>A place in JSON: the names of members, or the numbers of items.</summary>
    public static TemplateValue At(JsonElement json, IReadOnlyList<string> path)
    {
        for (int i = 0; i < path.Count; i++)
        {
            switch (json.ValueKind)
            {
                case JsonValueKind.Object when json.TryGetProperty(path[i], out JsonElement member):
                    json = member;
                    break;
                case JsonValueKind.Array when int.TryParse(path[i], NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < json.GetArrayLength():
                    json = json[index];
                    break;
                default:
                    return default;
            }
        }

        return Of(json);
    }

    /// <summary>Writes the value, which must be there and no file.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        if (_other is JsonElement json)
        {
            json.WriteTo(writer);
        }
        else if (_other is null)
        {
            writer.WriteStringValue(_text);
        }
        else
        {
            writer.WriteRawValue(_text!);
        }
    }

    /// <summary>The value in JSON; <see langword="null"/> if there is none, or a file.</summary>
    public string? ToJson() => String is { } text ? $"\"{JsonEncodedText.Encode(text)}\"" : Text;

    /// <summary>Says nothing, since the value may be a secret.</summary>
    public override string ToString() => nameof(TemplateValue);
}
