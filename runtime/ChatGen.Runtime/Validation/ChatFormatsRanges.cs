using System.Globalization;

namespace ChatGen;

/// <summary>Code points in ranges, from a text such as <c>41-5A 5F</c>.</summary>
internal sealed class ChatFormatsRanges
{
    private readonly int[] _ends;

    public ChatFormatsRanges(string text)
    {
        var ends = new List<int>();
        foreach (Range range in text.AsSpan().Split(' '))
        {
            ReadOnlySpan<char> part = text.AsSpan(range);
            if (!part.IsEmpty)
            {
                int dash = part.IndexOf('-');
                ends.Add(Number(dash < 0 ? part : part[..dash]));
                ends.Add(Number(part[(dash + 1)..]));
            }
        }

        _ends = [.. ends];
    }

    public bool Contains(int codePoint)
    {
        int index = Array.BinarySearch(_ends, codePoint);
        return index >= 0 || (~index & 1) != 0;
    }

    private static int Number(ReadOnlySpan<char> text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
