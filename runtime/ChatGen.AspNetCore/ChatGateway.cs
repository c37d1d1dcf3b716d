using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatGen;

/// <summary>Holds the chats of a client's visitors for as long as the server runs.</summary>
internal sealed class ChatGateway<TClient> : IHostedLifecycleService, IDisposable
    where TClient : class, IChatClient<TClient>
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_shortestPause = TimeSpan.FromMilliseconds(100);

    private readonly IServiceProvider _services;
    private readonly ILogger _logger;
    private readonly TimeProvider _timeProvider;
    private readonly GatewayInstruments _instruments;
    private readonly SessionOpening _start;
    private readonly SessionOpening _restore;
    private ITimer? _sweep;

    public ChatGateway(IServiceProvider services, IOptionsMonitor<ChatGatewayOptions> options, IEnumerable<SessionCompletion> completions, IEnumerable<GatewayConfiguration<TClient>> configurations)
    {
        _services = services;
        Options = options.Get(OptionsName);
        _logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("ChatGen.Gateway");
        _timeProvider = services.GetService<TimeProvider>() ?? TimeProvider.System;
        ChatProtocol protocol = TClient.Protocol;
        _instruments = new GatewayInstruments(protocol.SchemaId);
        SessionCompletion[] own = [.. completions.Where(completion => completion.ClientType == typeof(TClient))];
        IConfiguration? configuration = configurations.LastOrDefault()?.Configuration;
        _start = new SessionOpening(OpeningOf(protocol.Start), configuration, own);
        _restore = new SessionOpening(OpeningOf(protocol.Restore), configuration, own);
        IDistributedCache? cache = services.GetService<IDistributedCache>();
        if (Options.UseDistributedCache && cache is null)
        {
            throw new InvalidOperationException("The state is to be kept in a distributed cache, but the container has none: add one, such as AddStackExchangeRedisCache.");
        }

        var storages = new ChatStateStorages(services.GetRequiredService<IDataProtectionProvider>(), cache, Options, _timeProvider);
        Host = new ChatSessionHost(
            services.GetRequiredService<TClient>(), services.GetRequiredService<IChatOwnership>(), storages, _start, _restore, Options, _timeProvider, _instruments, _logger);
    }

    /// <summary>Name under which the container has the options of this client's gateway.</summary>
    public static string OptionsName { get; } = typeof(TClient).FullName ?? typeof(TClient).Name;

    public ChatGatewayOptions Options { get; }

    public ChatSessionHost Host { get; }

    /// <summary>The endpoints below a prefix.</summary>
    public ChatEndpoints EndpointsAt(string prefix) => new(
        Host,
        new VisitorCookie(_services.GetRequiredService<IDataProtectionProvider>(), TClient.Protocol.SchemaId, Options.CookieName),
        _services.GetRequiredService<IAntiforgery>(),
        TClient.Protocol,
        Options,
        _timeProvider,
        _instruments,
        prefix,
        _logger);

    /// <summary>Checks what is configured, before the server takes requests.</summary>
    /// <exception cref="OptionsValidationException">What is configured breaks the schema.</exception>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        string[] faults = [.. _start.FindFaults().Concat(_restore.FindFaults()).Select(fault => fault.Message)];
        return faults.Length == 0 ? Task.CompletedTask : throw new OptionsValidationException(OptionsName, typeof(TClient), faults);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        TimeSpan pause = Options.IdleTimeout / 4;
        pause = pause < s_shortestPause ? s_shortestPause : pause > s_longestPause ? s_longestPause : pause;
        _sweep = _timeProvider.CreateTimer(_ => _ = Host.SweepAsync(), null, pause, pause);
        return Task.CompletedTask;
    }

    /// <summary>Lets go of all sessions while the server still answers, so that nobody waits in vain.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        Dispose();
        await Host.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _sweep?.Dispose();

    private static ChatOpening OpeningOf(ChatOpening? opening) => opening ?? throw new InvalidOperationException($"The protocol of '{OptionsName}' does not say how sessions are opened; it was made by another version of the generator.");
}
