using System.Net;
using ChatGen.AspNetCore.Tests.Chat;
using ChatGen.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ChatGen.AspNetCore.Tests;

/// <summary>One server with a gateway.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly WebApplication _application;

    private Site(WebApplication application) => _application = application;

    public TestServer Server => _application.GetTestServer();

    /// <summary>Where it listens, if it is on Kestrel.</summary>
    public Uri Address => new(_application.Urls.Single());

    public IServiceProvider Services => _application.Services;

    public ChatSessionHost Host => Services.GetRequiredService<ChatGateway<ChatClient>>().Host;

    public static async Task<Site> StartAsync(ChatBackend backend, Action<ChatGatewayBuilder<ChatClient>>? configure = null, Dictionary<string, string?>? settings = null, Neighbourhood? neighbourhood = null, bool onKestrel = false, Action<WebApplication>? map = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        if (onKestrel)
        {
            builder.WebHost.UseKestrelCore().ConfigureKestrel((KestrelServerOptions kestrel) => kestrel.Listen(IPAddress.Loopback, 0));
        }
        else
        {
            builder.WebHost.UseTestServer();
        }

        builder.Services.AddRouting();
        builder.Services.AddLogging();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Chat:StartSession:ServerUrl"] = backend.CometDUrl.ToString(),
            ["Chat:StartSession:MaxOfflineDuration"] = "60",
            ["Chat:RestoreSession:MaxOfflineDuration"] = "60",
        });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        IDataProtectionProvider protection = neighbourhood?.Protection ?? new EphemeralDataProtectionProvider();
        if (neighbourhood is not null)
        {
            builder.Services.AddSingleton<IDistributedCache>(neighbourhood.Cache);
            builder.Services.AddSingleton<IChatOwnership>(neighbourhood.Ownership);
        }

        ChatGatewayBuilder<ChatClient> gateway = builder.Services.AddChatGateway<ChatClient>(builder.Configuration.GetSection("Chat"));
        gateway.Configure(options => options.UseDistributedCache = neighbourhood is not null);
        configure?.Invoke(gateway);

        // After what the gateway adds, so that these are what is resolved.
        builder.Services.AddSingleton(protection);
        WebApplication application = builder.Build();
        application.UseRouting();
        application.MapChat<ChatClient>("/chat");
        application.MapHealthChecks("/health");
        map?.Invoke(application);
        await application.StartAsync(Deadline.Token);
        return new Site(application);
    }

    /// <summary>Stops as a host does that was told to.</summary>
    public Task StopAsync() => _application.StopAsync(Deadline.Token);

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();
}
