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
/// The value is kept as digits without zeros at either end and a power of ten, so that <c>1e1000000000</c> costs no more than it is long. Neither
/// <see cref="double"/> nor <see cref="decimal"/> is used: both round.
/// </remarks>
public readonly struct JsonNumber : IEquatable<JsonNumber>, IComparable<JsonNumber>
{
    private readonly string? _digits;
    private readonly BigInteger _exponent;
    private readonly bool _isNegative;

    private JsonNumber(string digits, BigInteger exponent, bool isNegative)
    {
        _digits = digits;
        _exponent = exponent;
        _isNegative = isNegative;
    }

    /// <summary>Whether the value is an integer; <c>1.0</c> is one (JSON Schema Core, section 4.2.3 of draft-07).</summary>
    public bool IsInteger => _exponent.Sign >= 0;

    private string Digits => _digits ?? "";

    private int Sign => Digits.Length == 0 ? 0 : _isNegative ? -1 : 1;

    /// <summary>Reads a number of a document.</summary>
    /// <param name="element">An element of kind <see cref="JsonValueKind.Number"/>.</param>
    public static JsonNumber Of(JsonElement element) => Parse(Encoding.ASCII.GetString(JsonMarshal.GetRawUtf8Value(element)));

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
        return shortened.Length == 0 ? default : new JsonNumber(shortened, exponent, isNegative);
    }

    /// <summary>Whether the value divided by another is an integer (JSON Schema Validation, section 6.2.1).</summary>
    /// <param name="divisor">A number greater than zero.</param>
    public bool IsMultipleOf(JsonNumber divisor)
    {
        if (Sign == 0)
        {
            return true;
        }

        // Neither number ends in a zero, so a smaller power of ten cannot be made up for by the digits.
        BigInteger shift = _exponent - divisor._exponent;
        if (shift.Sign < 0)
        {
            return false;
        }

        BigInteger modulus = BigInteger.Parse(divisor.Digits, NumberStyles.None, CultureInfo.InvariantCulture);
        BigInteger value = BigInteger.Parse(Digits, NumberStyles.None, CultureInfo.InvariantCulture);
        return (value % modulus * BigInteger.ModPow(10, shift, modulus) % modulus).IsZero;
    }

    /// <inheritdoc/>
    public int CompareTo(JsonNumber other)
    {
        if (Sign != other.Sign)
        {
            return Sign.CompareTo(other.Sign);
        }

        // Digits without leading zeros: the longer integer part is the larger number, and else the digits decide as text.
        int magnitude = (_exponent + Digits.Length).CompareTo(other._exponent + other.Digits.Length);
        if (magnitude == 0)
        {
            magnitude = Math.Sign(string.CompareOrdinal(Digits, other.Digits));
        }

        return Sign < 0 ? -magnitude : magnitude;
    }

    /// <inheritdoc/>
    public bool Equals(JsonNumber other) => Sign == other.Sign && _exponent == other._exponent && string.Equals(Digits, other.Digits, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is JsonNumber other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Digits, _exponent, Sign);

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
