using System.Runtime.CompilerServices;

namespace ChatGen;

/// <summary>Puts an address together.</summary>
internal ref struct AddressBuilder
{
    private const int Escaped = 128;

    private DefaultInterpolatedStringHandler _text;

    /// <param name="buffer">Where short addresses are put together.</param>
    public AddressBuilder(Span<char> buffer) => _text = new DefaultInterpolatedStringHandler(0, 0, null, buffer);

    /// <summary>The address so far.</summary>
    public readonly ReadOnlySpan<char> Text => _text.Text;

    public void Append(string text) => _text.AppendLiteral(text);

    /// <summary>Appends what must not be taken for a part of the address itself (RFC 3986, section 2.1).</summary>
    public void AppendEscaped(string text)
    {
        Span<char> buffer = stackalloc char[Escaped];
        if (Uri.TryEscapeDataString(text, buffer, out int written))
        {
            _text.AppendFormatted(buffer[..written]);
        }
        else
        {
            _text.AppendLiteral(Uri.EscapeDataString(text));
        }
    }

    /// <summary>The address; nothing can be appended any more.</summary>
    public string Finish() => _text.ToStringAndClear();
}
