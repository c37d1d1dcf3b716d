using System.ComponentModel;
using System.Text.Json;

namespace ChatGen;

/// <summary>The members of a record by their JSON names, and the way through an object of JSON from one to the next. For generated code. Thread-safe.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ChatJsonMembers
{
    private readonly Utf8Names _names;
    private readonly bool _allowsOthers;

    /// <summary>Makes a table.</summary>
    /// <param name="allowsOthers">Whether members that have no name here are skipped; if not, they are a failure.</param>
    /// <param name="names">The names; a member is told by its position.</param>
    public ChatJsonMembers(bool allowsOthers, params string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        _allowsOthers = allowsOthers;
        _names = new Utf8Names(names, isExact: false);
    }

    /// <summary>Moves to the value of the next member that has a name here; <see langword="false"/> on the object's end.</summary>
    /// <param name="reader">Stands on the object's start or on the last token of a member's value.</param>
    /// <param name="member">In: the member before, -1 at first. Out: the member.</param>
    /// <exception cref="ChatJsonException">There is no object, or a member that is not allowed.</exception>
    public bool Next(ref Utf8JsonReader reader, ref int member)
    {
        if (member < 0)
        {
            ChatJson.ExpectObject(ref reader);
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // Members mostly come in the order of the schema.
            int found = _names.IsAt(ref reader, member + 1) ? member + 1 : Find(ref reader);
            reader.Read();
            if (found >= 0)
            {
                member = found;
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    private int Find(ref Utf8JsonReader reader)
    {
        int found = _names.Find(ref reader);
        return found >= 0 || _allowsOthers ? found : throw new ChatJsonException("." + reader.GetString(), "additionalProperties", "is not allowed");
    }
}
