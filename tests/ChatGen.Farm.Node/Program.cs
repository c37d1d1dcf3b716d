// A node of a farm: --urls, --redis, --backend, and --lease, --hold and --skew in milliseconds.
using System.Globalization;
using ChatGen.Farm.Node;
using ChatGen.Farm.Node.Chat;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
string Argument(string name) => builder.Configuration[name] ?? throw new ArgumentException($"--{name} is missing.");
TimeSpan Duration(string name) => TimeSpan.FromMilliseconds(long.Parse(Argument(name), CultureInfo.InvariantCulture));

builder.Configuration.AddInMemoryCollection([new("Chat:StartSession:ServerUrl", Argument("backend"))]);
ConnectionMultiplexer redis = await ConnectionMultiplexer.ConnectAsync($"{Argument("redis")},abortConnect=false,connectTimeout=500");
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddSingleton<TimeProvider>(new SkewedTimeProvider(Duration("skew")));
builder.Services.AddSingleton<IConnectionMultiplexer>(redis);
builder.Services.AddStackExchangeRedisCache(options => options.ConnectionMultiplexerFactory = () => Task.FromResult<IConnectionMultiplexer>(redis));
builder.Services.AddDataProtection().SetApplicationName("farm").PersistKeysToStackExchangeRedis(redis, "data-protection");
builder.Services.AddChatRedisOwnership(options =>
{
    options.LeaseDuration = Duration("lease");
    options.RenewalInterval = Duration("lease") / 10;
    options.MinimumHold = Duration("hold");
});
builder.Services.AddChatGateway<ChatClient>(builder.Configuration.GetSection("Chat")).Configure(options =>
{
    options.UseDistributedCache = true;
    options.MaxOfflineDuration = TimeSpan.FromMinutes(1);
});

WebApplication app = builder.Build();
app.MapChat<ChatClient>("/chat");
app.MapGet("/usage", async (HealthCheckService health, bool collect) =>
{
    HealthReport report = await health.CheckHealthAsync(check => check.Name == "chat-ownership");
    if (collect)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    return new Usage((int)report.Entries.Single().Value.Data["sessions"], GC.GetTotalMemory(forceFullCollection: collect), Environment.WorkingSet, Environment.CpuUsage.TotalTime.TotalMilliseconds);
});
app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine("ready"));
await app.RunAsync();
