using System.Buffers;
using System.Text.Json;

namespace ChatGen.Bayeux.Protocol;

/// <summary>The text of a request while it is written. The memory for that is each thread's own and used again; what is kept is as long as the text.</summary>
internal sealed class RequestText
{
    // What a large batch took is not worth keeping.
    private const int MaxKept = 64 * 1024;

    [ThreadStatic]
    private static RequestText? t_own;

    private readonly ArrayBufferWriter<byte> _text = new(1024);
    private readonly Utf8JsonWriter _writer;

    private RequestText() => _writer = BayeuxWriter.Begin(_text);

    /// <summary>Where messages are written to.</summary>
    public Utf8JsonWriter Writer => _writer;

    /// <summary>Begins a request. <see cref="End"/> has to follow on the same thread.</summary>
    public static RequestText Begin()
    {
        // An extension that is called meanwhile may send for another client, which has to have another one.
        RequestText? own = t_own;
        t_own = null;
        if (own is null)
        {
            return new RequestText();
        }

        own._text.ResetWrittenCount();
        own._writer.Reset();
        own._writer.WriteStartArray();
        return own;
    }

    /// <summary>The whole text.</summary>
    public byte[] End()
    {
        BayeuxWriter.End(_writer);
        byte[] text = _text.WrittenSpan.ToArray();
        t_own = _text.Capacity <= MaxKept ? this : null;
        return text;
    }
}
