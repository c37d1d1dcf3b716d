using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;

namespace ChatGen;

/// <summary>Keeps what admits to a session, which travels in headers, addresses and bodies, from leaving for anywhere but the backend, and messages from being sent twice.</summary>
internal static class ChatHttpClient
{
    // That of HttpClient itself.
    private static readonly TimeSpan s_defaultTimeout = TimeSpan.FromSeconds(100);

    public static void Secure(IHttpClientBuilder http, Func<IServiceProvider, ILogger> loggerOf)
    {
        // The factory's own logging writes paths, in which backends have session ids. Should somebody add it again, headers stay hidden.
        http.RemoveAllLoggers()
            .RedactLoggedHeaders(static _ => true)
            .AddLogger(provider => new ChatHttpLogger(loggerOf(provider)));

        // What an application sets for all its HTTP clients comes before this: handlers that repeat whatever fails, the sending of a message too, and with them clients without a time limit.
        http.ConfigureAdditionalHttpMessageHandlers(static (handlers, _) =>
        {
            foreach (DelegatingHandler handler in handlers.OfType<ResilienceHandler>().ToList())
            {
                handlers.Remove(handler);
            }
        });
        http.ConfigureHttpClient(static client =>
        {
            if (client.Timeout == Timeout.InfiniteTimeSpan)
            {
                client.Timeout = s_defaultTimeout;
            }
        });

        // After whatever else chooses and configures the primary handler.
        http.Services.PostConfigure<HttpClientFactoryOptions>(http.Name, static options => options.HttpMessageHandlerBuilderActions.Add(static builder => Secure(builder.PrimaryHandler)));
    }

    /// <summary>A redirect would take the headers elsewhere, and a cookie would go from one visitor's session to another's.</summary>
    private static void Secure(HttpMessageHandler? handler)
    {
        while (handler is DelegatingHandler outer)
        {
            handler = outer.InnerHandler;
        }

        // A handler that has sent already takes no changes, so none is made where all is well.
        switch (handler)
        {
            case SocketsHttpHandler sockets when sockets.AllowAutoRedirect || sockets.UseCookies:
                sockets.AllowAutoRedirect = false;
                sockets.UseCookies = false;
                break;
            case HttpClientHandler { AllowAutoRedirect: true } client:
                client.AllowAutoRedirect = false;
                break;
        }

        if (!OperatingSystem.IsBrowser() && handler is HttpClientHandler { UseCookies: true } keeping)
        {
            keeping.UseCookies = false;
        }
    }
}
