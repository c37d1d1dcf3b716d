using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace ChatGen.JsonSchemas;

/// <summary>
/// A number of a document by its exact value, whatever its size and however it is written: <c>1</c>, <c>1.0</c> and <c>10e-1</c> are equal. Immutable.
/// </summary>
/// <remarks>
/// An integer of up to 18 digits is kept as such, every other value as digits without zeros at either end and a power of ten, so that <c>1e1000000000</c> costs no more
/// than it is long. Neither <see cref="double"/> nor <see cref="decimal"/> is used: both round.
/// </remarks>
public readonly struct JsonNumber : IEquatable<JsonNumber>, IComparable<JsonNumber>
{
    private const int MaxWholeDigits = 18;

    private readonly long _whole;

    // Of a whole number there are none.
    private readonly string? _digits;
    private readonly BigInteger _exponent;
    private readonly bool _isNegative;

    private JsonNumber(long whole) => _whole = whole;

    private JsonNumber(string digits, BigInteger exponent, bool isNegative)
    {
        _digits = digits;
        _exponent = exponent;
        _isNegative = isNegative;
    }

    /// <summary>Whether the value is an integer; <c>1.0</c> is one (JSON Schema Core, section 4.2.3 of draft-07).</summary>
    public bool IsInteger => IsWhole || _exponent.Sign >= 0;

    private bool IsWhole => _digits is null;

    private int Sign => IsWhole ? Math.Sign(_whole) : _isNegative ? -1 : 1;

    /// <summary>Reads a number of a document.</summary>
    /// <param name="element">An element of kind <see cref="JsonValueKind.Number"/>.</param>
    public static JsonNumber Of(JsonElement element)
    {
        ReadOnlySpan<byte> text = JsonMarshal.GetRawUtf8Value(element);
        return text.Length <= MaxWholeDigits && Utf8Parser.TryParse(text, out long whole, out int length) && length == text.Length
            ? new JsonNumber(whole)
            : Parse(Encoding.ASCII.GetString(text));
    }

    /// <summary>Reads a number in the grammar of RFC 8259, section 6.</summary>
    /// <param name="text">The number. Anything else is not checked for.</param>
    public static JsonNumber Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int end = text.AsSpan().IndexOfAny('e', 'E');
        BigInteger exponent = end < 0 ? BigInteger.Zero : BigInteger.Parse(text.AsSpan(end + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        bool isNegative = text[0] == '-';
        ReadOnlySpan<char> mantissa = text.AsSpan(0, end < 0 ? text.Length : end)[(isNegative ? 1 : 0)..];
        int point = mantissa.IndexOf('.');
        string digits = point < 0 ? mantissa.ToString() : string.Concat(mantissa[..point], mantissa[(point + 1)..]);
        exponent -= point < 0 ? 0 : mantissa.Length - point - 1;
        string shortened = digits.TrimEnd('0');
        exponent += digits.Length - shortened.Length;
        shortened = shortened.TrimStart('0');
        if (shortened.Length == 0)
        {
            return default;
        }

        if (exponent.Sign < 0 || exponent + shortened.Length > MaxWholeDigits)
        {
            return new JsonNumber(shortened, exponent, isNegative);
        }

        long whole = long.Parse(shortened + new string('0', (int)exponent), NumberStyles.None, CultureInfo.InvariantCulture);
        return new JsonNumber(isNegative ? -whole : whole);
    }

    /// <summary>Whether the value divided by another is an integer (JSON Schema Validation, section 6.2.1).</summary>
    /// <param name="divisor">A number greater than zero.</param>
    public bool IsMultipleOf(JsonNumber divisor)
    {
        if (IsWhole && (divisor.IsWhole || _whole == 0))
        {
            return _whole == 0 || _whole % divisor._whole == 0;
        }

        (string digits, BigInteger exponent) = Canonical();
        (string divisorDigits, BigInteger divisorExponent) = divisor.Canonical();

        // Neither number ends in a zero, so a smaller power of ten cannot be made up for by the digits.
        BigInteger shift = exponent - divisorExponent;
        if (shift.Sign < 0)
        {
            return false;
        }

        BigInteger modulus = BigInteger.Parse(divisorDigits, NumberStyles.None, CultureInfo.InvariantCulture);
        BigInteger value = BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        return (value % modulus * BigInteger.ModPow(10, shift, modulus) % modulus).IsZero;
    }

    /// <inheritdoc/>
    public int CompareTo(JsonNumber other)
    {
        if (IsWhole && other.IsWhole)
        {
            return _whole.CompareTo(other._whole);
        }

        if (Sign != other.Sign)
        {
            return Sign.CompareTo(other.Sign);
        }

        // Digits without leading zeros: the longer integer part is the larger number, and else the digits decide as text.
        (string digits, BigInteger exponent) = Canonical();
        (string otherDigits, BigInteger otherExponent) = other.Canonical();
        int magnitude = (exponent + digits.Length).CompareTo(otherExponent + otherDigits.Length);
        if (magnitude == 0)
        {
            magnitude = Math.Sign(string.CompareOrdinal(digits, otherDigits));
        }

        return Sign < 0 ? -magnitude : magnitude;
    }

    /// <inheritdoc/>
    public bool Equals(JsonNumber other) =>
        _whole == other._whole && _isNegative == other._isNegative && _exponent == other._exponent && string.Equals(_digits, other._digits, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is JsonNumber other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_whole, _digits, _exponent, _isNegative);

    /// <summary>The digits without zeros at either end, and the power of ten; there are none of zero.</summary>
    private (string Digits, BigInteger Exponent) Canonical()
    {
        if (_digits is not null)
        {
            return (_digits, _exponent);
        }

        string digits = Math.Abs(_whole).ToString(CultureInfo.InvariantCulture);
        string shortened = digits.TrimEnd('0');
        return (shortened, digits.Length - shortened.Length);
    }

    /// <summary>Whether two numbers have one value.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">Another.</param>
    public static bool operator ==(JsonNumber left, JsonNumber right) => left.Equals(right);

    /// <summary>Whether two numbers have different values.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">Another.</param>
    public static bool operator !=(JsonNumber left, JsonNumber right) => !left.Equals(right);

    /// <summary>Whether a number is less than another.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">Another.</param>
    public static bool operator <(JsonNumber left, JsonNumber right) => left.CompareTo(right) < 0;

    /// <summary>Whether a number is greater than another.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">Another.</param>
    public static bool operator >(JsonNumber left, JsonNumber right) => left.CompareTo(right) > 0;

    /// <summary>Whether a number is at most another.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">Another.</param>
    public static bool operator <=(JsonNumber left, JsonNumber right) => left.CompareTo(right) <= 0;

    /// <summary>Whether a number is at least another.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">Another.</param>
    public static bool operator >=(JsonNumber left, JsonNumber right) => left.CompareTo(right) >= 0;
}
