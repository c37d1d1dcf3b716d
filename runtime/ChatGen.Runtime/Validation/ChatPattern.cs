using System.ComponentModel;
using System.Text.RegularExpressions;
using ChatGen.JsonSchemas;

namespace ChatGen;

/// <summary>A <c>pattern</c> of JSON Schema, ready to be matched. For generated code. Thread-safe.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ChatPattern
{
    private readonly JsonPattern _pattern;

    /// <summary>Makes a pattern.</summary>
    /// <param name="text">The pattern as the schema writes it, by ECMA-262.</param>
    /// <param name="translation">The pattern as .NET writes it.</param>
    public ChatPattern(string text, string translation)
    {
        Text = text;
        _pattern = new JsonPattern(text, translation);
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
        try
        {
            return _pattern.IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
