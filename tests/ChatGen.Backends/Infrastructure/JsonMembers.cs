using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatGen.Backends.Infrastructure;

/// <summary>Reads the members of a JSON object, all of which have to be known.</summary>
/// <param name="json">The object.</param>
/// <param name="path">Where it is in the content, with a dot at the end; empty for the content itself.</param>
/// <param name="refuse">Words what is wrong with a member.</param>
internal sealed class JsonMembers(JsonObject json, string path, Func<MemberFault, string, RefusalException> refuse)
{
    private static readonly JsonDocumentOptions s_options = new() { AllowDuplicateProperties = false };

    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    /// <summary>The object, or <see langword="null"/> if the content is no JSON object.</summary>
    public static JsonObject? TryParse(ReadOnlySpan<byte> utf8Json) => TryParseNode(utf8Json) as JsonObject;

    public static JsonNode? TryParseNode(ReadOnlySpan<byte> utf8Json)
    {
        try
        {
            return JsonNode.Parse(utf8Json, nodeOptions: null, s_options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public bool Has(string name) => Find(name) is not null;

    /// <summary>A string that is there and not empty.</summary>
    public string RequiredText(string name)
    {
        string text = OptionalText(name) ?? throw refuse(MemberFault.Missing, path + name);
        return text.Length > 0 ? text : throw refuse(MemberFault.Empty, path + name);
    }

    /// <summary>A string that is there, and may be empty.</summary>
    public string RequiredAnyText(string name) => OptionalText(name) ?? throw refuse(MemberFault.Missing, path + name);

    public string? OptionalText(string name) => Optional(name, JsonValueKind.String)?.GetValue<string>();

    public bool? OptionalFlag(string name)
    {
        JsonNode? node = Find(name);
        return node?.GetValueKind() switch
        {
            null => null,
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw refuse(MemberFault.WrongType, path + name),
        };
    }

    public bool RequiredFlag(string name) => OptionalFlag(name) ?? throw refuse(MemberFault.Missing, path + name);

    public long? OptionalInteger(string name)
    {
        JsonNode? node = Optional(name, JsonValueKind.Number);
        if (node is null)
        {
            return null;
        }

        return node.AsValue().TryGetValue(out long value) ? value : throw refuse(MemberFault.WrongType, path + name);
    }

    public long RequiredInteger(string name) => OptionalInteger(name) ?? throw refuse(MemberFault.Missing, path + name);

    public JsonMembers? OptionalObject(string name) => Optional(name, JsonValueKind.Object) is JsonObject found ? new JsonMembers(found, $"{path}{name}.", refuse) : null;

    public JsonMembers RequiredObject(string name) => OptionalObject(name) ?? throw refuse(MemberFault.Missing, path + name);

    /// <summary>An object whose members are not looked at here.</summary>
    public JsonObject? OptionalJson(string name) => Optional(name, JsonValueKind.Object)?.AsObject();

    public JsonArray? OptionalArray(string name) => Optional(name, JsonValueKind.Array) as JsonArray;

    public JsonArray RequiredArray(string name) => OptionalArray(name) ?? throw refuse(MemberFault.Missing, path + name);

    public IReadOnlyList<string>? OptionalTexts(string name) => OptionalArray(name)?
        .Select(item => item?.GetValueKind() is JsonValueKind.String ? item.GetValue<string>() : throw refuse(MemberFault.WrongType, path + name))
        .ToArray();

    /// <summary>The objects of an array.</summary>
    public IEnumerable<JsonMembers> RequiredObjects(string name) => RequiredArray(name)
        .Select((item, index) => new JsonMembers(item as JsonObject ?? throw refuse(MemberFault.WrongType, path + name), $"{path}{name}[{index}].", refuse));

    /// <summary>All members of an object of strings.</summary>
    public IReadOnlyDictionary<string, string> OptionalTextMap(string name)
    {
        Dictionary<string, string> map = new(StringComparer.Ordinal);
        if (Optional(name, JsonValueKind.Object) is JsonObject members)
        {
            foreach ((string key, JsonNode? value) in members)
            {
                map[key] = value?.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : throw refuse(MemberFault.WrongType, $"{path}{name}.{key}");
            }
        }

        return map;
    }

    /// <summary>Refuses members that nobody has asked for.</summary>
    public void RefuseOthers()
    {
        foreach ((string name, _) in json)
        {
            if (!_read.Contains(name))
            {
                throw refuse(MemberFault.Unknown, path + name);
            }
        }
    }

    private JsonNode? Optional(string name, JsonValueKind kind)
    {
        JsonNode? node = Find(name);
        return node is null || node.GetValueKind() == kind ? node : throw refuse(MemberFault.WrongType, path + name);
    }

    // A member that is null says as little as one that is not there, but its name has to be known all the same.
    private JsonNode? Find(string name)
    {
        _read.Add(name);
        return json[name];
    }
}
