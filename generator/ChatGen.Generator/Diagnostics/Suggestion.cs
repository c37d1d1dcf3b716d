namespace ChatGen.Generator.Diagnostics;

/// <summary>Finds what was probably meant.</summary>
internal static class Suggestion
{
    public static string For(string given, IEnumerable<string> allowed)
    {
        string? nearest = allowed
            .Select(candidate => (candidate, distance: Distance(given, candidate)))
            .Where(pair => pair.distance <= Math.Max(1, pair.candidate.Length / 3))
            .OrderBy(pair => pair.distance)
            .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
        return nearest is null ? $"allowed are {string.Join(", ", allowed.Select(name => $"'{name}'"))}" : $"did you mean '{nearest}'?";
    }

    /// <summary>Same as <see cref="For"/>, for sets too long to list.</summary>
    public static string Near(string given, IEnumerable<string> allowed, string otherwise)
    {
        string suggestion = For(given, allowed);
        return suggestion.StartsWith("did", StringComparison.Ordinal) ? suggestion : otherwise;
    }

    /// <summary>Levenshtein distance, case-insensitively, of the first 64 characters.</summary>
    private static int Distance(string left, string right)
    {
        left = left.Length > 64 ? left.Substring(0, 64) : left;
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int above = row[j];
                int cost = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + cost);
                diagonal = above;
            }
        }

        return row[right.Length];
    }
}
