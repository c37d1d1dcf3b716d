using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ChatGen.Bayeux.Tests.Scripted;

/// <summary>One request of long-polling to the scripted server.</summary>
internal sealed class ScriptedRequest(ScriptedServer server, HeldEvents held, HttpContext context, CancellationToken stopping)
{
    private readonly JsonArray _replies = [];
    private readonly JsonArray _passedOn = [];
    private bool _isLost;

    /// <summary>Answers it, or breaks its connection.</summary>
    public async Task AnswerAsync()
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        string body = await reader.ReadToEndAsync(context.RequestAborted);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        foreach ((ServerMessage message, Reply scripted) in server.Receive(body, context, isWebSocket: false))
        {
            switch (await ResolveAsync(message, scripted, gone.Token))
            {
                case Reply.Aborted:
                    context.Abort();
                    return;
                case Reply.Raw raw:
                    await WriteAsync(raw, gone.Token);
                    return;
                case Reply.Messages messages:
                    messages.Items.ToList().ForEach(_replies.Add);
                    break;
            }
        }

        await (_passedOn.Count > 0 ? PassOnAsync(gone.Token) : WriteRepliesAsync(gone.Token));
    }

    /// <summary>What is to be done at once; nothing if the real server is to do it.</summary>
    private async Task<Reply> ResolveAsync(ServerMessage message, Reply scripted, CancellationToken gone)
    {
        Reply reply = await scripted.ResolveAsync(gone);
        _isLost |= reply is Reply.LostAnswer;
        if (reply is Reply.Standard or Reply.LostAnswer)
        {
            if (server.Upstream is not null)
            {
                _passedOn.Add(server.ForUpstream(message));
                return Reply.Nothing;
            }

            reply = server.Default(message);
            reply = reply is Reply.Standard ? Reply.Of([.. await held.HoldAsync(message, gone)]) : reply;
        }

        if (message.Channel == "/meta/handshake" && reply is Reply.Messages)
        {
            context.Response.Headers.Append("Set-Cookie", "BAYEUX_BROWSER=secret-cookie; HttpOnly");
        }

        return reply;
    }

    private async Task WriteRepliesAsync(CancellationToken gone)
    {
        if (_isLost)
        {
            context.Abort();
            return;
        }

        server.Sent(_replies.OfType<JsonObject>());
        await WriteAsync(new Reply.Raw(200, ScriptedServer.Text(_replies), "application/json;charset=UTF-8", []), gone);
    }

    private async Task PassOnAsync(CancellationToken gone)
    {
        using IDisposable? poll = _passedOn.Any(static message => (string?)message?["channel"] == "/meta/connect") ? held.Enter() : null;
        UpstreamResponse response = await server.Upstream!.PostAsync(context, ScriptedServer.Text(_passedOn), gone);
        if (_isLost)
        {
            context.Abort();
            return;
        }

        string body = response.Body;
        if (_replies.Count > 0 && response.Status == 200)
        {
            ScriptedServer.Messages(body).ToList().ForEach(message => _replies.Add(message.DeepClone()));
            body = ScriptedServer.Text(_replies);
        }

        server.Sent(body, out _);
        await WriteAsync(
            new Reply.Raw(response.Status, body, response.ContentType, [.. response.SetCookies.Select(static cookie => ("Set-Cookie", cookie))]),
            gone);
    }

    private async Task WriteAsync(Reply.Raw raw, CancellationToken gone)
    {
        context.Response.StatusCode = raw.Status;
        context.Response.ContentType = raw.ContentType;
        foreach ((string name, string value) in raw.Headers)
        {
            context.Response.Headers.Append(name, value);
        }

        await context.Response.WriteAsync(raw.Body, gone);
    }
}
