using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Telemetry;
using Polly.Timeout;

namespace ChatGen;

/// <summary>Repetition and time limits of requests.</summary>
internal static partial class ChatResilience
{
    public static void Add(IHttpClientBuilder http, ChatResilienceOptions options, Func<IServiceProvider, ILogger> loggerOf)
    {
        http.ConfigureHttpClient(client => client.Timeout = options.Longest);
        http.AddHttpMessageHandler(static () => new AttemptTimeoutHandler());
        http.AddResilienceHandler("chat", (pipeline, context) =>
        {
            TimeProvider timeProvider = context.ServiceProvider.GetService<TimeProvider>() ?? TimeProvider.System;
            pipeline.TimeProvider = timeProvider;

            // Polly logs the messages of exceptions, which may come from anybody's handler and say anything. What it measures stays.
            pipeline.ConfigureTelemetry(new TelemetryOptions(context.ServiceProvider.GetRequiredService<IOptions<TelemetryOptions>>().Value) { LoggerFactory = NullLoggerFactory.Instance });
            if (options.MaxRetryAttempts > 0)
            {
                pipeline.AddRetry(Retry(options, timeProvider, loggerOf(context.ServiceProvider)));
            }

            pipeline.AddTimeout(new TimeoutStrategyOptions
            {
                TimeoutGenerator = arguments => ValueTask.FromResult(IsMarked(arguments.Context, ChatHttpRequest.LongPoll) ?? false ? options.LongPollTimeout : options.AttemptTimeout),
            });
        });
    }

    private static HttpRetryStrategyOptions Retry(ChatResilienceOptions options, TimeProvider timeProvider, ILogger logger) => new()
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
        OnRetry = arguments =>
        {
            Log.Repeating(logger, arguments.Context.GetRequestMessage()?.Method, ReasonOf(arguments.Outcome), arguments.RetryDelay.TotalMilliseconds);
            return ValueTask.CompletedTask;
        },
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

    private static string? ReasonOf(Outcome<HttpResponseMessage> outcome) =>
        outcome.Result is { } response ? ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture) : outcome.Exception?.GetType().Name;

    private static partial class Log
    {
        [LoggerMessage(62, LogLevel.Information, "{Method} failed with {Reason}; it is repeated in {Milliseconds:0.#} ms.")]
        public static partial void Repeating(ILogger logger, HttpMethod? method, string? reason, double milliseconds);
    }
}
