using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ChatGen;

/// <summary>
/// An error code: a number or a dotted string. The set is open: a backend may send a code that the schema does not name.
/// </summary>
/// <remarks>
/// Two codes are equal if their values are; what the schema says of them (<see cref="Info"/>) does not take part.
/// Immutable and thread-safe.
/// </remarks>
public readonly struct ChatErrorCode : IEquatable<ChatErrorCode>
{
    private readonly string? _text;
    private readonly bool _isKnown;

    /// <summary>Makes a numeric code.</summary>
    /// <param name="number">The code's value.</param>
    /// <param name="info">What the schema says of it or of its range; <see langword="null"/> if it says nothing.</param>
    /// <param name="isKnown">Whether the schema names this very code.</param>
    public ChatErrorCode(int number, ChatErrorInfo? info = null, bool isKnown = false)
    {
        Number = number;
        Info = info;
        _isKnown = isKnown;
    }

    /// <summary>Makes a textual code.</summary>
    /// <param name="text">The code's value.</param>
    /// <param name="info">What the schema says of it; <see langword="null"/> if it says nothing.</param>
    /// <param name="isKnown">Whether the schema names this very code.</param>
    public ChatErrorCode(string text, ChatErrorInfo? info = null, bool isKnown = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        _text = text;
        Info = info;
        _isKnown = isKnown;
    }

    /// <summary>The value of a numeric code; 0 if the code is textual.</summary>
    public int Number { get; }

    /// <summary>The value of a textual code; <see langword="null"/> if the code is numeric.</summary>
    public string? Text => _text;

    /// <summary>What the schema says of the code, or of the range it is in; <see langword="null"/> if it says nothing.</summary>
    public ChatErrorInfo? Info { get; }

    /// <summary>Whether the schema names this very code.</summary>
    public bool IsKnown => _isKnown;

    /// <summary>What can be done about the error; <see cref="ChatRecovery.Fatal"/> if the schema says nothing.</summary>
    public ChatRecovery Recovery => Info?.Recovery ?? ChatRecovery.Fatal;

    /// <inheritdoc/>
    public bool Equals(ChatErrorCode other) => Number == other.Number && string.Equals(_text, other._text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is ChatErrorCode other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Number, _text);

    /// <summary>Whether two codes have the same value.</summary>
    public static bool operator ==(ChatErrorCode left, ChatErrorCode right) => left.Equals(right);

    /// <summary>Whether two codes have different values.</summary>
    public static bool operator !=(ChatErrorCode left, ChatErrorCode right) => !left.Equals(right);

    /// <summary>The value, and the name if the schema gives one: <c>50 (UnknownSession)</c>.</summary>
    public override string ToString()
    {
        string value = _text ?? Number.ToString(CultureInfo.InvariantCulture);
        return Info is { } info && _isKnown ? $"{value} ({info.Name})" : value;
    }
}
