using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ChatGen;

/// <summary>JSON as the fields of a form: members of members become <c>name[member]</c>, items of a list fields of the same name; null is left out.</summary>
internal static class RestForm
{
    // A field: its name, and its value in UTF-8.
    private delegate void FieldVisitor<TState>(TState state, string name, ReadOnlySpan<byte> value);

    // What the URL Standard leaves as it is in a form.
    private static readonly SearchValues<byte> s_unescaped = SearchValues.Create("*-._0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>The body of a request (URL Standard, application/x-www-form-urlencoded).</summary>
    /// <param name="json">One object.</param>
    public static ReadOnlyMemoryContent Create(ReadOnlySpan<byte> json)
    {
        var form = new ArrayBufferWriter<byte>(json.Length + 16);
        Visit(json, form, static (form, name, value) =>
        {
            if (form.WrittenCount > 0)
            {
                form.Write("&"u8);
            }

            Span<byte> utf8 = stackalloc byte[128];
            WriteEscaped(form, Encoding.UTF8.TryGetBytes(name, utf8, out int length) ? utf8[..length] : Encoding.UTF8.GetBytes(name));
            form.Write("="u8);
            WriteEscaped(form, value);
        });
        var content = new ReadOnlyMemoryContent(form.WrittenMemory);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded");
        return content;
    }

    /// <summary>The fields, in order.</summary>
    /// <param name="json">One object.</param>
    public static List<(string Name, string Value)> Fields(ReadOnlySpan<byte> json)
    {
        var fields = new List<(string, string)>();
        Visit(json, fields, static (fields, name, value) => fields.Add((name, Encoding.UTF8.GetString(value))));
        return fields;
    }

    private static void Visit<TState>(ReadOnlySpan<byte> json, TState state, FieldVisitor<TState> visit)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 128 });
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            VisitMembers(ref reader, null, state, visit);
        }
    }

    private static void VisitMembers<TState>(ref Utf8JsonReader reader, string? owner, TState state, FieldVisitor<TState> visit)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            VisitValue(ref reader, owner is null ? name : $"{owner}[{name}]", state, visit);
        }
    }

    private static void VisitValue<TState>(ref Utf8JsonReader reader, string name, TState state, FieldVisitor<TState> visit)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                VisitMembers(ref reader, name, state, visit);
                break;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    VisitValue(ref reader, name, state, visit);
                }

                break;
            case JsonTokenType.Null:
                break;
            case JsonTokenType.String when reader.ValueIsEscaped:
                byte[] rented = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
                visit(state, name, rented.AsSpan(0, reader.CopyString(rented)));
                ArrayPool<byte>.Shared.Return(rented, clearArray: true);
                break;
            default:
                visit(state, name, reader.ValueSpan);
                break;
        }
    }

    private static void WriteEscaped(ArrayBufferWriter<byte> form, ReadOnlySpan<byte> value)
    {
        while (value.Length > 0)
        {
            int plain = value.IndexOfAnyExcept(s_unescaped);
            form.Write(plain < 0 ? value : value[..plain]);
            if (plain < 0)
            {
                return;
            }

            if (value[plain] == (byte)' ')
            {
                form.Write("+"u8);
            }
            else
            {
                Span<byte> escape = form.GetSpan(3);
                escape[0] = (byte)'%';
                value[plain].TryFormat(escape[1..], out _, "X2", null);
                form.Advance(3);
            }

            value = value[(plain + 1)..];
        }
    }
}
