using ChatGen;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds gateways to a container: servers that hold chats for the visitors of their pages.</summary>
/// <example>
/// <code>
/// builder.Services.AddChatGateway&lt;Acme.Chat.ChatClient&gt;(builder.Configuration.GetSection("Chat"));
/// app.MapChat&lt;Acme.Chat.ChatClient&gt;("/chat");
/// </code>
/// </example>
public static class ChatGatewayServiceCollectionExtensions
{
    /// <summary>Adds a gateway and its client. Adding it again yields a builder of the same gateway.</summary>
    /// <typeparam name="TClient">The generated client.</typeparam>
    /// <param name="services">The container's services.</param>
    /// <param name="configuration">
    /// Holds what the server decides of the options, in a section for each of the operations that open a session, by its C# name: <c>StartSession</c>, <c>RestoreSession</c>. What visitors send is set over it;
    /// what must be there and is not has to come from them. <see langword="null"/> for nothing.
    /// </param>
    /// <returns>What the gateway is configured by.</returns>
    /// <remarks>
    /// It adds Data Protection, antiforgery, and a health check by the name <c>chat-gateway</c> with the client's full name after it. On a farm the nodes share the keys of Data Protection, a distributed cache and an
    /// <see cref="IChatOwnership"/>.
    /// </remarks>
    public static ChatGatewayBuilder<TClient> AddChatGateway<TClient>(this IServiceCollection services, IConfiguration? configuration = null)
        where TClient : class, IChatClient<TClient>
    {
        ArgumentNullException.ThrowIfNull(services);
        ChatClientBuilder<TClient> client = services.AddChatClient<TClient>();
        if (configuration is not null)
        {
            services.AddSingleton(new GatewayConfiguration<TClient>(configuration));
        }

        if (services.Any(service => service.ServiceType == typeof(ChatGateway<TClient>)))
        {
            return new ChatGatewayBuilder<TClient>(client);
        }

        services.AddDataProtection();
        services.AddAntiforgery();
        services.TryAddSingleton<IChatOwnership>(provider => new InProcessChatOwnership(timeProvider: provider.GetService<TimeProvider>()));
        services.AddSingleton<ChatGateway<TClient>>();
        services.AddHostedService(provider => provider.GetRequiredService<ChatGateway<TClient>>());
        services.AddOptions<ChatGatewayOptions>(ChatGateway<TClient>.OptionsName).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ChatGatewayOptions>, ChatGatewayOptionsValidator>());
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            "chat-gateway:" + ChatGateway<TClient>.OptionsName,
            provider => new ChatGatewayHealthCheck<TClient>(provider.GetRequiredService<ChatGateway<TClient>>()),
            failureStatus: null,
            tags: null));
        return new ChatGatewayBuilder<TClient>(client);
    }
}
