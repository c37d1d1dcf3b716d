using ChatGen.Generator.Diagnostics;

namespace ChatGen.Analyzers.ErrorCodes;

/// <summary>Finds which code was probably meant.</summary>
internal static class NearestCode
{
    /// <summary>The rest of a message; empty if no code is like it.</summary>
    public static string Hint(CodeValue given, IEnumerable<KnownCode> codes)
    {
        if (given.Text is { } text)
        {
            if (codes.FirstOrDefault(code => code.Value.Number is not null && code.Value.ToString() == text) is { } number)
            {
                return $"; did you mean the number {number.Value} ({number.Name})?";
            }

            return Suggestion.Near(text, codes.Select(code => code.Value.Text).OfType<string>(), "") is { Length: > 0 } near ? "; " + near : "";
        }

        KnownCode? nearest = codes.Where(code => IsSlip(given.ToString(), code.Value))
            .OrderBy(code => Math.Abs(code.Value.Number.GetValueOrDefault() - given.Number.GetValueOrDefault())).FirstOrDefault();
        return nearest is null ? "" : $"; did you mean '{nearest.Value}' ({nearest.Name})?";
    }

    /// <summary>Whether one digit is wrong, missing or too many, or two have changed places. Numbers that are merely close mean something else.</summary>
    private static bool IsSlip(string given, CodeValue known)
    {
        string meant = known.ToString();
        if (known.Number is null || Math.Min(given.Length, meant.Length) < 2 || Math.Abs(given.Length - meant.Length) > 1)
        {
            return false;
        }

        int start = 0;
        while (start < Math.Min(given.Length, meant.Length) && given[start] == meant[start])
        {
            start++;
        }

        string left = given.Substring(start);
        string right = meant.Substring(start);
        return given.Length == meant.Length
            ? Rest(left, 1) == Rest(right, 1) || (left.Length > 1 && left[0] == right[1] && left[1] == right[0] && Rest(left, 2) == Rest(right, 2))
            : given.Length > meant.Length ? Rest(left, 1) == right : left == Rest(right, 1);

        static string Rest(string text, int from) => text.Substring(Math.Min(from, text.Length));
    }
}
