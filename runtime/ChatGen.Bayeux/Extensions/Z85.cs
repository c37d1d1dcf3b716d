using System.Buffers;
using System.Buffers.Binary;

namespace ChatGen.Bayeux;

/// <summary>ZeroMQ's base 85 (RFC 32 of its series), with CometD's rule for lengths that are no multiple of four: the last group is shorter by as much.</summary>
internal static class Z85
{
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";
    private static readonly SearchValues<char> Characters = SearchValues.Create(Alphabet);

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        int missing = (4 - (bytes.Length % 4)) % 4;
        char[] text = new char[(bytes.Length + missing) / 4 * 5];
        Span<byte> group = stackalloc byte[4];
        for (int i = 0, o = 0; i < bytes.Length; i += 4, o += 5)
        {
            group.Clear();
            bytes[i..Math.Min(i + 4, bytes.Length)].CopyTo(group);
            uint value = BinaryPrimitives.ReadUInt32BigEndian(group);
            for (int digit = 4; digit >= 0; digit--)
            {
                text[o + digit] = Alphabet[(int)(value % 85)];
                value /= 85;
            }
        }

        return new string(text, 0, text.Length - missing);
    }

    /// <summary>The bytes; <see langword="null"/> if the text is none of base 85.</summary>
    public static byte[]? Decode(string text)
    {
        int missing = (5 - (text.Length % 5)) % 5;
        if (missing == 4 || text.AsSpan().ContainsAnyExcept(Characters))
        {
            return null;
        }

        byte[] bytes = new byte[(text.Length + missing) / 5 * 4];
        for (int i = 0, o = 0; i < text.Length; i += 5, o += 4)
        {
            ulong value = 0;
            for (int digit = 0; digit < 5; digit++)
            {
                value = (value * 85) + (uint)(i + digit < text.Length ? Alphabet.IndexOf(text[i + digit], StringComparison.Ordinal) : 84);
            }

            if (value > uint.MaxValue)
            {
                return null;
            }

            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(o), (uint)value);
        }

        return bytes[..(bytes.Length - missing)];
    }
}
