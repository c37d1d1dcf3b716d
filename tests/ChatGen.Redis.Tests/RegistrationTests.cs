using ChatGen.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace ChatGen.Redis.Tests;

public sealed class RegistrationTests
{
    [Fact]
    public async Task Two_hosts_with_one_Redis_hand_sessions_over()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using ServiceProvider first = await StartAsync(redis);
        await using ServiceProvider second = await StartAsync(redis);
        IChatClaim held = await ClaimAsync(first, "a");
        Task<IChatClaim> wanted = ClaimAsync(second, "a");
        using (held.Revoked.Register(() => _ = held.DisposeAsync().AsTask()))
        {
            IChatClaim next = await wanted;
            Assert.True(next.IsHeld);
            Assert.False(held.IsHeld);
        }
    }

    [Fact]
    public async Task A_host_that_is_disposed_of_leaves_its_sessions_to_others_at_once()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using ServiceProvider second = await StartAsync(redis);
        ServiceProvider first = await StartAsync(redis);
        IChatClaim held = await ClaimAsync(first, "a");
        await first.DisposeAsync();
        Assert.False(held.IsHeld);
        Assert.True((await second.GetRequiredService<IChatOwnership>().ClaimAsync("a", TestContext.Current.CancellationToken))!.IsHeld);
    }

    [Fact]
    public async Task Health_tells_whether_the_node_has_a_lease()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using ServiceProvider services = await StartAsync(redis);
        HealthCheckService health = services.GetRequiredService<HealthCheckService>();
        await BecomesAsync(HealthStatus.Healthy);
        await redis.KillAsync();
        await BecomesAsync(HealthStatus.Unhealthy);

        async Task BecomesAsync(HealthStatus status)
        {
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            while ((await health.CheckHealthAsync(timeout.Token)).Entries["chat-ownership"].Status != status)
            {
                await Task.Delay(50, timeout.Token);
            }
        }
    }

    [Theory]
    [InlineData(nameof(ChatRedisOwnershipOptions.LeaseDuration))]
    [InlineData(nameof(ChatRedisOwnershipOptions.RenewalInterval))]
    [InlineData(nameof(ChatRedisOwnershipOptions.ClaimTimeout))]
    [InlineData(nameof(ChatRedisOwnershipOptions.MinimumHold))]
    [InlineData(nameof(ChatRedisOwnershipOptions.KeyPrefix))]
    public async Task Options_out_of_their_bounds_are_refused_by_name(string name)
    {
        // No connection is needed to find out.
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConnectionMultiplexer>(await ConnectionMultiplexer.ConnectAsync("127.0.0.1:1,abortConnect=false,connectTimeout=50"));
        services.AddChatRedisOwnership(options => _ = name switch
        {
            nameof(options.LeaseDuration) => options.LeaseDuration = TimeSpan.Zero,
            nameof(options.RenewalInterval) => options.RenewalInterval = options.LeaseDuration,
            nameof(options.ClaimTimeout) => options.ClaimTimeout = TimeSpan.FromSeconds(-1),
            nameof(options.MinimumHold) => options.MinimumHold = options.LeaseDuration,
            _ => (object)(options.KeyPrefix = "{a}"),
        });
        await using ServiceProvider provider = services.BuildServiceProvider();
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(provider.GetRequiredService<IChatOwnership>);
        Assert.StartsWith(name, refused.Message, StringComparison.Ordinal);
    }

    private static async Task<ServiceProvider> StartAsync(RedisServer redis)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConnectionMultiplexer>(await ConnectionMultiplexer.ConnectAsync($"{redis.Address},abortConnect=false,connectTimeout=500"));
        services.AddChatRedisOwnership(options =>
        {
            options.LeaseDuration = TimeSpan.FromSeconds(1.5);
            options.RenewalInterval = TimeSpan.FromMilliseconds(100);
        });
        ServiceProvider provider = services.BuildServiceProvider();
        foreach (IHostedService service in provider.GetServices<IHostedService>())
        {
            await service.StartAsync(TestContext.Current.CancellationToken);
        }

        return provider;
    }

    private static async Task<IChatClaim> ClaimAsync(IServiceProvider services, string key)
    {
        IChatClaim? claim = await services.GetRequiredService<IChatOwnership>().ClaimAsync(key, TestContext.Current.CancellationToken);
        Assert.NotNull(claim);
        return claim;
    }
}
