using System.Collections.Concurrent;
using System.Net.WebSockets;
using ChatGen.Testing.Faults;
using Microsoft.AspNetCore.Http;

namespace ChatGen.Testing.Bayeux;

/// <summary>Bayeux over WebSockets. Bayeux rules 50 to 54.</summary>
internal sealed class WebSocketEndpoint(BayeuxServer server, bool isAllowed, Reception reception, ChatBackendRequests requests)
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
        FaultPlan plan = reception.Receive(ChatBackendTransport.WebSocketUpgrade, context.Request.Path, []);
        if (plan.Effect is not (null or FaultEffect.Drop))
        {
            requests.CountRefusedWebSocketUpgrade();
        }

        if (await FaultyResponse.TryAnswerInsteadAsync(context, plan).ConfigureAwait(false))
        {
            return;
        }

        if (plan.Effect is not null)
        {
            // The answer to an upgrade has no content to cut, and is lost with the connection.
            context.Abort();
            return;
        }

        if (!isAllowed)
        {
            requests.CountRefusedWebSocketUpgrade();
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = HttpMethods.Post;
            return;
        }

        await plan.DelayAsync(context.RequestAborted).ConfigureAwait(false);
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
        requests.CountWebSocketUpgrade();
        WebSocketConnection connection = new(socket, context.Request.Path, server, reception);
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
