using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ChatGen.Bayeux.Tests.Scripted;

/// <summary>One WebSocket of the scripted server, with the one to the real server behind it if there is such.</summary>
internal sealed class ScriptedSocket(ScriptedServer server, WebSocket socket, ClientWebSocket? upstream, CancellationToken stopping) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly SemaphoreSlim _upstreamTurn = new(1);
    private readonly ConcurrentDictionary<string, bool> _lost = new();

    public bool IsOpen => socket.State == WebSocketState.Open;

    /// <summary>Serves the socket until the client closes it.</summary>
    public async Task RunAsync(HttpContext context)
    {
        _ = upstream is null ? Task.CompletedTask : ReturnAsync(upstream);
        while (await ReadAsync(socket) is { } text)
        {
            var passedOn = new JsonArray();
            foreach ((ServerMessage message, Reply reply) in server.Receive(text, context, isWebSocket: true))
            {
                if (upstream is not null && reply is Reply.Standard or Reply.LostAnswer)
                {
                    passedOn.Add(PassOn(message, reply));
                }
                else
                {
                    _ = AnswerAsync(message, reply);
                }
            }

            await PassOnAsync(passedOn);
        }
    }

    /// <summary>Sends text as it is.</summary>
    public async Task SendAsync(string text, int fragments = 1)
    {
        await _turn.WaitAsync(stopping);
        try
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            int length = (bytes.Length + fragments - 1) / fragments;
            for (int start = 0; start < bytes.Length; start += length)
            {
                int end = Math.Min(start + length, bytes.Length);
                await socket.SendAsync(bytes.AsMemory(start, end - start), WebSocketMessageType.Text, end == bytes.Length, stopping);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Breaks the socket without a closing handshake.</summary>
    public void Abort()
    {
        socket.Abort();
        upstream?.Abort();
    }

    /// <summary>Closes the socket in order.</summary>
    public Task CloseAsync(WebSocketCloseStatus status) => socket.CloseOutputAsync(status, null, stopping);

    public void Dispose()
    {
        upstream?.Abort();
        upstream?.Dispose();
        socket.Dispose();
    }

    private JsonNode PassOn(ServerMessage message, Reply reply)
    {
        if (reply is Reply.LostAnswer && message.Id is { } id)
        {
            _lost[id] = true;
        }

        return server.ForUpstream(message);
    }

    private async Task PassOnAsync(JsonArray messages)
    {
        if (messages.Count == 0)
        {
            return;
        }

        await _upstreamTurn.WaitAsync(stopping);
        try
        {
            await upstream!.SendAsync(Encoding.UTF8.GetBytes(ScriptedServer.Text(messages)), WebSocketMessageType.Text, true, stopping);
        }
        finally
        {
            _upstreamTurn.Release();
        }
    }

    private async Task ReturnAsync(ClientWebSocket from)
    {
        try
        {
            while (await ReadAsync(from) is { } text)
            {
                server.Sent(text, out IEnumerable<string> ids);
                if (ids.Any(_lost.ContainsKey))
                {
                    Abort();
                    return;
                }

                await SendAsync(text);
            }

            await CloseAsync(from.CloseStatus ?? WebSocketCloseStatus.NormalClosure);
        }
        catch (Exception exception) when (ScriptedServer.IsEnd(exception))
        {
            socket.Abort();
        }
    }

    private async Task AnswerAsync(ServerMessage message, Reply reply)
    {
        try
        {
            reply = await reply.ResolveAsync(stopping);

            if (reply is Reply.Standard or Reply.LostAnswer)
            {
                if (upstream is not null)
                {
                    await PassOnAsync([PassOn(message, reply)]);
                    return;
                }

                if (message.Channel == "/meta/connect" && server.TakeHeld() is { Length: > 0 } held)
                {
                    // They came between the last poll and the socket.
                    server.Sent(held);
                    await SendAsync(ScriptedServer.Text([.. held]));
                }

                reply = reply is Reply.LostAnswer ? Reply.Abort : server.Default(message);
            }

            switch (reply)
            {
                case Reply.Aborted:
                    Abort();
                    break;
                case Reply.Raw raw:
                    await SendAsync(raw.Body);
                    break;
                case Reply.Messages { Items.Length: > 0 } messages:
                    server.Sent(messages.Items);
                    await SendAsync(ScriptedServer.Text([.. messages.Items]));
                    break;
            }
        }
        catch (Exception exception) when (ScriptedServer.IsEnd(exception))
        {
            // The client has gone, or the test is over.
        }
    }

    private async Task<string?> ReadAsync(WebSocket from)
    {
        using var buffer = new MemoryStream();
        byte[] part = new byte[16 * 1024];
        while (true)
        {
            WebSocketReceiveResult result = await from.ReceiveAsync(part, stopping);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            buffer.Write(part, 0, result.Count);
            if (result.EndOfMessage)
            {
                return Encoding.UTF8.GetString(buffer.ToArray());
            }
        }
    }
}
