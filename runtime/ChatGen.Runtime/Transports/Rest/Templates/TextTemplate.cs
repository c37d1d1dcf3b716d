using System.Text;
using System.Text.Json;
using ChatGen.Rest;

namespace ChatGen;

/// <summary>A string with placeholders: <c>/{chatId}/send</c>. A brace that is none is written twice.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed class TextTemplate
{
    // Text and placeholders by turns; either may be absent at its place.
    private readonly (string Text, Placeholder? Placeholder)[] _parts;

    private TextTemplate((string, Placeholder?)[] parts) => _parts = parts;

    /// <summary>The sources that are used.</summary>
    public IEnumerable<TemplatePlaceholder> Sources => _parts.Where(part => part.Placeholder is not null).Select(part => part.Placeholder!.Source);

    /// <exception cref="FormatException">The text is no template.</exception>
    public static TextTemplate Parse(string text, IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> tables)
    {
        TemplateSyntax syntax = TemplateSyntax.Parse(text, out TemplateFault fault) ?? throw new FormatException($"'{text}' is no template: {fault.Kind} at {fault.Start}.");
        return new TextTemplate([.. syntax.Parts.Select(part => (part.Text, part.Placeholder is { } placeholder
            ? new Placeholder(placeholder, [.. placeholder.Filters.Select(filter => TemplateFilter.Find(filter, tables))])
            : null))]);
    }

    /// <summary>The value: that of the only placeholder as it is, else text; absent if any placeholder is.</summary>
    public TemplateValue Evaluate(ITemplateScope scope)
    {
        if (_parts is [{ Text: "", Placeholder: { } only }])
        {
            return only.Evaluate(scope);
        }

        return _parts is [{ Placeholder: null }] ? TemplateValue.Of(_parts[0].Text) : TemplateValue.Of(Text(scope));
    }

    /// <summary>A whole address: as it is if it is one value, else put together with the values escaped; <see langword="null"/> if a value is absent.</summary>
    public string? EvaluateAddress(ITemplateScope scope)
    {
        if (_parts is [{ Text: "", Placeholder: { } only }])
        {
            return only.Evaluate(scope).Text;
        }

        var address = new AddressBuilder(stackalloc char[256]);
        TemplatePlaceholder? absent = AppendTo(ref address, scope);
        string text = address.Finish();
        return absent is null ? text : null;
    }

    /// <summary>Appends the text to an address, with the values escaped.</summary>
    /// <param name="address">What is appended to.</param>
    /// <param name="scope">Knows the values.</param>
    /// <returns>The placeholder that has no value, which leaves the address unfinished; <see langword="null"/> if all have.</returns>
    public TemplatePlaceholder? AppendTo(ref AddressBuilder address, ITemplateScope scope)
    {
        foreach ((string literal, Placeholder? placeholder) in _parts)
        {
            address.Append(literal);
            if (placeholder is null)
            {
                continue;
            }

            if (placeholder.Evaluate(scope).Text is not { } value)
            {
                return placeholder.Source;
            }

            address.AppendEscaped(value);
        }

        return null;
    }

    private string? Text(ITemplateScope scope)
    {
        var text = new StringBuilder();
        foreach ((string literal, Placeholder? placeholder) in _parts)
        {
            text.Append(literal);
            if (placeholder is not null)
            {
                if (placeholder.Evaluate(scope).Text is not { } value)
                {
                    return null;
                }

                text.Append(value);
            }
        }

        return text.ToString();
    }
}
