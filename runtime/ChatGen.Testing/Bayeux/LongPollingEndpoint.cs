using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ChatGen.Testing.Bayeux;

/// <summary>Bayeux over HTTP requests. Bayeux rules 34, 48 and 49.</summary>
internal sealed class LongPollingEndpoint(BayeuxServer server, ChatBackendRequests requests)
{
    private const string CookieName = "BAYEUX_BROWSER";
    private const int BrowserIdBytes = 16;

    public async Task HandleAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = HttpMethods.Post;
            return;
        }

        requests.CountLongPollingRequest();
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        if (!BayeuxFrame.TryParse(body.GetBuffer().AsSpan(0, (int)body.Length), out IReadOnlyList<JsonObject> messages)
            || (messages.Count > 1 && messages.Any(IsHandshake)))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        string? browserId = context.Request.Cookies[CookieName];
        bool isNewBrowser = string.IsNullOrEmpty(browserId) && IsHandshake(messages[0]);
        if (isNewBrowser)
        {
            browserId = RandomNumberGenerator.GetHexString(BrowserIdBytes * 2, lowercase: true);
        }

        BayeuxAnswer[] answers = [.. messages.Select(message => server.Handle(message, new BayeuxOrigin(Socket: null, browserId)))];
        if (isNewBrowser && answers[0].Session is not null)
        {
            context.Response.Headers.Append("Set-Cookie", $"{CookieName}={browserId}; Path=/; HttpOnly");
        }

        await ReplyAsync(context, answers).ConfigureAwait(false);
    }

    private static async Task ReplyAsync(HttpContext context, BayeuxAnswer[] answers)
    {
        int connect = Array.FindIndex(answers, answer => answer.Held is not null);
        if (connect >= 0)
        {
            // In one request with a publish, the connect may be waiting for the publish's own outcome.
            RunContinuations(answers);
            switch (await WaitAsync(context, answers[connect]).ConfigureAwait(false))
            {
                case HeldConnectOutcome.Disconnected:
                    answers[connect].Reply["advice"] = BayeuxReplies.NoReconnect();
                    break;
                case HeldConnectOutcome.Superseded:
                    // The CometD servers do the same.
                    context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                    return;
                case HeldConnectOutcome.Dropped:
                    context.Abort();
                    return;
            }
        }

        // Events go out with replies to /meta/connect alone, so that their order does not depend on which response is faster.
        BayeuxSession? connected = answers.FirstOrDefault(answer => (string?)answer.Reply["channel"] == BayeuxChannels.Connect).Session;
        IEnumerable<JsonObject> events = connected?.Drain() ?? [];
        byte[] content = BayeuxFrame.Serialize(events.Concat(answers.Select(answer => answer.Reply)));
        context.Response.ContentType = "application/json;charset=UTF-8";
        context.Response.ContentLength = content.Length;
        await context.Response.Body.WriteAsync(content, context.RequestAborted).ConfigureAwait(false);
        if (connect < 0)
        {
            RunContinuations(answers);
        }
    }

    private static async Task<HeldConnectOutcome> WaitAsync(HttpContext context, BayeuxAnswer answer)
    {
        HeldConnect held = answer.Held!;
        CancellationTokenRegistration registration = context.RequestAborted.Register(() => answer.Session!.Abandon(held));
        await using (registration.ConfigureAwait(false))
        {
            return await held.Outcome.ConfigureAwait(false);
        }
    }

    private static void RunContinuations(BayeuxAnswer[] answers)
    {
        foreach (BayeuxAnswer answer in answers)
        {
            answer.Then?.Invoke();
        }
    }

    private static bool IsHandshake(JsonObject message) => BayeuxFrame.TryGetString(message, "channel") == BayeuxChannels.Handshake;
}
