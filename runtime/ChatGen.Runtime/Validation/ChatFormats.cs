using System.ComponentModel;
using ChatGen.Generator.Reading;

namespace ChatGen;

/// <summary>The formats of JSON Schema, each as exact as the document that defines it. For generated code.</summary>
/// <remarks>Every check takes linear time, since values may be hostile. The members may be called from any thread.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class ChatFormats
{
    /// <summary><c>uuid</c>: RFC 4122 section 3, in upper or lower case. Version and variant are not looked at.</summary>
    public static bool IsUuid(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Length != 36)
        {
            return false;
        }

        for (int i = 0; i < value.Length; i++)
        {
            if (i is 8 or 13 or 18 or 23 ? value[i] != '-' : !char.IsAsciiHexDigit(value[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary><c>json-pointer</c>: RFC 6901 section 3. A pointer in a URI's fragment (section 6) is none.</summary>
    public static bool IsJsonPointer(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return IsJsonPointer(value.AsSpan());
    }

    /// <summary><c>relative-json-pointer</c>: draft-bhutton-relative-json-pointer-00 section 3, without the index manipulation that draft-07 does not know.</summary>
    public static bool IsRelativeJsonPointer(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        int digits = CountDigits(value, 0);
        ReadOnlySpan<char> rest = value.AsSpan(digits);
        return digits > 0 && (digits == 1 || value[0] != '0') && (rest is "#" || IsJsonPointer(rest));
    }

    /// <summary><c>regex</c>: the syntax of ECMA-262 (2024) section 22.2.1 in Unicode mode, without Annex B.</summary>
    public static bool IsRegex(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return EcmaPatternSyntax.TryRead(value, null, out _);
    }

    private static bool IsJsonPointer(ReadOnlySpan<char> value)
    {
        if (!value.IsEmpty && value[0] != '/')
        {
            return false;
        }

        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] == '~' && (i + 1 == value.Length || value[i + 1] is not ('0' or '1')))
            {
                return false;
            }
        }

        return true;
    }

    private static int CountDigits(ReadOnlySpan<char> value, int from)
    {
        int index = from;
        while (index < value.Length && char.IsAsciiDigit(value[index]))
        {
            index++;
        }

        return index - from;
    }
}
