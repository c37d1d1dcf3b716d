using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace ChatGen.Testing.Tests.Clients;

/// <summary>Bayeux messages by hand, over a WebSocket.</summary>
internal sealed class WebSocketClient : IDisposable
{
    private readonly ClientWebSocket _socket = new();

    public string? ClientId { get; set; }

    public static async Task<WebSocketClient> OpenAsync(Uri url)
    {
        WebSocketClient client = new();
        await client._socket.ConnectAsync(new UriBuilder(url) { Scheme = "ws" }.Uri, Deadline.Token);
        return client;
    }

    public static async Task<WebSocketClient> HandshakeAsync(Uri url, string ext = "{}")
    {
        WebSocketClient client = await OpenAsync(url);
        await client.SendTextAsync($$"""[{"channel":"/meta/handshake","id":"1","version":"1.0","supportedConnectionTypes":["websocket"],"ext":{{ext}}}]""");
        JsonObject reply = await client.ReceiveOneAsync();
        Assert.True((bool)reply["successful"]!);
        client.ClientId = (string)reply["clientId"]!;
        return client;
    }

    /// <summary>Sends one message with these members and the client's id.</summary>
    public Task SendAsync(string members) => SendTextAsync($$"""[{"clientId":"{{ClientId}}",{{members}}}]""");

    public Task ConnectAsync(string id = "c", int? ack = null) => SendAsync($"""
        "channel":"/meta/connect","id":"{id}","connectionType":"websocket"{(ack is null ? "" : $$""","ext":{"ack":{{ack}}}""")}
        """);

    public Task SendTextAsync(string text, bool endOfMessage = true) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage, Deadline.Token);

    /// <summary>The next frame, as text; <see langword="null"/> if it closes the socket.</summary>
    public async Task<string?> ReceiveTextAsync()
    {
        using MemoryStream message = new();
        byte[] buffer = new byte[4096];
        while (true)
        {
            WebSocketReceiveResult received = await _socket.ReceiveAsync(buffer, Deadline.Token);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            message.Write(buffer, 0, received.Count);
            if (received.EndOfMessage)
            {
                return Encoding.UTF8.GetString(message.ToArray());
            }
        }
    }

    public async Task<JsonArray> ReceiveAsync() => JsonNode.Parse((await ReceiveTextAsync())!)!.AsArray();

    public async Task<JsonObject> ReceiveOneAsync() => Assert.Single(await ReceiveAsync())!.AsObject();

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public void Dispose() => _socket.Dispose();
}
