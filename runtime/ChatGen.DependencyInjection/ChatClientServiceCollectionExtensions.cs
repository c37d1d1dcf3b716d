using ChatGen;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds generated chat clients to a container.</summary>
/// <example>
/// <code>
/// builder.Services.AddChatClient&lt;Acme.Chat.ChatClient&gt;(builder.Configuration.GetSection("Chat"))
///     .AddResilience()
///     .AddHealthCheck();
/// </code>
/// </example>
public static class ChatClientServiceCollectionExtensions
{
    /// <summary>Adds a client as a singleton. Adding it again yields a builder of the same client.</summary>
    /// <typeparam name="TClient">The generated client.</typeparam>
    /// <param name="services">The container's services.</param>
    /// <returns>What the client is configured by.</returns>
    /// <remarks>
    /// The client logs to the container's <c>ILoggerFactory</c>, its clock is the container's <see cref="TimeProvider"/> if there is one, and the built-in REST transport sends with a client of
    /// <see cref="IHttpClientFactory"/>. The container must be disposed asynchronously, as hosts do it.
    /// </remarks>
    public static ChatClientBuilder<TClient> AddChatClient<TClient>(this IServiceCollection services)
        where TClient : class, IChatClient<TClient>
    {
        ArgumentNullException.ThrowIfNull(services);
        return new ChatClientBuilder<TClient>(services, name: "");
    }

    /// <summary>Adds a client whose options are configured. They are checked when the host starts.</summary>
    /// <param name="services">The container's services.</param>
    /// <param name="configuration">
    /// Holds a section for each of the operations that open a session, by its C# name: <c>StartSession</c>, <c>RestoreSession</c>. The options are there as <c>IOptions&lt;StartSessionOptions&gt;</c> and its like.
    /// What breaks the schema, or is missing, keeps the host from starting, in the words of <c>Validate()</c> and with the place in the configuration.
    /// </param>
    /// <inheritdoc cref="AddChatClient{TClient}(IServiceCollection)"/>
    public static ChatClientBuilder<TClient> AddChatClient<TClient>(this IServiceCollection services, IConfiguration configuration)
        where TClient : class, IChatClient<TClient> =>
        services.AddChatClient<TClient>().BindOptions(configuration);

    /// <summary>Adds a client under a name, as a keyed singleton: <c>GetRequiredKeyedService&lt;ChatClient&gt;("support")</c>.</summary>
    /// <param name="services">The container's services.</param>
    /// <param name="name">The key of the client, and the name of its options. Its sessions have a state file of their own.</param>
    /// <inheritdoc cref="AddChatClient{TClient}(IServiceCollection)"/>
    public static ChatClientBuilder<TClient> AddChatClient<TClient>(this IServiceCollection services, string name)
        where TClient : class, IChatClient<TClient>
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new ChatClientBuilder<TClient>(services, name);
    }

    /// <summary>Adds a client under a name, whose options are configured. They are checked when the host starts, and are there as <c>IOptionsMonitor&lt;StartSessionOptions&gt;.Get(name)</c>.</summary>
    /// <param name="services">The container's services.</param>
    /// <param name="name">The key of the client, and the name of its options. Its sessions have a state file of their own.</param>
    /// <param name="configuration">Holds a section for each of the operations that open a session, by its C# name: <c>StartSession</c>, <c>RestoreSession</c>.</param>
    /// <inheritdoc cref="AddChatClient{TClient}(IServiceCollection)"/>
    public static ChatClientBuilder<TClient> AddChatClient<TClient>(this IServiceCollection services, string name, IConfiguration configuration)
        where TClient : class, IChatClient<TClient> =>
        services.AddChatClient<TClient>(name).BindOptions(configuration);
}
