using System.Buffers;

namespace ChatGen;

public static partial class ChatFormats
{
    private static readonly SearchValues<char> s_hexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary><c>uri</c>: RFC 3986 section 3, with a scheme.</summary>
    public static bool IsUri(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return IsReference(value, isInternational: false, mustBeAbsolute: true);
    }

    /// <summary><c>uri-reference</c>: RFC 3986 section 4.1, a URI or a relative reference.</summary>
    public static bool IsUriReference(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return IsReference(value, isInternational: false, mustBeAbsolute: false);
    }

    /// <summary><c>iri</c>: RFC 3987 section 2.2, with a scheme and without bidirectional formatting characters (section 4.1).</summary>
    public static bool IsIri(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return IsReference(value, isInternational: true, mustBeAbsolute: true);
    }

    /// <summary><c>iri-reference</c>: RFC 3987 section 2.2, an IRI or a relative reference.</summary>
    public static bool IsIriReference(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return IsReference(value, isInternational: true, mustBeAbsolute: false);
    }

    /// <summary><c>uri-template</c>: RFC 6570 section 2. Operators that are reserved for extensions are allowed, and so is an apostrophe (erratum 6937).</summary>
    public static bool IsUriTemplate(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        int index = 0;
        while (index < value.Length)
        {
            if (value[index] == '{')
            {
                int end = value.IndexOf('}', index);
                if (end < 0 || !IsExpression(value.AsSpan(index + 1, end - index - 1)))
                {
                    return false;
                }

                index = end + 1;
            }
            else if (value[index] == '%')
            {
                if (!IsEscape(value, index))
                {
                    return false;
                }

                index += 3;
            }
            else if (value[index] < 0x80)
            {
                if (value[index] is <= ' ' or '\x7F' or '"' or '<' or '>' or '\\' or '^' or '`' or '|' or '}')
                {
                    return false;
                }

                index++;
            }
            else if (International(value, index, withPrivate: true) is int length and > 0)
            {
                index += length;
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsReference(ReadOnlySpan<char> text, bool isInternational, bool mustBeAbsolute)
    {
        int scheme = SchemeLength(text);
        if (scheme > 0)
        {
            text = text[(scheme + 1)..];
        }
        else if (mustBeAbsolute)
        {
            return false;
        }

        int hash = text.IndexOf('#');
        if (hash >= 0)
        {
            if (!Has(text[(hash + 1)..], ":@/?", isInternational, withPrivate: false))
            {
                return false;
            }

            text = text[..hash];
        }

        int question = text.IndexOf('?');
        if (question >= 0)
        {
            if (!Has(text[(question + 1)..], ":@/?", isInternational, withPrivate: isInternational))
            {
                return false;
            }

            text = text[..question];
        }

        if (text.StartsWith("//"))
        {
            text = text[2..];
            int slash = text.IndexOf('/');
            if (!IsAuthority(slash < 0 ? text : text[..slash], isInternational))
            {
                return false;
            }

            text = slash < 0 ? [] : text[slash..];
        }
        else if (scheme == 0)
        {
            // The first segment of a relative path would otherwise be a scheme.
            int slash = text.IndexOf('/');
            if ((slash < 0 ? text : text[..slash]).Contains(':'))
            {
                return false;
            }
        }

        return Has(text, ":@/", isInternational, withPrivate: false);
    }

    private static int SchemeLength(ReadOnlySpan<char> text)
    {
        int colon = text.IndexOf(':');
        if (colon < 1 || !char.IsAsciiLetter(text[0]))
        {
            return 0;
        }

        foreach (char letter in text[..colon])
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('+' or '-' or '.'))
            {
                return 0;
            }
        }

        return colon;
    }

    private static bool IsAuthority(ReadOnlySpan<char> text, bool isInternational)
    {
        int at = text.IndexOf('@');
        if (at >= 0)
        {
            if (!Has(text[..at], ":", isInternational, withPrivate: false))
            {
                return false;
            }

            text = text[(at + 1)..];
        }

        int end;
        if (!text.IsEmpty && text[0] == '[')
        {
            end = text.IndexOf(']');
            if (end < 0 || !IsIpLiteral(text[1..end]))
            {
                return false;
            }

            text = text[(end + 1)..];
            return text.IsEmpty || (text[0] == ':' && CountDigits(text, 1) == text.Length - 1);
        }

        end = text.IndexOf(':');
        return Has(end < 0 ? text : text[..end], "", isInternational, withPrivate: false)
            && (end < 0 || CountDigits(text, end + 1) == text.Length - end - 1);
    }

    private static bool IsIpLiteral(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] is not ('v' or 'V'))
        {
            return IsIpv6(text);
        }

        int dot = text.IndexOf('.');
        return dot > 1 && !text[1..dot].ContainsAnyExcept(s_hexDigits) && dot + 1 < text.Length
            && text.IndexOf('%') < 0 && Has(text[(dot + 1)..], ":", isInternational: false, withPrivate: false);
    }

    /// <summary>Whether the text has nothing but unreserved characters, sub-delimiters, escapes, and these.</summary>
    private static bool Has(ReadOnlySpan<char> text, string others, bool isInternational, bool withPrivate)
    {
        const string Marks = "-._~!$&'()*+,;=";
        int index = 0;
        while (index < text.Length)
        {
            char letter = text[index];
            if (letter == '%')
            {
                if (!IsEscape(text, index))
                {
                    return false;
                }

                index += 3;
            }
            else if (char.IsAsciiLetterOrDigit(letter) || Marks.Contains(letter, StringComparison.Ordinal) || others.Contains(letter, StringComparison.Ordinal))
            {
                index++;
            }
            else if (isInternational && International(text, index, withPrivate) is int length and > 0)
            {
                index += length;
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsEscape(ReadOnlySpan<char> text, int index) =>
        index + 2 < text.Length && char.IsAsciiHexDigit(text[index + 1]) && char.IsAsciiHexDigit(text[index + 2]);

    /// <summary>How many UTF-16 code units a <c>ucschar</c> of RFC 3987 section 2.2, or an <c>iprivate</c>, takes here; 0 if there is none.</summary>
    private static int International(ReadOnlySpan<char> text, int index, bool withPrivate)
    {
        char unit = text[index];
        if (char.IsHighSurrogate(unit) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
        {
            int codePoint = char.ConvertToUtf32(unit, text[index + 1]);
            bool isNonCharacter = (codePoint & 0xFFFE) == 0xFFFE;
            bool isCharacter = codePoint is < 0xE0000 or (>= 0xE1000 and < 0xF0000) || (withPrivate && codePoint >= 0xF0000);
            return isCharacter && !isNonCharacter ? 2 : 0;
        }

        return unit switch
        {
            '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') => 0,
            (>= '\u00A0' and <= '\uD7FF') or (>= '\uF900' and <= '\uFDCF') or (>= '\uFDF0' and <= '\uFFEF') => 1,
            >= '\uE000' and <= '\uF8FF' when withPrivate => 1,
            _ => 0,
        };
    }

    private static bool IsExpression(ReadOnlySpan<char> text)
    {
        if (!text.IsEmpty && "+#./;?&=,!@|".Contains(text[0], StringComparison.Ordinal))
        {
            text = text[1..];
        }

        foreach (Range range in text.Split(','))
        {
            if (!IsVariable(text[range]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsVariable(ReadOnlySpan<char> text)
    {
        int colon = text.IndexOf(':');
        if (colon >= 0)
        {
            ReadOnlySpan<char> limit = text[(colon + 1)..];
            if (limit.Length is 0 or > 4 || limit[0] == '0' || CountDigits(limit, 0) != limit.Length)
            {
                return false;
            }

            text = text[..colon];
        }
        else if (!text.IsEmpty && text[^1] == '*')
        {
            text = text[..^1];
        }

        bool isAfterDot = true;
        int index = 0;
        while (index < text.Length)
        {
            char letter = text[index];
            if (letter == '%' && IsEscape(text, index))
            {
                index += 2;
            }
            else if (letter == '.' ? isAfterDot : !char.IsAsciiLetterOrDigit(letter) && letter != '_')
            {
                return false;
            }

            isAfterDot = letter == '.';
            index++;
        }

        return !isAfterDot;
    }
}
