using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace ChatGen;

/// <summary>Configures a chat client in a container.</summary>
/// <typeparam name="TClient">The generated client.</typeparam>
/// <remarks>As little thread-safe as the <see cref="IServiceCollection"/> that it changes.</remarks>
public sealed class ChatClientBuilder<TClient>
    where TClient : class, IChatClient<TClient>
{
    private readonly string _uniqueName;

    internal ChatClientBuilder(IServiceCollection services, string name)
    {
        Services = services;
        Name = name;

        // Clients of several schemas may have the same name, but neither the same handlers nor the same health check.
        string type = typeof(TClient).FullName ?? typeof(TClient).Name;
        _uniqueName = name.Length == 0 ? type : $"{type}.{name}";
        HttpClient = services.AddHttpClient(_uniqueName);
        if (services.Any(service => service.ServiceType == typeof(Registration) && service.ImplementationInstance is Registration known && known.Name == name))
        {
            return;
        }

        services.AddSingleton(new Registration(name));
        services.AddOptions();
        ChatHttpClient.Secure(HttpClient, LoggerOf);
        TClient.VisitOptions(new OptionsRegistration(services, name));
        if (name.Length == 0)
        {
            services.TryAddSingleton(Create);
        }
        else
        {
            services.TryAddKeyedSingleton(name, (provider, _) => Create(provider));
        }
    }

    /// <summary>The container's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Key of the client and name of its options; empty if it has none.</summary>
    public string Name { get; }

    /// <summary>
    /// Configures the HTTP client that the built-in REST transport sends with: handlers for authentication, proxies, certificates. It does not follow redirects and keeps no cookies,
    /// whatever handler is chosen, and it logs neither headers nor paths. The CometD transport connects by itself; see <see cref="ChatClientSettings.CometD"/>.
    /// </summary>
    public IHttpClientBuilder HttpClient { get; }

    /// <summary>Changes the client's settings. Changes are made in the order of the calls, when the client is resolved first.</summary>
    /// <param name="configure">Returns what it gets, with changes.</param>
    public ChatClientBuilder<TClient> ConfigureSettings(Func<ChatClientSettings, ChatClientSettings> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return ConfigureSettings((_, settings) => configure(settings));
    }

    /// <summary>Changes the client's settings with services of the container. Changes are made in the order of the calls, when the client is resolved first.</summary>
    /// <param name="configure">Returns what it gets, with changes. It gets services of no scope.</param>
    public ChatClientBuilder<TClient> ConfigureSettings(Func<IServiceProvider, ChatClientSettings, ChatClientSettings> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.AddSingleton(new SettingsChange(Name, configure));
        return this;
    }

    /// <summary>Completes the options that are configured with what only code can give, before they are checked. They are checked when the host starts.</summary>
    /// <typeparam name="TOptions">The options that sessions are started or restored with. Members that C# requires must be configured all the same.</typeparam>
    /// <param name="configure">Returns what it gets, with changes.</param>
    public ChatClientBuilder<TClient> ConfigureOptions<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(Func<TOptions, TOptions> configure)
        where TOptions : class, IChatOptions<TOptions>
    {
        ArgumentNullException.ThrowIfNull(configure);
        return ConfigureOptions<TOptions>((_, options) => configure(options));
    }

    /// <summary>Completes the options that are configured with services of the container, before they are checked. They are checked when the host starts.</summary>
    /// <typeparam name="TOptions">The options that sessions are started or restored with. Members that C# requires must be configured all the same.</typeparam>
    /// <param name="configure">Returns what it gets, with changes.</param>
    public ChatClientBuilder<TClient> ConfigureOptions<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        Func<IServiceProvider, TOptions, TOptions> configure)
        where TOptions : class, IChatOptions<TOptions>
    {
        ArgumentNullException.ThrowIfNull(configure);
        var registration = new OptionsRegistration(Services, Name);
        registration.Add<TOptions>();
        registration.Complete(configure);
        return this;
    }

    /// <summary>
    /// Repeats requests over HTTP that fail for a passing reason, and limits how long they take. Only what does no harm twice is repeated: GET and HEAD, unless they are marked otherwise, and what is
    /// marked by <see cref="ChatHttpRequest.Idempotent"/>; never the sending of a message. Call it once.
    /// </summary>
    /// <param name="options">How often and how long; the defaults if absent.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option has a value outside its range.</exception>
    /// <remarks>Handlers that are added to <see cref="HttpClient"/> before this see a request once, those that are added after it see each repetition.</remarks>
    public ChatClientBuilder<TClient> AddResilience(ChatResilienceOptions? options = null)
    {
        options ??= new ChatResilienceOptions();
        options.ThrowIfInvalid();
        ChatResilience.Add(HttpClient, options, LoggerOf);
        return this;
    }

    /// <summary>Adds a health check of the client; see <c>docs/dependency-injection.md</c> for what it says when.</summary>
    /// <param name="name">Name of the check; by default the full name of the client's type, and after a dot the client's name if it has one.</param>
    /// <param name="failureStatus">What is reported while the backend cannot be reached; by default <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">Tags of the check. Default: none.</param>
    public ChatClientBuilder<TClient> AddHealthCheck(string? name = null, HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        Services.AddHealthChecks().Add(new HealthCheckRegistration(
            name ?? _uniqueName,
            provider => new ChatClientHealthCheck<TClient>(Name.Length == 0 ? provider.GetRequiredService<TClient>() : provider.GetRequiredKeyedService<TClient>(Name)),
            failureStatus,
            tags));
        return this;
    }

    /// <summary>Reads options from the sections of a configuration.</summary>
    internal ChatClientBuilder<TClient> BindOptions(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        TClient.VisitOptions(new OptionsBinding(new OptionsRegistration(Services, Name), configuration));
        return this;
    }

    private static ILogger LoggerOf(IServiceProvider provider) => provider.GetRequiredService<ILoggerFactory>().CreateLogger<TClient>();

    private TClient Create(IServiceProvider provider)
    {
        IHttpClientFactory http = provider.GetRequiredService<IHttpClientFactory>();
        var settings = new ChatClientSettings
        {
            TimeProvider = provider.GetService<TimeProvider>() ?? TimeProvider.System,
            Logger = LoggerOf(provider),
            CreateHttpClient = () => http.CreateClient(_uniqueName),

            // Else the clients of a schema would overwrite each other's state.
            StateFilePath = Name.Length == 0 ? null : ChatClientSettings.DefaultStateFilePath(TClient.Protocol.SchemaId, Name),
        };
        foreach (SettingsChange change in provider.GetServices<SettingsChange>().Where(change => change.Name == Name))
        {
            settings = change.Configure(provider, settings) ?? throw new InvalidOperationException("The settings of a chat client were changed to null.");
        }

        return TClient.Create(settings);
    }

    /// <summary>Tells that a client of this name has been added.</summary>
    private sealed record Registration(string Name);

    private sealed record SettingsChange(string Name, Func<IServiceProvider, ChatClientSettings, ChatClientSettings> Configure);
}
