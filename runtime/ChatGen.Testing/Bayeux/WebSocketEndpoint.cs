using System.Collections.Concurrent;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;

namespace ChatGen.Testing.Bayeux;

/// <summary>Bayeux over WebSockets. Bayeux rules 50 to 54.</summary>
internal sealed class WebSocketEndpoint(BayeuxServer server, bool isAllowed, ChatBackendRequests requests)
{
    private readonly ConcurrentDictionary<WebSocketConnection, bool> _connections = new();

    public void DropConnections()
    {
        foreach (WebSocketConnection connection in _connections.Keys)
        {
            connection.Abort();
        }
    }

    public async Task HandleAsync(HttpContext context)
    {
        if (!isAllowed)
        {
            requests.CountRefusedWebSocketUpgrade();
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = HttpMethods.Post;
            return;
        }

        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
        requests.CountWebSocketUpgrade();
        WebSocketConnection connection = new(socket, server);
        _connections[connection] = true;
        try
        {
            await connection.RunAsync(context.RequestAborted).ConfigureAwait(false);
        }
        finally
        {
            _connections.TryRemove(connection, out _);
        }
    }
}
