using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ChatGen.JsonSchemas;

/// <summary>Names of members that a validator looks for in objects. For generated code. Thread-safe.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class JsonNames
{
    private readonly string[] _names;
    private readonly Utf8Names _utf8;

    /// <param name="names">The names; a member is told by its position.</param>
    public JsonNames(params string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        _names = names;
        _utf8 = new Utf8Names(names, isExact: true);
    }

    /// <summary>The position of a member's name; -1 if it is none of these.</summary>
    /// <param name="property">The member.</param>
    public int Find(JsonProperty property)
    {
        ReadOnlySpan<byte> name = JsonMarshal.GetRawUtf8PropertyName(property);
        return name.Contains((byte)'\\') ? Array.IndexOf(_names, JsonStrings.Name(property)) : _utf8.Find(name);
    }

    /// <summary>Whether an object has a member of one of these names.</summary>
    /// <param name="element">An element of kind <see cref="JsonValueKind.Object"/>.</param>
    public bool IsAnyIn(JsonElement element)
    {
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (Find(property) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
