using System.Text;
using System.Text.Json;

namespace ChatGen;

/// <summary>A string with placeholders: <c>/{chatId}/send</c>. A brace that is none is written twice.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed class TextTemplate
{
    // Text and placeholders by turns; either may be absent at its place.
    private readonly (string Text, Placeholder? Placeholder)[] _parts;

    private TextTemplate((string, Placeholder?)[] parts) => _parts = parts;

    /// <summary>The sources that are used.</summary>
    public IEnumerable<TemplateSource> Sources => _parts.Where(part => part.Placeholder is not null).Select(part => part.Placeholder!.Source);

    /// <exception cref="FormatException">The text is no template.</exception>
    public static TextTemplate Parse(string text, IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> tables)
    {
        var parts = new List<(string, Placeholder?)>();
        var literal = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            char character = text[i];
            if (character is '{' or '}' && i + 1 < text.Length && text[i + 1] == character)
            {
                literal.Append(character);
                i++;
            }
            else if (character == '{')
            {
                int end = text.IndexOf('}', i);
                if (end < 0)
                {
                    throw new FormatException($"The placeholder in '{text}' does not end.");
                }

                string[] words = text[(i + 1)..end].Split('|');
                parts.Add((literal.ToString(), new Placeholder(TemplateSource.Parse(words[0]), [.. words.Skip(1).Select(word => TemplateFilter.Find(word, tables))])));
                literal.Clear();
                i = end;
            }
            else if (character == '}')
            {
                throw new FormatException($"There is a '}}' without a placeholder in '{text}'.");
            }
            else
            {
                literal.Append(character);
            }
        }

        if (literal.Length > 0 || parts.Count == 0)
        {
            parts.Add((literal.ToString(), null));
        }

        return new TextTemplate([.. parts]);
    }

    /// <summary>The value: that of the only placeholder as it is, else text; absent if any placeholder is.</summary>
    public TemplateValue Evaluate(ITemplateScope scope)
    {
        if (_parts is [{ Text: "", Placeholder: { } only }])
        {
            return only.Evaluate(scope);
        }

        return _parts is [{ Placeholder: null }] ? TemplateValue.Of(_parts[0].Text) : TemplateValue.Of(Text(scope, escape: false, out _));
    }

    /// <summary>The text, with the values escaped for an address.</summary>
    /// <param name="scope">Knows the values.</param>
    /// <param name="absent">The placeholder that has no value.</param>
    /// <returns><see langword="null"/> if a placeholder has no value.</returns>
    public string? EvaluateForAddress(ITemplateScope scope, out TemplateSource? absent) => Text(scope, escape: true, out absent);

    private string? Text(ITemplateScope scope, bool escape, out TemplateSource? absent)
    {
        absent = null;
        var text = new StringBuilder();
        foreach ((string literal, Placeholder? placeholder) in _parts)
        {
            text.Append(literal);
            if (placeholder is null)
            {
                continue;
            }

            if (placeholder.Evaluate(scope).Text is not { } value)
            {
                absent = placeholder.Source;
                return null;
            }

            text.Append(escape ? Uri.EscapeDataString(value) : value);
        }

        return text.ToString();
    }
}
