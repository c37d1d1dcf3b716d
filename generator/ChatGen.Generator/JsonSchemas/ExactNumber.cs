using System.Globalization;
using System.Numerics;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>
/// A number of a document by its exact value: digits without zeros at either end and a power of ten. The compile-time twin of the runtime's <c>JsonNumber</c>, which is
/// made of what netstandard2.0 does not have.
/// </summary>
internal sealed class ExactNumber : IComparable<ExactNumber>
{
    /// <summary>Longer numbers are not calculated with: it takes quadratic time, and the text may be hostile.</summary>
    private const int MaxLength = 400;

    private readonly string _digits;
    private readonly BigInteger _exponent;
    private readonly int _sign;

    private ExactNumber(string digits, BigInteger exponent, int sign)
    {
        _digits = digits;
        _exponent = exponent;
        _sign = sign;
    }

    public bool IsInteger => _exponent.Sign >= 0;

    /// <summary>Reads a number in the grammar of RFC 8259, or null if it is too long.</summary>
    public static ExactNumber? Parse(string text)
    {
        if (text.Length > MaxLength)
        {
            return null;
        }

        int end = text.IndexOfAny(['e', 'E']);
        BigInteger exponent = end < 0 ? BigInteger.Zero : BigInteger.Parse(text.Substring(end + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        int sign = text[0] == '-' ? -1 : 1;
        string mantissa = (end < 0 ? text : text.Substring(0, end)).TrimStart('-');
        int point = mantissa.IndexOf('.');
        exponent -= point < 0 ? 0 : mantissa.Length - point - 1;
        string digits = mantissa.Replace(".", "");
        string shortened = digits.TrimEnd('0');
        exponent += digits.Length - shortened.Length;
        shortened = shortened.TrimStart('0');
        return shortened.Length == 0 ? new ExactNumber("", BigInteger.Zero, 0) : new ExactNumber(shortened, exponent, sign);
    }

    /// <param name="divisor">A number greater than zero.</param>
    public bool IsMultipleOf(ExactNumber divisor)
    {
        if (_sign == 0)
        {
            return true;
        }

        // Neither number ends in a zero, so a smaller power of ten cannot be made up for by the digits.
        BigInteger shift = _exponent - divisor._exponent;
        if (shift.Sign < 0)
        {
            return false;
        }

        BigInteger modulus = BigInteger.Parse(divisor._digits, NumberStyles.None, CultureInfo.InvariantCulture);
        BigInteger value = BigInteger.Parse(_digits, NumberStyles.None, CultureInfo.InvariantCulture);
        return (value % modulus * BigInteger.ModPow(10, shift, modulus) % modulus).IsZero;
    }

    public int CompareTo(ExactNumber other)
    {
        if (_sign != other._sign)
        {
            return _sign.CompareTo(other._sign);
        }

        // Digits without leading zeros: the longer integer part is the larger number, and else the digits decide as text.
        int magnitude = (_exponent + _digits.Length).CompareTo(other._exponent + other._digits.Length);
        if (magnitude == 0)
        {
            magnitude = Math.Sign(string.CompareOrdinal(_digits, other._digits));
        }

        return _sign < 0 ? -magnitude : magnitude;
    }

    /// <summary>The same text for the same value.</summary>
    public override string ToString() => _sign == 0 ? "0" : (_sign < 0 ? "-" : "") + _digits + "e" + _exponent.ToString(CultureInfo.InvariantCulture);
}
