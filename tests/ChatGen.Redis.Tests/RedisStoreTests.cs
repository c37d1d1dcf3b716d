using System.Globalization;
using ChatGen.Ownership;
using ChatGen.Tests.Shared;
using StackExchange.Redis;

namespace ChatGen.Redis.Tests;

/// <summary>The rules over a real Redis: one for the whole class, with keys of its own for each test.</summary>
public sealed class RedisStoreTests(RedisStoreTests.Server server) : OwnershipStoreRules, IClassFixture<RedisStoreTests.Server>
{
    private RedisOwnershipStore? _store;

    private protected override IOwnershipStore Store => _store!;

    [Fact]
    public async Task Numbers_rise_beyond_what_Redis_has_forgotten()
    {
        await PrepareAsync();
        string epoch = await Store.RegisterAsync("a.1", Lease);
        await PassAsync(Lease * 1.1);
        await Store.RegisterAsync("a.1", TimeSpan.FromMinutes(1));
        long number = (await Store.ClaimAsync(epoch, "a.1", "key", Lease, Lease)).Number;
        Assert.InRange(number, DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeMilliseconds() * 1_000, DateTimeOffset.UtcNow.AddMinutes(1).ToUnixTimeMilliseconds() * 1_000);
    }

    private protected override async Task PrepareAsync() => _store ??= new RedisOwnershipStore(await server.ConnectAsync(), string.Create(CultureInfo.InvariantCulture, $"test{Random.Shared.NextInt64()}"));

    private protected override Task PassAsync(TimeSpan time) => Task.Delay(time);

    private protected override async Task RestartAsync()
    {
        await server.Redis!.RestartAsync();
        IConnectionMultiplexer connection = await server.ConnectAsync();
        while (!connection.IsConnected)
        {
            await Task.Delay(20);
        }
    }

    /// <summary>A Redis that is started when the first test needs it.</summary>
    public sealed class Server : IAsyncDisposable
    {
        private ConnectionMultiplexer? _connection;

        internal RedisServer? Redis { get; private set; }

        internal async Task<IConnectionMultiplexer> ConnectAsync()
        {
            Redis ??= await RedisServer.StartAsync();
            return _connection ??= await ConnectionMultiplexer.ConnectAsync($"{Redis.Address},abortConnect=false,connectTimeout=500");
        }

        public async ValueTask DisposeAsync()
        {
            if (_connection is not null)
            {
                await _connection.DisposeAsync();
            }

            if (Redis is not null)
            {
                await Redis.DisposeAsync();
            }
        }
    }
}
