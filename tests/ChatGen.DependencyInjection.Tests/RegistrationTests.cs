using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Shop.Chat;

namespace ChatGen.DependencyInjection.Tests;

/// <summary>Clients in a container.</summary>
public sealed class RegistrationTests
{
    private readonly ServiceCollection _services = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_is_a_singleton()
    {
        ChatClientBuilder<ChatClient> builder = _services.AddChatClient<ChatClient>();
        await using ServiceProvider provider = _services.BuildServiceProvider(validateScopes: true);

        Assert.Same(provider.GetRequiredService<ChatClient>(), provider.GetRequiredService<ChatClient>());
        Assert.Equal(("", "Shop.Chat.ChatClient"), (builder.Name, builder.HttpClient.Name));
        Assert.Same(_services, builder.Services);
    }

    [Fact]
    public async Task Named_clients_are_keyed_and_none_of_them_is_the_client_without_a_name()
    {
        ChatClientBuilder<ChatClient> support = _services.AddChatClient<ChatClient>("support");
        _services.AddChatClient<ChatClient>("sales");
        await using ServiceProvider provider = _services.BuildServiceProvider();

        Assert.Equal(("support", "Shop.Chat.ChatClient.support"), (support.Name, support.HttpClient.Name));
        Assert.Same(provider.GetRequiredKeyedService<ChatClient>("support"), provider.GetRequiredKeyedService<ChatClient>("support"));
        Assert.NotSame(provider.GetRequiredKeyedService<ChatClient>("support"), provider.GetRequiredKeyedService<ChatClient>("sales"));
        Assert.Null(provider.GetService<ChatClient>());
        Assert.Null(provider.GetKeyedService<ChatClient>("other"));
    }

    [Fact]
    public async Task Clients_of_two_schemas_may_have_the_same_name()
    {
        ChatClientBuilder<ChatClient> shop = _services.AddChatClient<ChatClient>("support");
        ChatClientBuilder<Acme.Chat.ChatClient> acme = _services.AddChatClient<Acme.Chat.ChatClient>("support");
        await using ServiceProvider provider = _services.BuildServiceProvider();

        Assert.NotNull(provider.GetRequiredKeyedService<ChatClient>("support"));
        Assert.NotNull(provider.GetRequiredKeyedService<Acme.Chat.ChatClient>("support"));
        Assert.NotEqual(shop.HttpClient.Name, acme.HttpClient.Name);
    }

    [Fact]
    public async Task Adding_a_client_again_goes_on_configuring_the_same_client()
    {
        List<string> calls = [];
        _services.AddChatClient<ChatClient>().ConfigureSettings(settings => Note(settings, "first"));
        _services.AddChatClient<ChatClient>().ConfigureSettings(settings => Note(settings, "second"));
        _services.AddChatClient<ChatClient>("other").ConfigureSettings(settings => Note(settings, "other"));
        await using ServiceProvider provider = _services.BuildServiceProvider();

        Assert.Single(provider.GetServices<ChatClient>());
        Assert.Equal(["first", "second"], calls);

        ChatClientSettings Note(ChatClientSettings settings, string name)
        {
            calls.Add(name);
            return settings;
        }
    }

    [Fact]
    public async Task Settings_are_changed_with_services_of_the_container()
    {
        var logger = new CollectedLog();
        _services.AddSingleton(logger);
        ChatClientSettings? changed = null;
        _services.AddChatClient<ChatClient>()
            .ConfigureSettings((provider, settings) => settings with { Logger = provider.GetRequiredService<CollectedLog>().CreateLogger("mine") })
            .ConfigureSettings(settings => changed = settings);
        await using ServiceProvider provider = _services.BuildServiceProvider();

        await StartAsync(provider.GetRequiredService<ChatClient>());

        Assert.NotNull(changed);
        Assert.Contains(logger.Entries, entry => entry is { Category: "mine", Level: LogLevel.Information });
    }

    [Fact]
    public async Task Sessions_log_to_the_container_unless_their_options_name_a_logger()
    {
        var log = new CollectedLog();
        var own = new CollectedLog();
        _services.AddLogging(logging => logging.AddProvider(log));
        _services.AddChatClient<ChatClient>();
        await using ServiceProvider provider = _services.BuildServiceProvider();
        ChatClient client = provider.GetRequiredService<ChatClient>();

        await StartAsync(client, own.CreateLogger("own"));
        Assert.Empty(log.Entries);
        Assert.NotEmpty(own.Entries);

        await StartAsync(client);
        Assert.Contains(log.Entries, entry => entry is { Category: "Shop.Chat.ChatClient", Level: LogLevel.Information } && entry.Text.Contains("started", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_clock_is_the_containers()
    {
        var time = new FakeTimeProvider();
        _services.AddSingleton<TimeProvider>(time);
        await using ServiceProvider provider = Capture(out Func<ChatClientSettings> settings, "");
        Assert.Same(time, settings().TimeProvider);
    }

    [Fact]
    public async Task Without_a_clock_in_the_container_it_is_the_systems()
    {
        await using ServiceProvider provider = Capture(out Func<ChatClientSettings> settings, "");
        Assert.Same(TimeProvider.System, settings().TimeProvider);
    }

    [Fact]
    public async Task Named_clients_keep_their_state_in_files_of_their_own()
    {
        await using ServiceProvider unnamed = Capture(out Func<ChatClientSettings> settings, "");
        Assert.Null(settings().StateFilePath);
        await using ServiceProvider support = Capture(out settings, "support");
        string supportPath = settings().StateFilePath!;
        await using ServiceProvider sales = Capture(out settings, "sales");
        string salesPath = settings().StateFilePath!;

        Assert.Equal(ChatClientSettings.DefaultStateFilePath("shop", "support"), supportPath);
        Assert.Equal("shop~support.json", Path.GetFileName(supportPath));
        Assert.Equal(3, new[] { supportPath, salesPath, ChatClientSettings.DefaultStateFilePath("shop") }.Distinct().Count());
    }

    [Fact]
    public async Task Disposing_the_container_lets_go_of_the_sessions()
    {
        var transport = new ScriptedTransport();
        _services.AddChatClient<ChatClient>();
        ServiceProvider provider = _services.BuildServiceProvider();
        ChatSession session = await StartAsync(provider.GetRequiredService<ChatClient>(), transport: transport);

        await provider.DisposeAsync();

        Assert.False(session.IsActive);
        Assert.Equal(1, transport.Closes);
    }

    private static Task<ChatSession> StartAsync(ChatClient client, ILogger? logger = null, ScriptedTransport? transport = null) => client.StartSessionAsync(
        new StartSessionOptions { Transport = transport ?? new ScriptedTransport(), StateStorage = new MemoryChatStateStorage(), Logger = logger }, Ct);

    private ServiceProvider Capture(out Func<ChatClientSettings> settings, string name)
    {
        ChatClientSettings? captured = null;
        ChatClientBuilder<ChatClient> builder = name.Length == 0 ? _services.AddChatClient<ChatClient>() : _services.AddChatClient<ChatClient>(name);
        builder.ConfigureSettings(settings => captured = settings);
        ServiceProvider provider = _services.BuildServiceProvider();
        settings = () =>
        {
            _ = name.Length == 0 ? provider.GetRequiredService<ChatClient>() : provider.GetRequiredKeyedService<ChatClient>(name);
            return captured!;
        };
        return provider;
    }
}
