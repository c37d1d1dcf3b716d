using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shop.Chat;

namespace ChatGen.DependencyInjection.Tests;

/// <summary>The HTTP client of a chat client: what it must not do, and what it must not tell.</summary>
public sealed class HttpClientTests
{
    private readonly ServiceCollection _services = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Handlers => ["default", "sockets", "client", "configured", "wrapped"];

    [Theory]
    [MemberData(nameof(Handlers))]
    public async Task Redirects_are_not_followed_and_cookies_not_kept_whatever_handler_is_chosen(string handler)
    {
        List<string> requests = [];
        await using WebApplication server = Server(requests);
        await server.StartAsync(Ct);
        ChatClientBuilder<ChatClient> builder = _services.AddChatClient<ChatClient>();
        _ = handler switch
        {
            "sockets" => builder.HttpClient.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler()),
            "client" => builder.HttpClient.ConfigurePrimaryHttpMessageHandler(() => new HttpClientHandler()),
            "configured" => builder.HttpClient.UseSocketsHttpHandler((sockets, _) => sockets.AllowAutoRedirect = true),
            "wrapped" => builder.HttpClient.ConfigurePrimaryHttpMessageHandler(() => new PassingHandler { InnerHandler = new PassingHandler { InnerHandler = new SocketsHttpHandler() } }),
            _ => builder.HttpClient,
        };
        await using ServiceProvider provider = _services.BuildServiceProvider();
        using HttpClient client = Settings(provider, builder).CreateHttpClient!();
        Uri address = new(server.Urls.Single());

        using HttpResponseMessage first = await client.GetAsync(new Uri(address, "/from"), Ct);
        using HttpResponseMessage second = await client.GetAsync(new Uri(address, "/from"), Ct);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (first.StatusCode, second.StatusCode));
        Assert.Equal(["/from", "/from"], requests);
    }

    [Fact]
    public async Task Handlers_see_the_requests_of_the_client_alone()
    {
        ChatClientBuilder<ChatClient> builder = _services.AddChatClient<ChatClient>("support");
        var stub = new StubHandler(HttpStatusCode.NoContent);
        builder.HttpClient.ConfigurePrimaryHttpMessageHandler(() => stub).ConfigureHttpClient(client => client.BaseAddress = new Uri("https://chat.example.com"));
        ChatClientBuilder<ChatClient> other = _services.AddChatClient<ChatClient>("sales");
        await using ServiceProvider provider = _services.BuildServiceProvider();

        using HttpClient client = Settings(provider, builder).CreateHttpClient!();
        Assert.Equal(HttpStatusCode.NoContent, (await client.GetAsync(new Uri("/", UriKind.Relative), Ct)).StatusCode);

        Assert.Equal(1, stub.Requests);
        using HttpClient others = Settings(provider, other).CreateHttpClient!();
        Assert.Null(others.BaseAddress);
        Assert.NotSame(client, Settings(provider, builder).CreateHttpClient!());
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(null)]
    public async Task Neither_headers_nor_paths_nor_queries_reach_the_log(HttpStatusCode? answer)
    {
        CollectedLog log = await LogOfAsync(answer, "pelican-path", _ => { });

        Assert.Contains(log.Entries, entry => entry is { Category: "Shop.Chat.ChatClient", Level: LogLevel.Debug } && entry.Text.StartsWith(
            answer is { } status ? $"GET to https://chat.example.com:443 was answered with {(int)status} after " : "GET to https://chat.example.com:443 failed with ConnectionError after ", StringComparison.Ordinal));
        Assert.Equal(answer is HttpStatusCode.OK ? 0 : 1, log.Entries.Count(entry => entry.Level == LogLevel.Information && entry.Text.Contains("; it is repeated in ", StringComparison.Ordinal)));
        Assert.DoesNotContain("pelican", log.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("/sessions", log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task Whoever_adds_the_factorys_own_logging_again_sees_neither_headers_nor_queries(HttpStatusCode answer)
    {
        CollectedLog log = await LogOfAsync(answer, "7", builder => builder.HttpClient.AddDefaultLogger());

        Assert.Contains(log.Entries, entry => entry.Category == "System.Net.Http.HttpClient.Shop.Chat.ChatClient.ClientHandler" && entry.Text.Contains("X-Chat-Session", StringComparison.Ordinal));
        Assert.Contains(log.Entries, entry => entry.Text.Contains("https://chat.example.com/sessions/7?*", StringComparison.Ordinal));
        Assert.DoesNotContain("pelican", log.Text, StringComparison.OrdinalIgnoreCase);
    }

    private static ChatClientSettings Settings(IServiceProvider provider, ChatClientBuilder<ChatClient> builder)
    {
        // The client itself does not show its settings.
        string name = builder.HttpClient.Name;
        return new ChatClientSettings { CreateHttpClient = () => provider.GetRequiredService<IHttpClientFactory>().CreateClient(name) };
    }

    private static WebApplication Server(List<string> requests)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        WebApplication server = builder.Build();
        server.Run(context =>
        {
            requests.Add(context.Request.Path + (context.Request.Headers.Cookie.Count > 0 ? " with a cookie" : ""));
            context.Response.Headers.SetCookie = "visitor=1";
            context.Response.Redirect("/to");
            return Task.CompletedTask;
        });
        return server;
    }

    private async Task<CollectedLog> LogOfAsync(HttpStatusCode? answer, string id, Action<ChatClientBuilder<ChatClient>> configure)
    {
        var log = new CollectedLog();
        _services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        ChatClientBuilder<ChatClient> builder = _services.AddChatClient<ChatClient>().AddResilience(new ChatResilienceOptions { MaxRetryAttempts = 1, Delay = TimeSpan.FromMilliseconds(1) });
        builder.HttpClient.ConfigurePrimaryHttpMessageHandler(() => new StubHandler((_, _, _) => answer is { } status
            ? Task.FromResult(new HttpResponseMessage(status) { Headers = { { "X-Next-Key", "pelican-answer" } }, Content = new StringContent("pelican-body") })
            : throw new HttpRequestException(HttpRequestError.ConnectionError, "pelican-failure")));
        configure(builder);
        await using ServiceProvider provider = _services.BuildServiceProvider();
        using HttpClient client = Settings(provider, builder).CreateHttpClient!();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"https://chat.example.com/sessions/{id}?key=pelican-query"));
        request.Headers.Add("X-Chat-Session", "pelican-header");
        request.Headers.Add("Authorization", "Bearer pelican-token");
        try
        {
            (await client.SendAsync(request, Ct)).Dispose();
        }
        catch (HttpRequestException)
        {
            Assert.Null(answer);
        }

        return log;
    }

    private sealed class PassingHandler : DelegatingHandler;
}
