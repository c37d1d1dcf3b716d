using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace ChatGen;

/// <summary>Finds the position of a name by its UTF-8.</summary>
internal sealed class Utf8Names
{
    private readonly byte[][] _names;

    // Names of one hash are a list: its head, and what follows each name.
    private readonly int[] _heads;
    private readonly int[] _nexts;

    /// <param name="names">The names.</param>
    /// <param name="isExact">Whether a name with a lone surrogate, which UTF-8 cannot hold, is never found; if not, it stands there with U+FFFD.</param>
    public Utf8Names(string[] names, bool isExact)
    {
        _names = new byte[names.Length][];
        _nexts = new int[names.Length];
        _heads = new int[BitOperations.RoundUpToPowerOf2((uint)names.Length + 1)];
        _heads.AsSpan().Fill(-1);
        for (int i = names.Length - 1; i >= 0; i--)
        {
            _names[i] = Encoding.UTF8.GetBytes(names[i]);
            if (isExact && Encoding.UTF8.GetString(_names[i]) != names[i])
            {
                // A byte that no UTF-8 has.
                _names[i] = [0xFF];
                continue;
            }

            ref int head = ref _heads[Hash(_names[i]) & (_heads.Length - 1)];
            _nexts[i] = head;
            head = i;
        }
    }

    /// <summary>Whether the string or the member's name that the reader stands on has a position; an escaped one may be said not to, though it has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsAt(ref Utf8JsonReader reader, int position)
    {
        byte[][] names = _names;
        return (uint)position < (uint)names.Length && !reader.ValueIsEscaped && !reader.HasValueSequence && reader.ValueSpan.SequenceEqual(names[position]);
    }

    /// <summary>The position of the string or the member's name that the reader stands on; -1 if there is none.</summary>
    public int Find(ref Utf8JsonReader reader) => reader.ValueIsEscaped || reader.HasValueSequence ? FindEncoded(ref reader) : Find(reader.ValueSpan);

    /// <summary>The position of a name; -1 if there is none.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        int found = _heads[Hash(name) & (_heads.Length - 1)];
        while (found >= 0 && !name.SequenceEqual(_names[found]))
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

    // FNV-1a.
    private static int Hash(ReadOnlySpan<byte> name)
    {
        uint hash = 2166136261;
        foreach (byte unit in name)
        {
            hash = (hash ^ unit) * 16777619;
        }

        return (int)(hash ^ (hash >> 16));
    }
}
