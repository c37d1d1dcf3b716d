using System.ComponentModel;
using System.Text.RegularExpressions;

namespace ChatGen.JsonSchemas;

/// <summary>A <c>pattern</c> of JSON Schema, ready to be matched. For generated code. Thread-safe.</summary>
/// <remarks>What is a plain sequence of characters and classes is matched without a regular expression; the others are one of .NET.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class JsonPattern
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMilliseconds(100);

    private readonly PatternSequence? _sequence;
    private readonly Regex? _regex;

    /// <param name="text">The pattern as the schema writes it, by ECMA-262; <see langword="null"/> if only the translation is known.</param>
    /// <param name="translation">The pattern as .NET writes it.</param>
    public JsonPattern(string? text, string translation)
    {
        _sequence = text is null ? null : PatternSequenceReader.Read(text);

        // Bounded in time, since schema and value may be hostile.
        _regex = _sequence is null ? new Regex(translation, RegexOptions.CultureInvariant, s_timeout) : null;
    }

    /// <summary>Whether there is a match.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="RegexMatchTimeoutException">Matching takes longer than 100 milliseconds.</exception>
    public bool IsMatch(string value) => _sequence?.IsMatch(value) ?? _regex!.IsMatch(value);
}
