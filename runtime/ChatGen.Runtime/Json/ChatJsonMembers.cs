using System.ComponentModel;
using System.Text;
using System.Text.Json;

namespace ChatGen;

/// <summary>The members of a record by their JSON names, and the way through an object of JSON from one to the next. For generated code. Thread-safe.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ChatJsonMembers
{
    private readonly byte[][] _names;
    private readonly int[] _heads;
    private readonly int[] _nexts;
    private readonly bool _allowsOthers;

    /// <summary>Makes a table.</summary>
    /// <param name="allowsOthers">Whether members that have no name here are skipped; if not, they are a failure.</param>
    /// <param name="names">The names; a member is told by its position.</param>
    public ChatJsonMembers(bool allowsOthers, params string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        _allowsOthers = allowsOthers;
        _names = new byte[names.Length][];
        _nexts = new int[names.Length];
        _heads = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)names.Length + 1)];
        _heads.AsSpan().Fill(-1);
        for (int i = 0; i < names.Length; i++)
        {
            _names[i] = Encoding.UTF8.GetBytes(names[i]);
            ref int head = ref _heads[Hash(_names[i]) & (_heads.Length - 1)];
            _nexts[i] = head;
            head = i;
        }
    }

    /// <summary>Moves to the value of the next member that has a name here; <see langword="false"/> on the object's end.</summary>
    /// <param name="reader">Stands on the object's start or on the last token of a member's value.</param>
    /// <param name="member">In: the member before, -1 at first. Out: the member.</param>
    /// <exception cref="ChatJsonException">There is a member that is not allowed.</exception>
    public bool Next(ref Utf8JsonReader reader, ref int member)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int found = Find(ref reader, member + 1);
            if (found < 0 && !_allowsOthers)
            {
                throw ChatJson.Failure(reader.GetString()!, "is not allowed");
            }

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

    /// <param name="reader">Stands on a member's name.</param>
    /// <param name="expected">Members mostly come in the order of the schema.</param>
    private int Find(ref Utf8JsonReader reader, int expected)
    {
        if (reader.ValueIsEscaped || reader.HasValueSequence)
        {
            return FindEncoded(ref reader);
        }

        ReadOnlySpan<byte> name = reader.ValueSpan;
        byte[][] names = _names;
        if ((uint)expected < (uint)names.Length && name.SequenceEqual(names[expected]))
        {
            return expected;
        }

        int found = _heads[Hash(name) & (_heads.Length - 1)];
        while (found >= 0 && !name.SequenceEqual(names[found]))
        {
            found = _nexts[found];
        }

        return found;
    }

    private int FindEncoded(ref Utf8JsonReader reader)
    {
        for (int i = 0; i < _names.Length; i++)
        {
            if (reader.ValueTextEquals(_names[i]))
            {
                return i;
            }
        }

        return -1;
    }

    // Names of one record differ mostly in their length, in how they begin or in how they end.
    private static int Hash(ReadOnlySpan<byte> name)
    {
        int hash = name.Length;
        if (name.Length > 0)
        {
            hash = (((((hash * 31) + name[0]) * 31) + name[name.Length / 2]) * 31) + name[^1];
        }

        return hash;
    }
}
