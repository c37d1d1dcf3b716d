using System.ComponentModel;
using System.Text.RegularExpressions;

namespace ChatGen;

/// <summary>A <c>pattern</c> of JSON Schema, ready to be matched. For generated code. Thread-safe.</summary>
/// <remarks>What is a plain sequence of characters and classes is matched without a regular expression; the others are one of .NET.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ChatPattern
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMilliseconds(100);

    private readonly PatternSequence? _sequence;
    private readonly Regex? _regex;

    /// <summary>Makes a pattern.</summary>
    /// <param name="text">The pattern as the schema writes it, by ECMA-262.</param>
    /// <param name="translation">The pattern as .NET writes it.</param>
    public ChatPattern(string text, string translation)
    {
        Text = text;
        _sequence = PatternSequenceReader.Read(text);
        // Bounded in time, since schema and value may be hostile.
        _regex = _sequence is null ? new Regex(translation, RegexOptions.CultureInvariant, s_timeout) : null;
    }

    /// <summary>Makes a pattern that .NET writes as the schema does.</summary>
    /// <param name="text">The pattern.</param>
    public ChatPattern(string text)
        : this(text, text)
    {
    }

    /// <summary>The pattern as the schema writes it.</summary>
    public string Text { get; }

    /// <summary>Whether there is a match. A value that takes longer than 100 milliseconds counts as having none.</summary>
    /// <param name="value">The value.</param>
    public bool IsMatch(string value)
    {
        if (_sequence is { } sequence)
        {
            return sequence.IsMatch(value);
        }

        try
        {
            return _regex!.IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
