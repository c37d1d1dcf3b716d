namespace ChatGen;

public static partial class ChatFormats
{
    /// <summary>
    /// <c>hostname</c>: RFC 1123 section 2.1, at most 253 characters in labels of at most 63. A label that begins with <c>xn--</c> must be
    /// Punycode of letters that RFC 5892 allows, in an order that it allows; the rule for right-to-left labels of RFC 5893 is not checked.
    /// </summary>
    public static bool IsHostname(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return IsHostname(value.AsSpan(), withIdna: true);
    }

    /// <summary><c>ipv4</c>: <c>dotted-quad</c> of RFC 2673 section 3.2: four decimal numbers without leading zeros.</summary>
    public static bool IsIpv4(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return IsIpv4(value.AsSpan());
    }

    /// <summary><c>ipv6</c>: RFC 4291 section 2.2, without a zone.</summary>
    public static bool IsIpv6(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return IsIpv6(value.AsSpan());
    }

    /// <summary>
    /// <c>email</c>: <c>Mailbox</c> of RFC 5321 section 4.1.2, with its limits (section 4.5.3.1) of 64 characters before the last <c>@</c> and 255 behind.
    /// </summary>
    public static bool IsEmail(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        int at = value.LastIndexOf('@');
        if (at is < 1 or > 64 || value.Length - at - 1 > 255)
        {
            return false;
        }

        ReadOnlySpan<char> local = value.AsSpan(0, at);
        ReadOnlySpan<char> domain = value.AsSpan(at + 1);
        return (local[0] == '"' ? IsQuotedString(local) : IsDotString(local))
            && (domain is ['[', .., ']'] ? IsAddressLiteral(domain[1..^1]) : IsHostname(domain, withIdna: false));
    }

    private static bool IsHostname(ReadOnlySpan<char> value, bool withIdna)
    {
        if (value.Length is 0 or > 253)
        {
            return false;
        }

        foreach (Range range in value.Split('.'))
        {
            ReadOnlySpan<char> label = value[range];
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-')
            {
                return false;
            }

            foreach (char letter in label)
            {
                if (!char.IsAsciiLetterOrDigit(letter) && letter != '-')
                {
                    return false;
                }
            }

            if (withIdna && label.StartsWith("xn--", StringComparison.OrdinalIgnoreCase) && !ChatFormatsIdna.IsALabel(label))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsIpv4(ReadOnlySpan<char> text)
    {
        for (int part = 0; part < 4; part++)
        {
            int digits = CountDigits(text, 0);
            if (digits is 0 or > 3 || (digits > 1 && text[0] == '0') || !TryReadNumber(text[..digits], out int number) || number > 255)
            {
                return false;
            }

            text = text[digits..];
            if (part < 3)
            {
                if (text.IsEmpty || text[0] != '.')
                {
                    return false;
                }

                text = text[1..];
            }
        }

        return text.IsEmpty;
    }

    private static bool IsIpv6(ReadOnlySpan<char> text)
    {
        int groups = 0;
        bool isShortened = text.StartsWith("::");
        if (isShortened)
        {
            text = text[2..];
            if (text.IsEmpty)
            {
                return true;
            }
        }

        while (true)
        {
            int digits = 0;
            while (digits < text.Length && char.IsAsciiHexDigit(text[digits]))
            {
                digits++;
            }

            if (digits < text.Length && text[digits] == '.')
            {
                return IsIpv4(text) && IsComplete(groups + 2);
            }

            if (digits is 0 or > 4 || ++groups > 8)
            {
                return false;
            }

            text = text[digits..];
            if (text.IsEmpty)
            {
                return IsComplete(groups);
            }

            if (text.StartsWith("::"))
            {
                if (isShortened)
                {
                    return false;
                }

                isShortened = true;
                text = text[2..];
                if (text.IsEmpty)
                {
                    return IsComplete(groups);
                }
            }
            else if (text[0] == ':')
            {
                text = text[1..];
            }
            else
            {
                return false;
            }
        }

        bool IsComplete(int count) => isShortened ? count < 8 : count == 8;
    }

    private static bool IsDotString(ReadOnlySpan<char> text)
    {
        const string Special = "!#$%&'*+-/=?^_`{|}~";
        bool isAfterDot = true;
        foreach (char letter in text)
        {
            if (letter == '.' ? isAfterDot : !char.IsAsciiLetterOrDigit(letter) && !Special.Contains(letter, StringComparison.Ordinal))
            {
                return false;
            }

            isAfterDot = letter == '.';
        }

        return !isAfterDot;
    }

    private static bool IsQuotedString(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[^1] != '"')
        {
            return false;
        }

        for (int i = 1; i < text.Length - 1; i++)
        {
            bool isEscaped = text[i] == '\\';
            if (isEscaped && ++i == text.Length - 1)
            {
                return false;
            }

            if (text[i] is < ' ' or > '~' || (text[i] == '"' && !isEscaped))
            {
                return false;
            }
        }

        return true;
    }

    // RFC 5321 section 4.1.3.
    private static bool IsAddressLiteral(ReadOnlySpan<char> text)
    {
        int colon = text.IndexOf(':');
        if (colon < 0)
        {
            return IsIpv4(text);
        }

        ReadOnlySpan<char> tag = text[..colon];
        if (tag.Equals("IPv6", StringComparison.OrdinalIgnoreCase))
        {
            return IsIpv6(text[(colon + 1)..]);
        }

        if (tag.IsEmpty || tag[^1] == '-' || colon + 1 == text.Length)
        {
            return false;
        }

        foreach (char letter in tag)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter != '-')
            {
                return false;
            }
        }

        return !text[(colon + 1)..].ContainsAnyExceptInRange('!', '~') && text[(colon + 1)..].IndexOfAny("[\\]") < 0;
    }
}
