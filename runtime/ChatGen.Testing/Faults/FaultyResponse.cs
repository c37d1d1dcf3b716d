using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ChatGen.Testing.Faults;

/// <summary>Faults of HTTP requests.</summary>
internal static class FaultyResponse
{
    public static ReadOnlySpan<byte> Html => "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in to the network.</body></html>"u8;

    /// <summary>Answers, or drops, a request that is not to be processed.</summary>
    /// <returns><see langword="false"/> if it is to be processed.</returns>
    public static async Task<bool> TryAnswerInsteadAsync(HttpContext context, FaultPlan plan)
    {
        switch (plan.Effect)
        {
            case FaultEffect.Drop:
                context.Abort();
                return true;
            case FaultEffect.Refuse refusal:
                await plan.DelayAsync(context.RequestAborted).ConfigureAwait(false);
                context.Response.StatusCode = (int)refusal.Status;
                if (refusal.RetryAfter is { } time)
                {
                    context.Response.Headers.RetryAfter = Math.Ceiling(time.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                }

                return true;
            case FaultEffect.Malform { Answer: MalformedAnswer.Html }:
                await plan.DelayAsync(context.RequestAborted).ConfigureAwait(false);
                context.Response.ContentType = "text/html;charset=UTF-8";
                context.Response.ContentLength = Html.Length;
                await context.Response.Body.WriteAsync(Html.ToArray(), context.RequestAborted).ConfigureAwait(false);
                return true;
            case FaultEffect.Malform { Answer: MalformedAnswer.Empty }:
                await plan.DelayAsync(context.RequestAborted).ConfigureAwait(false);
                context.Response.ContentLength = 0;
                return true;
            default:
                return false;
        }
    }

    /// <summary>Answers a request that was processed.</summary>
    public static async Task WriteAsync(HttpContext context, FaultPlan plan, ReadOnlyMemory<byte> content)
    {
        await plan.DelayAsync(context.RequestAborted).ConfigureAwait(false);
        switch (plan.Effect)
        {
            case FaultEffect.LoseReply:
                context.Abort();
                return;
            case FaultEffect.Malform:
                // The server closes the connection after a response that is shorter than it has said.
                context.Response.ContentLength = content.Length;
                await context.Response.Body.WriteAsync(content[..(content.Length / 2)], context.RequestAborted).ConfigureAwait(false);
                return;
            default:
                context.Response.ContentLength = content.Length;
                await context.Response.Body.WriteAsync(content, context.RequestAborted).ConfigureAwait(false);
                return;
        }
    }
}
