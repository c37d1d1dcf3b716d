using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace ChatGen.AspNetCore.Tests;

/// <summary>Reads a stream of events as a browser does.</summary>
internal sealed class EventReader(HttpResponseMessage response, Stream stream) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<SseItem<string>> _items = SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);

    public HttpResponseMessage Response => response;

    public HttpStatusCode Status => response.StatusCode;

    /// <summary>What a browser would send as <c>Last-Event-ID</c>.</summary>
    public string? LastEventId { get; private set; }

    /// <summary>The next item; null at the end of the stream.</summary>
    public async Task<SseItem<string>?> NextAsync()
    {
        if (!await _items.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken))
        {
            return null;
        }

        LastEventId = _items.Current.EventId ?? LastEventId;
        return _items.Current;
    }

    /// <summary>The next event of a type, after those of other types.</summary>
    public async Task<JsonElement> NextAsync(string type)
    {
        while (await NextAsync() is { } item)
        {
            JsonElement data = JsonElement.Parse(item.Data);
            if (data.TryGetProperty("type", out JsonElement value) && value.GetString() == type)
            {
                return data;
            }
        }

        throw new InvalidOperationException($"The stream has ended without '{type}'.");
    }

    /// <summary>The text of the next message.</summary>
    public async Task<string> NextMessageAsync() => TextOf(await NextAsync("MessageReceived"));

    /// <summary>All that is left.</summary>
    public async Task<List<SseItem<string>>> RestAsync()
    {
        var items = new List<SseItem<string>>();
        while (await NextAsync() is { } item)
        {
            items.Add(item);
        }

        return items;
    }

    public static string TextOf(JsonElement message) => message.GetProperty("content").GetProperty("text").GetString()!;

    public async ValueTask DisposeAsync()
    {
        response.Dispose();
        await _items.DisposeAsync();
    }
}
