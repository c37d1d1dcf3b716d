using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ChatGen;

/// <summary>Writes an answer that is one JSON object. No cache keeps it.</summary>
internal static class JsonAnswer
{
    public static Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> writeMembers, string contentType = "application/json") =>
        WriteValueAsync(
            context,
            writer =>
            {
                writer.WriteStartObject();
                writeMembers(writer);
                writer.WriteEndObject();
            },
            contentType);

    public static async Task WriteValueAsync(HttpContext context, Action<Utf8JsonWriter> write, string contentType = "application/json")
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        context.Response.Headers.CacheControl = "no-cache, no-store";
        context.Response.ContentType = contentType;
        context.Response.ContentLength = buffer.WrittenCount;
        await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted).ConfigureAwait(false);
    }
}
