using Acme.Chat;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ChatGen.DependencyInjection.Tests;

/// <summary>Options of a client, as .NET's options give them.</summary>
public sealed class OptionsTests
{
    private readonly ServiceCollection _services = new();

    [Fact]
    public void Options_with_required_members_are_read_from_the_section_of_their_operation()
    {
        _services.AddChatClient<ChatClient>(Acme());

        StartSessionOptions options = Resolve<IOptions<StartSessionOptions>>().Value;

        Assert.Equal(new Uri("https://chat.example.com"), options.ServerUrl);
        Assert.Equal(StartSessionOptionsQueue.Support, options.Queue);
        Assert.Equal(3, options.Priority);
        Assert.Equal(TimeSpan.FromSeconds(30), Resolve<IOptionsMonitor<RestoreSessionOptions>>().CurrentValue.MaxOfflineDuration);
    }

    [Fact]
    public void Options_of_a_scope_are_read_too()
    {
        _services.AddChatClient<ChatClient>(Acme());
        using IServiceScope scope = _services.BuildServiceProvider(validateScopes: true).CreateScope();
        Assert.Equal(3, scope.ServiceProvider.GetRequiredService<IOptionsSnapshot<StartSessionOptions>>().Value.Priority);
    }

    [Fact]
    public void Options_of_a_named_client_have_its_name()
    {
        _services.AddChatClient<ChatClient>("support", Acme());
        _services.AddChatClient<ChatClient>("sales", Acme(("StartSession:Queue", "sales"), ("StartSession:Priority", "5")));
        IOptionsMonitor<StartSessionOptions> options = Resolve<IOptionsMonitor<StartSessionOptions>>();

        Assert.Equal((StartSessionOptionsQueue.Support, 3), (options.Get("support").Queue, options.Get("support").Priority));
        Assert.Equal((StartSessionOptionsQueue.Sales, 5), (options.Get("sales").Queue, options.Get("sales").Priority));
        Assert.Throws<OptionsValidationException>(() => options.CurrentValue);
    }

    [Theory]
    [InlineData("Priority", "7", "Chat:StartSession:Priority: 'Priority' must be at most 5, but is 7")]
    [InlineData("ServerUrl", "ftp://chat.example.com", "Chat:StartSession:ServerUrl: 'ServerUrl' must match the pattern ^https?://")]
    [InlineData("ServerUrl", null, "Chat:StartSession: 'StartSessionOptions' needs 'ServerUrl' unless 'Transport' is given")]
    [InlineData("Queue", "complaints", "Chat:StartSession:Queue: 'queue' must be one of 'sales', 'support'")]
    [InlineData("Queue", null, "Chat:StartSession: 'queue' is missing")]
    public void What_breaks_the_schema_is_told_where_it_is_configured_in_the_words_of_Validate(string key, string? value, string expected)
    {
        _services.AddChatClient<ChatClient>(Acme(("StartSession:" + key, value)));

        OptionsValidationException exception = Assert.Throws<OptionsValidationException>(() => Resolve<IOptions<StartSessionOptions>>().Value);

        Assert.Equal([expected], exception.Failures);
        Assert.Equal((expected, typeof(StartSessionOptions), ""), (exception.Message, exception.OptionsType, exception.OptionsName));
    }

    [Theory]
    [InlineData("StartSession:Priority", "0", "Chat:StartSession:Priority: 'Priority' must be at least 1, but is 0")]
    [InlineData("RestoreSession:MaxOfflineDuration", "-1", "Chat:RestoreSession:MaxOfflineDuration: 'MaxOfflineDuration' must be at least 0, but is -1")]
    public void Options_of_both_operations_are_checked_at_start(string key, string value, string expected)
    {
        _services.AddChatClient<ChatClient>("support", Acme((key, value)));

        OptionsValidationException exception = Assert.Throws<OptionsValidationException>(() => Resolve<IStartupValidator>().Validate());

        Assert.Equal(("support", expected), (exception.OptionsName, exception.Message));
    }

    [Fact]
    public void What_keeps_the_schema_starts()
    {
        _services.AddChatClient<ChatClient>(Acme());
        Resolve<IStartupValidator>().Validate();
    }

    [Fact]
    public void A_section_that_is_missing_is_told_at_start()
    {
        _services.AddChatClient<Shop.Chat.ChatClient>(Configured.With().GetSection("Chta"));

        OptionsValidationException exception = Assert.Throws<OptionsValidationException>(() => Resolve<IStartupValidator>().Validate());

        Assert.Equal("Chta:StartSession: 'StartSessionOptions' needs 'ServerUrl' unless 'Transport' is given", exception.Message);
    }

    [Fact]
    public void Options_of_a_client_without_a_configuration_are_not_checked_at_start()
    {
        _services.AddChatClient<Shop.Chat.ChatClient>();
        _services.BuildServiceProvider().GetService<IStartupValidator>()?.Validate();
        Assert.Throws<OptionsValidationException>(() => Resolve<IOptions<Shop.Chat.StartSessionOptions>>().Value);
        Assert.Equal(new Shop.Chat.RestoreSessionOptions(), Resolve<IOptions<Shop.Chat.RestoreSessionOptions>>().Value);
    }

    [Fact]
    public void Code_completes_what_is_configured_before_it_is_checked()
    {
        var transport = new ScriptedTransport();
        _services.AddSingleton<IChatTransport>(transport);
        _services.AddChatClient<ChatClient>(Acme(("StartSession:ServerUrl", null)))
            .ConfigureOptions<StartSessionOptions>((provider, options) => options with { Transport = provider.GetRequiredService<IChatTransport>() })
            .ConfigureOptions<StartSessionOptions>(options => options with { Priority = options.Priority + 1 });

        Resolve<IStartupValidator>().Validate();
        StartSessionOptions options = Resolve<IOptions<StartSessionOptions>>().Value;
        Assert.Same(transport, options.Transport);
        Assert.Equal((StartSessionOptionsQueue.Support, 4), (options.Queue, options.Priority));
    }

    [Fact]
    public void What_code_makes_wrong_is_told_at_start_too()
    {
        _services.AddChatClient<ChatClient>(Acme()).ConfigureOptions<StartSessionOptions>(options => options with { Priority = 6 });
        OptionsValidationException exception = Assert.Throws<OptionsValidationException>(() => Resolve<IStartupValidator>().Validate());
        Assert.StartsWith("Chat:StartSession:", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(": 'Priority' must be at most 5, but is 6", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_alone_makes_options_that_need_nothing_configured()
    {
        _services.AddChatClient<Shop.Chat.ChatClient>().ConfigureOptions<Shop.Chat.StartSessionOptions>(options => options with { ServerUrl = new Uri("https://chat.example.com") });
        Resolve<IStartupValidator>().Validate();
        Assert.Equal(new Uri("https://chat.example.com"), Resolve<IOptions<Shop.Chat.StartSessionOptions>>().Value.ServerUrl);
    }

    [Fact]
    public void A_change_of_the_configuration_is_seen_by_a_monitor()
    {
        IConfigurationRoot root = Configured.With(("Chat:StartSession:ServerUrl", "https://chat.example.com"), ("Chat:StartSession:Queue", "sales"));
        _services.AddChatClient<ChatClient>(root.GetSection("Chat"));
        IOptionsMonitor<StartSessionOptions> monitor = Resolve<IOptionsMonitor<StartSessionOptions>>();
        List<StartSessionOptionsQueue> changes = [];
        monitor.OnChange(options => changes.Add(options.Queue));
        Assert.Equal(StartSessionOptionsQueue.Sales, monitor.CurrentValue.Queue);

        root["Chat:StartSession:Queue"] = "support";
        root.Reload();

        Assert.Equal(StartSessionOptionsQueue.Support, monitor.CurrentValue.Queue);
        Assert.Equal([StartSessionOptionsQueue.Support], changes);
    }

    [Fact]
    public void What_others_configure_and_check_by_means_of_options_holds_too()
    {
        _services.AddChatClient<ChatClient>(Acme(("StartSession:UserData:Language", "de")));
        _services.AddOptions<StartSessionOptions>()
            .Configure(options => options.UserData!["Shop"] = "Berlin")
            .Validate(options => options.UserData!.Count == 3, "Three values are wanted.");

        OptionsValidationException exception = Assert.Throws<OptionsValidationException>(() => Resolve<IOptions<StartSessionOptions>>().Value);
        Assert.Equal(["Three values are wanted."], exception.Failures);
    }

    [Fact]
    public void Options_that_others_make_are_checked_by_the_schema()
    {
        _services.AddChatClient<ChatClient>();
        var options = new StartSessionOptions { Queue = StartSessionOptionsQueue.Sales, Priority = 9 };

        ValidateOptionsResult result = Assert.Single(_services.BuildServiceProvider().GetServices<IValidateOptions<StartSessionOptions>>()).Validate("any", options);

        Assert.Equal(options.Validate().Failures.Select(failure => failure.Message), result.Failures);
        Assert.Equal(2, result.Failures!.Count());
    }

    private static IConfiguration Acme(params (string Key, string? Value)[] changes)
    {
        IConfigurationRoot root = Configured.With(
            ("Chat:StartSession:ServerUrl", "https://chat.example.com"), ("Chat:StartSession:Queue", "support"), ("Chat:RestoreSession:MaxOfflineDuration", "30"));
        foreach ((string key, string? value) in changes)
        {
            root["Chat:" + key] = value;
        }

        return root.GetSection("Chat");
    }

    private T Resolve<T>()
        where T : notnull => _services.BuildServiceProvider().GetRequiredService<T>();
}
