using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ChatGen.Testing.Faults;
using Microsoft.AspNetCore.Http;

namespace ChatGen.Testing.Bayeux;

/// <summary>Bayeux over HTTP requests. Bayeux rules 34, 48 and 49.</summary>
internal sealed class LongPollingEndpoint(BayeuxServer server, bool usesCookies, Reception reception, ChatBackendRequests requests)
{
    private const string CookieName = "BAYEUX_BROWSER";
    private const int BrowserIdBytes = 16;

    public async Task HandleAsync(HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        bool isParsed = BayeuxFrame.TryParse(body.GetBuffer().AsSpan(0, (int)body.Length), out IReadOnlyList<JsonObject> messages);
        FaultPlan plan = reception.Receive(ChatBackendTransport.LongPolling, context.Request.Path, messages);
        bool isPost = HttpMethods.IsPost(context.Request.Method);
        if (isPost && plan.Effect is not FaultEffect.Drop)
        {
            requests.CountLongPollingRequest();
        }

        if (await FaultyResponse.TryAnswerInsteadAsync(context, plan).ConfigureAwait(false))
        {
            return;
        }

        if (!isPost)
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = HttpMethods.Post;
            return;
        }

        if (!isParsed || (messages.Count > 1 && messages.Any(IsHandshake)))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        string? browserId = context.Request.Cookies[CookieName];
        bool isNewBrowser = usesCookies && string.IsNullOrEmpty(browserId) && IsHandshake(messages[0]);
        if (isNewBrowser)
        {
            browserId = RandomNumberGenerator.GetHexString(BrowserIdBytes * 2, lowercase: true);
        }

        BayeuxAnswer[] answers = [.. messages.Select(message => server.Handle(message, new BayeuxOrigin(Socket: null, browserId)))];
        if (isNewBrowser && answers[0].Session is not null)
        {
            context.Response.Headers.Append("Set-Cookie", $"{CookieName}={browserId}; Path=/; HttpOnly");
        }

        await ReplyAsync(context, answers, plan).ConfigureAwait(false);
    }

    private static async Task ReplyAsync(HttpContext context, BayeuxAnswer[] answers, FaultPlan plan)
    {
        int connect = Array.FindIndex(answers, answer => answer.Held is not null);

        // In one request with a publish, the connect may be waiting for the publish's own outcome; and what delays the answer does not delay the work.
        bool isProcessedFirst = connect >= 0 || plan.IsDelayed;
        if (isProcessedFirst)
        {
            RunContinuations(answers);
        }

        if (connect >= 0)
        {
            switch (await WaitAsync(context, answers[connect]).ConfigureAwait(false))
            {
                case HeldConnectOutcome.Disconnected:
                    answers[connect].Reply["advice"] = BayeuxReplies.NoReconnect();
                    break;
                case HeldConnectOutcome.AnsweredAndClosed:
                    context.Response.Headers.Connection = "close";
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
        BayeuxAnswer connected = answers.FirstOrDefault(answer => answer.IsToConnect);
        IEnumerable<JsonObject> events = connected.Session?.TakeForConnect(connected.Reply) ?? [];
        byte[] content = BayeuxFrame.Serialize(events.Concat(answers.SelectMany(answer => answer.Messages)));
        context.Response.ContentType = "application/json;charset=UTF-8";
        try
        {
            await FaultyResponse.WriteAsync(context, plan, content).ConfigureAwait(false);
        }
        finally
        {
            // The client may have gone meanwhile: what it has sent is processed all the same.
            if (!isProcessedFirst)
            {
                RunContinuations(answers);
            }
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
