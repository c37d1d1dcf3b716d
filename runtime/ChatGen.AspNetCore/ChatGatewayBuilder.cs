using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ChatGen;

/// <summary>Configures a gateway in a container.</summary>
/// <typeparam name="TClient">The generated client.</typeparam>
/// <remarks>As little thread-safe as the <see cref="IServiceCollection"/> that it changes.</remarks>
public sealed class ChatGatewayBuilder<TClient>
    where TClient : class, IChatClient<TClient>
{
    internal ChatGatewayBuilder(ChatClientBuilder<TClient> client) => Client = client;

    /// <summary>Configures the client that carries the sessions: its settings, HTTP, resilience and health check.</summary>
    public ChatClientBuilder<TClient> Client { get; }

    /// <summary>The container's services.</summary>
    public IServiceCollection Services => Client.Services;

    /// <summary>Changes how chats are held. Changes are made in the order of the calls.</summary>
    /// <param name="configure">Changes what it gets.</param>
    public ChatGatewayBuilder<TClient> Configure(Action<ChatGatewayOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.Configure(ChatGateway<TClient>.OptionsName, configure);
        return this;
    }

    /// <summary>
    /// Completes the options of a session that is opened, after what is configured and what the visitor has sent, and before they are checked: with what the server knows of the visitor, or with a
    /// transport of the session's own. It runs for each session.
    /// </summary>
    /// <typeparam name="TOptions">The options that sessions are started or restored with.</typeparam>
    /// <param name="complete">Returns what it gets, with changes. What it sets the visitor cannot change.</param>
    /// <example><code>gateway.CompleteOptions&lt;StartSessionOptions&gt;((request, options) => options with { Username = request.User.Identity?.Name ?? options.Username });</code></example>
    public ChatGatewayBuilder<TClient> CompleteOptions<TOptions>(Func<HttpContext, TOptions, TOptions> complete)
        where TOptions : class, IChatOptions<TOptions>
    {
        ArgumentNullException.ThrowIfNull(complete);
        Services.AddSingleton(new SessionCompletion(typeof(TClient), typeof(TOptions), (context, options) => complete(context, (TOptions)options)));
        return this;
    }
}
