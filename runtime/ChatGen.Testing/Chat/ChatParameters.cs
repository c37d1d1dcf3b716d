using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatGen.Testing.Chat;

/// <summary>Reads the parameters of an operation. A parameter that is <c>null</c> counts as absent.</summary>
internal readonly struct ChatParameters(JsonObject request)
{
    public string RequireString(string name, bool allowEmpty = true)
    {
        string value = OptionalString(name) ?? throw ChatFault.Missing(name);
        return allowEmpty || value.Length > 0 ? value : throw ChatFault.Invalid(name, "a string that is not empty");
    }

    public string? OptionalString(string name)
    {
        if (request[name] is not { } node)
        {
            return null;
        }

        try
        {
            if (node is JsonValue value && value.TryGetValue(out string? text))
            {
                return text;
            }
        }
        catch (InvalidOperationException)
        {
            // A JSON string may escape half a surrogate pair, which is no string to .NET: wrong like any other value.
        }

        throw ChatFault.Invalid(name, "a string");
    }

    public JsonObject RequireObject(string name) => OptionalObject(name) ?? throw ChatFault.Missing(name);

    public JsonObject? OptionalObject(string name) => request[name] switch
    {
        null => null,
        JsonObject value => value,
        _ => throw ChatFault.Invalid(name, "an object"),
    };

    public bool OptionalBoolean(string name, bool defaultValue) => request[name] switch
    {
        null => defaultValue,
        JsonValue value when value.TryGetValue(out bool boolean) => boolean,
        _ => throw ChatFault.Invalid(name, "true or false"),
    };

    public int OptionalIndex(string name) => request[name] switch
    {
        null => 0,
        JsonValue value when value.GetValueKind() == JsonValueKind.Number && TryGetIndex(value, out int index) => index,
        _ => throw ChatFault.Invalid(name, "an integer from 0 to 2147483647"),
    };

    public ChatMessageType OptionalVisitorMessageType(string name) => OptionalString(name) switch
    {
        null or "text" => ChatMessageType.Text,
        "url" => ChatMessageType.Url,
        _ => throw ChatFault.Invalid(name, "'text' or 'url'"),
    };

    private static bool TryGetIndex(JsonValue value, out int index)
    {
        if (value.TryGetValue(out index))
        {
            return index >= 0;
        }

        // An integer in JSON Schema is any number without a fraction: 1.0 and 1e1 too (draft-07, section 6.1.1).
        bool isIndex = value.TryGetValue(out double number) && number is >= 0 and <= int.MaxValue && number == Math.Floor(number);
        index = isIndex ? (int)number : 0;
        return isIndex;
    }
}
