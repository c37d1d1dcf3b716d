using System.Globalization;

namespace ChatGen;

/// <summary>A-labels: Punycode (RFC 3492) of what IDNA 2008 allows (RFC 5891 section 4.2, RFC 5892).</summary>
internal static class ChatFormatsIdna
{
    private const int MaxLabel = 63;

    /// <summary>Whether the label, which begins with <c>xn--</c>, is an A-label.</summary>
    public static bool IsALabel(ReadOnlySpan<char> label)
    {
        Span<char> encoded = stackalloc char[MaxLabel];
        label[4..].ToLowerInvariant(encoded);
        Span<int> letters = stackalloc int[MaxLabel];
        int count = Decode(encoded[..(label.Length - 4)], letters);
        return count > 0 && IsULabel(letters[..count]);
    }

    private static bool IsULabel(ReadOnlySpan<int> label)
    {
        if (!label.ContainsAnyExceptInRange(0, 0x7F) || label[0] == '-' || label[^1] == '-' || (label.Length > 3 && label[2] == '-' && label[3] == '-')
            || Category(label[0]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark)
        {
            return false;
        }

        for (int i = 0; i < label.Length; i++)
        {
            if (!IsAllowed(label, i))
            {
                return false;
            }
        }

        return true;
    }

    // RFC 5892 section 3, with the rules in context of appendix A.
    private static bool IsAllowed(ReadOnlySpan<int> label, int index)
    {
        switch (label[index])
        {
            case 0xDF or 0x3C2 or 0x6FD or 0x6FE or 0xF0B or 0x3007 or '-' or (>= '0' and <= '9') or (>= 'a' and <= 'z'):
                return true;
            case 0x200C:
                return IsBehindVirama(label, index) || IsBetweenJoining(label, index);
            case 0x200D:
                return IsBehindVirama(label, index);
            case 0xB7:
                return index > 0 && index + 1 < label.Length && label[index - 1] == 'l' && label[index + 1] == 'l';
            case 0x375:
                return index + 1 < label.Length && ChatFormatsIdnaTables.Greek.Contains(label[index + 1]);
            case 0x5F3 or 0x5F4:
                return index > 0 && ChatFormatsIdnaTables.Hebrew.Contains(label[index - 1]);
            case 0x30FB:
                foreach (int letter in label)
                {
                    if (letter != 0x30FB && ChatFormatsIdnaTables.KanaOrHan.Contains(letter))
                    {
                        return true;
                    }
                }

                return false;
            case >= 0x660 and <= 0x669:
                return !label.ContainsAnyInRange(0x6F0, 0x6F9);
            case >= 0x6F0 and <= 0x6F9:
                return !label.ContainsAnyInRange(0x660, 0x669);
            case < 0x80:
                return false;
            default:
                return Category(label[index]) is UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter
                        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber
                    && !ChatFormatsIdnaTables.Disallowed.Contains(label[index]);
        }
    }

    private static bool IsBehindVirama(ReadOnlySpan<int> label, int index) => index > 0 && ChatFormatsIdnaTables.Viramas.Contains(label[index - 1]);

    private static bool IsBetweenJoining(ReadOnlySpan<int> label, int index)
    {
        int before = index - 1;
        while (before >= 0 && IsTransparent(label[before]))
        {
            before--;
        }

        int behind = index + 1;
        while (behind < label.Length && IsTransparent(label[behind]))
        {
            behind++;
        }

        return before >= 0 && behind < label.Length
            && (ChatFormatsIdnaTables.LeftJoining.Contains(label[before]) || ChatFormatsIdnaTables.DualJoining.Contains(label[before]))
            && (ChatFormatsIdnaTables.RightJoining.Contains(label[behind]) || ChatFormatsIdnaTables.DualJoining.Contains(label[behind]));

        static bool IsTransparent(int codePoint) => Category(codePoint) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;
    }

    private static UnicodeCategory Category(int codePoint) => CharUnicodeInfo.GetUnicodeCategory(codePoint);

    /// <summary>Decodes Punycode by RFC 3492 section 6.2; 0 if the text is none.</summary>
    private static int Decode(ReadOnlySpan<char> text, Span<int> output)
    {
        const int MinThreshold = 1;
        const int MaxThreshold = 26;
        const int Radix = 36;
        int count = Math.Max(text.LastIndexOf('-'), 0);
        for (int i = 0; i < count; i++)
        {
            output[i] = text[i];
        }

        int bias = 72;
        int codePoint = 128;
        int position = 0;
        int index = count > 0 ? count + 1 : 0;
        while (index < text.Length)
        {
            int start = position;
            int weight = 1;
            for (int k = Radix; ; k += Radix)
            {
                int digit = index < text.Length ? Digit(text[index++]) : -1;
                long next = position + ((long)digit * weight);
                if (digit < 0 || next > int.MaxValue)
                {
                    return 0;
                }

                position = (int)next;
                int threshold = Math.Clamp(k - bias, MinThreshold, MaxThreshold);
                if (digit < threshold)
                {
                    break;
                }

                if ((long)weight * (Radix - threshold) > int.MaxValue)
                {
                    return 0;
                }

                weight *= Radix - threshold;
            }

            count++;
            bias = Adapt(position - start, count, start == 0);
            long advanced = (long)codePoint + (position / count);
            position %= count;
            if (advanced is > 0x10FFFF or (>= 0xD800 and <= 0xDFFF) || count > output.Length)
            {
                return 0;
            }

            codePoint = (int)advanced;
            output[position..(count - 1)].CopyTo(output[(position + 1)..]);
            output[position++] = codePoint;
        }

        return count;

        static int Digit(char letter) => letter switch
        {
            >= 'a' and <= 'z' => letter - 'a',
            >= '0' and <= '9' => letter - '0' + 26,
            _ => -1,
        };

        static int Adapt(int delta, int count, bool isFirst)
        {
            delta = isFirst ? delta / 700 : delta / 2;
            delta += delta / count;
            int k = 0;
            while (delta > (Radix - MinThreshold) * MaxThreshold / 2)
            {
                delta /= Radix - MinThreshold;
                k += Radix;
            }

            return k + ((Radix - MinThreshold + 1) * delta / (delta + 38));
        }
    }
}
