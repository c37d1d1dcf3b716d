using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Timeout;

namespace ChatGen;

/// <summary>Repetition and time limits of requests.</summary>
internal static class ChatResilience
{
    public static void Add(IHttpClientBuilder http, ChatResilienceOptions options)
    {
        http.ConfigureHttpClient(client => client.Timeout = options.Longest);
        http.AddHttpMessageHandler(static () => new AttemptTimeoutHandler());
        http.AddResilienceHandler("chat", (pipeline, context) =>
        {
            TimeProvider timeProvider = context.ServiceProvider.GetService<TimeProvider>() ?? TimeProvider.System;
            pipeline.TimeProvider = timeProvider;
            if (options.MaxRetryAttempts > 0)
            {
                pipeline.AddRetry(Retry(options, timeProvider));
            }

            pipeline.AddTimeout(new TimeoutStrategyOptions
            {
                TimeoutGenerator = arguments => ValueTask.FromResult(IsMarked(arguments.Context, ChatHttpRequest.LongPoll) ?? false ? options.LongPollTimeout : options.AttemptTimeout),
            });
        });
    }

    private static HttpRetryStrategyOptions Retry(ChatResilienceOptions options, TimeProvider timeProvider) => new()
    {
        MaxRetryAttempts = options.MaxRetryAttempts,
        Delay = options.Delay,
        MaxDelay = options.MaxDelay,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,

        // Its own reading of the header knows no bound and no other clock than the system's.
        ShouldRetryAfterHeader = false,
        ShouldHandle = arguments => ValueTask.FromResult(
            IsRepeatable(arguments.Context)
            && HttpClientResiliencePredicates.IsTransient(arguments.Outcome)
            && !(RetryAfter(arguments.Outcome, timeProvider) > options.MaxDelay)),
        DelayGenerator = arguments => ValueTask.FromResult(RetryAfter(arguments.Outcome, timeProvider)),
    };

    private static bool IsRepeatable(ResilienceContext context) =>
        IsMarked(context, ChatHttpRequest.Idempotent) ?? (context.GetRequestMessage()?.Method is { } method && (method == HttpMethod.Get || method == HttpMethod.Head));

    private static bool? IsMarked(ResilienceContext context, HttpRequestOptionsKey<bool> key) =>
        context.GetRequestMessage() is { } request && request.Options.TryGetValue(key, out bool mark) ? mark : null;

    /// <summary>The pause that the backend asks for (RFC 9110, section 10.2.3); <see langword="null"/> if it asks for none.</summary>
    private static TimeSpan? RetryAfter(Outcome<HttpResponseMessage> outcome, TimeProvider timeProvider) => outcome.Result?.Headers.RetryAfter switch
    {
        RetryConditionHeaderValue { Delta: { } delta } => delta,
        RetryConditionHeaderValue { Date: { } date } => date - timeProvider.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
        _ => null,
    };
}
