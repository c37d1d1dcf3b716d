namespace ChatGen.Generator.Diagnostics;

/// <summary>Finds what was probably meant. A schema with many mistakes among many names must not take long, so only so many names are looked at.</summary>
internal static class Suggestion
{
    private const int MaxSeen = 500;
    private const int MaxCompared = 50;
    private const int MaxListed = 30;
    private const int MaxLength = 64;

    public static string For(string given, IEnumerable<string> allowed) => Nearest(given, allowed) is { } nearest ? $"did you mean '{nearest}'?" : $"allowed are {List(allowed)}";

    /// <summary>Same as <see cref="For"/>, for sets too long to list.</summary>
    public static string Near(string given, IEnumerable<string> allowed, string otherwise) =>
        Nearest(given, allowed) is { } nearest ? $"did you mean '{nearest}'?" : otherwise;

    private static string List(IEnumerable<string> allowed)
    {
        string[] listed = [.. allowed.Take(MaxListed + 1)];
        return string.Join(", ", listed.Take(MaxListed).Select(name => $"'{name}'")) + (listed.Length > MaxListed ? ", …" : "");
    }

    private static string? Nearest(string given, IEnumerable<string> allowed)
    {
        given = given.Length > MaxLength ? given.Substring(0, MaxLength) : given;
        ulong characters = Characters(given);
        string? nearest = null;
        int least = int.MaxValue;
        int compared = 0;
        foreach (string candidate in allowed.Take(MaxSeen))
        {
            int limit = Math.Min(least, Math.Max(1, candidate.Length / 3));
            if (candidate.Length <= MaxLength * 2 && Math.Abs(candidate.Length - given.Length) <= limit && MayBeWithin(characters, Characters(candidate), limit)
                && compared++ < MaxCompared && Distance(given, candidate, limit) is { } distance
                && (distance < least || string.CompareOrdinal(candidate, nearest) < 0))
            {
                nearest = candidate;
                least = distance;
            }
        }

        return nearest;
    }

    /// <summary>Which characters a name has, one bit for each letter and digit, so that most names are told apart without comparing them.</summary>
    private static ulong Characters(string name)
    {
        ulong characters = 0;
        foreach (char character in name)
        {
            char lower = char.ToLowerInvariant(character);
            characters |= 1UL << (lower is >= 'a' and <= 'z' ? lower - 'a' : lower is >= '0' and <= '9' ? 26 + lower - '0' : 36 + (lower % 28));
        }

        return characters;
    }

    /// <summary>Whether a distance can be within the limit: each character that only one of the names has is one edit.</summary>
    private static bool MayBeWithin(ulong left, ulong right, int limit) => Count(left & ~right, limit) <= limit && Count(right & ~left, limit) <= limit;

    private static int Count(ulong bits, int limit)
    {
        int count = 0;
        for (; bits != 0 && count <= limit; bits &= bits - 1)
        {
            count++;
        }

        return count;
    }

    /// <summary>Levenshtein distance, case-insensitively; <see langword="null"/> if it is above the limit.</summary>
    private static int? Distance(string left, string right, int limit)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            int least = row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int above = row[j];
                int cost = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + cost);
                diagonal = above;
                least = Math.Min(least, row[j]);
            }

            if (least > limit)
            {
                return null;
            }
        }

        return row[right.Length] <= limit ? row[right.Length] : null;
    }
}
