using System.Buffers;

namespace ChatGen;

/// <inheritdoc cref="CharPolyfills"/>
internal static class SpanPolyfills
{
    public static bool Contains(this ReadOnlySpan<char> text, char character) => text.IndexOf(character) >= 0;

    public static bool ContainsAnyExceptInRange(this ReadOnlySpan<char> text, char first, char last)
    {
        foreach (char character in text)
        {
            if (character < first || character > last)
            {
                return true;
            }
        }

        return false;
    }

    public static bool ContainsAnyExcept(this ReadOnlySpan<char> text, SearchValues<char> values)
    {
        foreach (char character in text)
        {
            if (values.Values.IndexOf(character) < 0)
            {
                return true;
            }
        }

        return false;
    }

    public static IEnumerable<Range> Split(this ReadOnlySpan<char> text, char separator)
    {
        var ranges = new List<Range>();
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == separator)
            {
                ranges.Add(new Range(start, i));
                start = i + 1;
            }
        }

        ranges.Add(new Range(start, text.Length));
        return ranges;
    }
}
