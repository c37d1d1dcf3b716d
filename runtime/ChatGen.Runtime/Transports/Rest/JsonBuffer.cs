using System.Buffers;
using System.Text.Json;

namespace ChatGen;

/// <summary>Writes JSON into an array of its own length, by a writer that each thread keeps.</summary>
internal static class JsonBuffer
{
    // What is larger once is not kept.
    private const int MaxKept = 16 * 1024;

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? t_kept;

    /// <param name="state">For <paramref name="write"/>.</param>
    /// <param name="write">Writes one value.</param>
    public static byte[] Write<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        (ArrayBufferWriter<byte> buffer, Utf8JsonWriter writer) = t_kept ?? New();

        // Whoever is called may write something else on the way.
        t_kept = null;
        write(writer, state);
        writer.Flush();
        byte[] json = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity <= MaxKept)
        {
            buffer.ResetWrittenCount();
            writer.Reset();
            t_kept = (buffer, writer);
        }

        return json;
    }

    private static (ArrayBufferWriter<byte>, Utf8JsonWriter) New()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        return (buffer, new Utf8JsonWriter(buffer));
    }
}
