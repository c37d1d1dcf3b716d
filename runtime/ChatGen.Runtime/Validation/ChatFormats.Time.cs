namespace ChatGen;

public static partial class ChatFormats
{
    /// <summary><c>date</c>: <c>full-date</c> of RFC 3339 section 5.6, a day that exists (section 5.7).</summary>
    public static bool IsDate(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return IsDate(value.AsSpan());
    }

    /// <summary><c>time</c>: <c>full-time</c> of RFC 3339 section 5.6. A second 60 is a leap second and stands at 23:59 UTC alone (section 5.7, appendix D).</summary>
    public static bool IsTime(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return IsTime(value.AsSpan());
    }

    /// <summary><c>date-time</c>: RFC 3339 section 5.6, with the rules of <see cref="IsDate(string)"/> and <see cref="IsTime(string)"/>.</summary>
    public static bool IsDateTime(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Length > 11 && IsDate(value.AsSpan(0, 10)) && value[10] is 'T' or 't' && IsTime(value.AsSpan(11));
    }

    /// <summary><c>duration</c>: RFC 3339 appendix A. Units stand in their order without gaps, and weeks stand alone.</summary>
    public static bool IsDuration(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        ReadOnlySpan<char> text = value;
        if (text.IsEmpty || text[0] != 'P')
        {
            return false;
        }

        int index = 1;
        int weeks = CountDigits(text, index);
        if (weeks > 0 && text[(index + weeks)..] is "W")
        {
            return true;
        }

        bool hasDate = ReadUnits(text, ref index, "YMD");
        if (index == text.Length)
        {
            return hasDate;
        }

        if (text[index] != 'T')
        {
            return false;
        }

        index++;
        return ReadUnits(text, ref index, "HMS") && index == text.Length;
    }

    private static bool ReadUnits(ReadOnlySpan<char> text, ref int index, string units)
    {
        int last = -1;
        while (CountDigits(text, index) is int digits and > 0 && index + digits < text.Length)
        {
            int unit = units.IndexOf(text[index + digits], StringComparison.Ordinal);
            if (unit < 0 || (last >= 0 && unit != last + 1))
            {
                return false;
            }

            last = unit;
            index += digits + 1;
        }

        return last >= 0;
    }

    private static bool IsDate(ReadOnlySpan<char> text)
    {
        return text.Length == 10 && text[4] == '-' && text[7] == '-'
            && TryReadNumber(text[..4], out int year) && TryReadNumber(text[5..7], out int month) && TryReadNumber(text[8..], out int day)
            && month is >= 1 and <= 12 && day >= 1 && day <= Days(year, month);

        // Year 0 is a year of RFC 3339 and a leap year, but not one of DateTime.
        static int Days(int year, int month) => DateTime.DaysInMonth(year == 0 ? 4 : year, month);
    }

    private static bool IsTime(ReadOnlySpan<char> text)
    {
        if (text.Length < 9 || text[2] != ':' || text[5] != ':'
            || !TryReadNumber(text[..2], out int hour) || !TryReadNumber(text[3..5], out int minute) || !TryReadNumber(text[6..8], out int second)
            || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        ReadOnlySpan<char> rest = text[8..];
        if (rest[0] == '.')
        {
            int digits = CountDigits(rest, 1);
            if (digits == 0)
            {
                return false;
            }

            rest = rest[(digits + 1)..];
        }

        return TryReadOffset(rest, out int offset) && (second < 60 || ((hour * 60) + minute - offset + 1440) % 1440 == 1439);
    }

    private static bool TryReadOffset(ReadOnlySpan<char> text, out int minutes)
    {
        minutes = 0;
        if (text is "Z" or "z")
        {
            return true;
        }

        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':'
            || !TryReadNumber(text[1..3], out int hour) || !TryReadNumber(text[4..], out int minute) || hour > 23 || minute > 59)
        {
            return false;
        }

        minutes = ((hour * 60) + minute) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryReadNumber(ReadOnlySpan<char> text, out int number)
    {
        number = 0;
        foreach (char digit in text)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            number = (number * 10) + digit - '0';
        }

        return true;
    }
}
