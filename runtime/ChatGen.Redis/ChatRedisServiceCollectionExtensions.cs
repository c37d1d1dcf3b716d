using ChatGen;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the ownership of chat sessions over Redis to a container.</summary>
/// <example>
/// <code>
/// builder.Services.AddSingleton&lt;IConnectionMultiplexer&gt;(await ConnectionMultiplexer.ConnectAsync("redis.example.com"));
/// builder.Services.AddChatRedisOwnership();
/// </code>
/// </example>
public static class ChatRedisServiceCollectionExtensions
{
    /// <summary>Lets the nodes of a farm agree over Redis on who holds a visitor's session. It takes the place of any <see cref="IChatOwnership"/> in the container.</summary>
    /// <param name="services">The container's services.</param>
    /// <param name="configure">Sets options; all nodes must have the same.</param>
    /// <returns>The same services.</returns>
    /// <remarks>
    /// Needs an <see cref="IConnectionMultiplexer"/> in the container, and a Redis of version 5 or later whose scripts may call <c>INFO</c>, which evicts nothing and of which one server takes all writes. The clock is the container's
    /// <see cref="TimeProvider"/> if there is one; only its timestamps and timers are used. Options out of their bounds keep the host from starting.
    /// It adds a health check <c>chat-ownership</c>, which is unhealthy while the node can hold no chats. Calling it again only configures.
    /// </remarks>
    public static IServiceCollection AddChatRedisOwnership(this IServiceCollection services, Action<ChatRedisOwnershipOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<ChatRedisOwnershipOptions>();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        if (services.Any(service => service.ServiceType == typeof(RedisChatOwnership)))
        {
            return services;
        }

        services.AddSingleton(static provider => new RedisChatOwnership(
            provider.GetRequiredService<IConnectionMultiplexer>(),
            provider.GetRequiredService<IOptions<ChatRedisOwnershipOptions>>().Value,
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            provider.GetRequiredService<ILogger<RedisChatOwnership>>()));
        services.Replace(ServiceDescriptor.Singleton<IChatOwnership>(static provider => provider.GetRequiredService<RedisChatOwnership>()));
        services.AddHealthChecks().Add(new HealthCheckRegistration("chat-ownership", static provider => new RedisOwnershipHealthCheck(provider.GetRequiredService<RedisChatOwnership>()), failureStatus: null, tags: null));
        services.AddHostedService(static provider => provider.GetRequiredService<RedisChatOwnership>());
        return services;
    }
}
