using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ChatGen;

/// <summary>Writes a response of the type <c>text/event-stream</c>, as the HTML standard has it.</summary>
/// <remarks>Not thread-safe. It is written by hand since the framework's own writes no comments, which are what a heartbeat is made of.</remarks>
internal sealed class EventStream(HttpContext context)
{
    private readonly PipeWriter _writer = context.Response.BodyWriter;
    private readonly ArrayBufferWriter<byte> _data = new(512);

    /// <summary>Sends the headers, and how soon a browser is to come again.</summary>
    public Task BeginAsync(TimeSpan reconnection)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache, no-store";

        // A proxy that collects what it passes on would hold events back.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        WriteText($"retry: {(long)reconnection.TotalMilliseconds}\n\n");
        return FlushAsync();
    }

    /// <summary>Adds an event of the chat.</summary>
    /// <param name="id">What a browser sends as <c>Last-Event-ID</c>.</param>
    /// <param name="events">What writes it.</param>
    /// <param name="chatEvent">The event.</param>
    public void Add(string id, ChatEventCatalog events, ChatEvent chatEvent)
    {
        _data.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_data))
        {
            events.Write(json, chatEvent);
        }

        WriteText($"id: {id}\ndata: ");
        ReadOnlySpan<byte> rest = _data.WrittenSpan;
        if (chatEvent.Restored && rest is [(byte)'{', .., (byte)'}'])
        {
            _writer.Write("{\"restored\":true"u8);
            rest = rest[1..];
            if (rest is not [(byte)'}'])
            {
                _writer.Write(","u8);
            }
        }

        // JSON may have line breaks between its tokens, and there they mean as little as the field's name that follows them.
        int lineBreak;
        while ((lineBreak = rest.IndexOfAny((byte)'\n', (byte)'\r')) >= 0)
        {
            _writer.Write(rest[..lineBreak]);
            _writer.Write("\ndata: "u8);
            rest = rest[(lineBreak + 1)..];
        }

        _writer.Write(rest);
        _writer.Write("\n\n"u8);
    }

    /// <summary>Adds the notice that the chat is over, so that the browser does not come again.</summary>
    public void AddEnd() => _writer.Write("event: end\ndata: {}\n\n"u8);

    /// <summary>Adds a comment, which keeps proxies from thinking that nobody is there.</summary>
    public void AddHeartbeat() => _writer.Write(":\n\n"u8);

    /// <summary>Sends what was added.</summary>
    public async Task FlushAsync() => await _writer.FlushAsync(context.RequestAborted).ConfigureAwait(false);

    private void WriteText(string text) => Encoding.UTF8.GetBytes(text, _writer);
}
