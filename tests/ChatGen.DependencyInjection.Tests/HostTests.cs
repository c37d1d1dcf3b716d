using ChatGen.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Chat;

namespace ChatGen.DependencyInjection.Tests;

/// <summary>An application on the generic host, with a backend of its own.</summary>
public sealed class HostTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_application_chats_with_what_is_configured()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Ct);
        HostApplicationBuilder builder = Builder(("Chat:StartSession:ServerUrl", backend.CometDUrl.ToString()), ("Chat:StartSession:Username", "Jane"), ("Chat:StartSession:UserData:Language", "de"));
        builder.Services.AddChatClient<ChatClient>(builder.Configuration.GetSection("Chat"))
            .ConfigureSettings(settings => settings with { CreateStateStorage = _ => new MemoryChatStateStorage() })
            .AddResilience()
            .AddHealthCheck();
        builder.Services.AddSingleton<Visit>().AddHostedService(provider => provider.GetRequiredService<Visit>());
        using IHost host = builder.Build();

        await host.StartAsync(Ct);
        Visit visit = host.Services.GetRequiredService<Visit>();
        await (visit.ExecuteTask ?? throw new InvalidOperationException("The visit has not begun.")).WaitAsync(TimeSpan.FromSeconds(20), Ct);
        await host.StopAsync(Ct);

        Assert.Equal("You said: Hello", visit.Answer);
        ChatBackendSession session = Assert.Single(backend.Sessions);
        Assert.Equal(("Jane", true), (session.Username, session.IsEnded));
    }

    [Fact]
    public async Task An_application_that_is_configured_wrong_does_not_start()
    {
        HostApplicationBuilder builder = Builder(("Chat:StartSession:ServerUrl", "https://chat.example.com"), ("Chat:StartSession:MaxOfflineDuration", "-5"));
        builder.Services.AddChatClient<ChatClient>(builder.Configuration.GetSection("Chat"));
        var application = new Idle();
        builder.Services.AddHostedService(_ => application);
        using IHost host = builder.Build();

        OptionsValidationException exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Ct));

        Assert.Equal("Chat:StartSession:MaxOfflineDuration: 'MaxOfflineDuration' must be at least 0, but is -5", exception.Message);
        Assert.False(application.IsStarted);
    }

    [Fact]
    public async Task A_message_that_fails_over_REST_is_not_sent_again_and_what_is_read_is()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Ct);
        var failing = new FailingHandler();
        HostApplicationBuilder builder = Builder();
        var log = new CollectedLog();
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        ChatClientBuilder<ChatClient> chat = builder.Services.AddChatClient<ChatClient>().AddResilience(new ChatResilienceOptions { Delay = TimeSpan.FromMilliseconds(1) })
            .ConfigureSettings(settings => settings with { CreateStateStorage = _ => new MemoryChatStateStorage(), CreateTransport = request => new RestTransport(Api(settings, request)) });
        chat.HttpClient.AddHttpMessageHandler(() => failing);
        using IHost host = builder.Build();
        ChatClient client = host.Services.GetRequiredService<ChatClient>();
        await using ChatSession session = await client.StartSessionAsync(new StartSessionOptions { ServerUrl = backend.RestUrl }, Ct);

        failing.Fail("POST", 1);
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => session.SendMessageAsync("Hello", cancellationToken: Ct));
        Assert.Equal(ErrorCode.ConnectionInterrupted, exception.Code);
        Assert.Equal(["POST"], failing.Failed);

        failing.Fail("GET", 2);
        TranscriptResult transcript = await session.GetTranscriptAsync(cancellationToken: Ct);
        Assert.Equal(["POST", "GET", "GET"], failing.Failed);
        Assert.DoesNotContain(transcript.Transcript, entry => entry is MessageReceivedEvent { Content.Text: "Hello" });
        Assert.DoesNotContain("Hello", backend.Sessions[0].Messages);
        Assert.Contains(log.Entries, entry => entry.Text.StartsWith("POST to http://127.0.0.1:", StringComparison.Ordinal));
        Assert.DoesNotContain(backend.Sessions[0].Id, log.Text, StringComparison.Ordinal);
    }

    private static IChatApi Api(ChatClientSettings settings, ChatBuiltInTransportRequest request)
    {
        HttpClient http = settings.CreateHttpClient!();
        http.BaseAddress = request.ServerUrl;
        return Refit.RestService.ForGenerated<IChatApi>(http);
    }

    private static HostApplicationBuilder Builder(params (string Key, string? Value)[] configuration)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(configuration.Select(value => new KeyValuePair<string, string?>(value.Key, value.Value)));
        builder.Logging.ClearProviders();
        return builder;
    }

    /// <summary>What an application does with a chat.</summary>
    private sealed class Visit(ChatClient chat, IOptions<StartSessionOptions> options) : BackgroundService
    {
        public string? Answer { get; private set; }

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            await using ChatSession session = await chat.StartSessionAsync(options.Value with { Subject = "Parcel" }, stoppingToken);
            session.OnMessageReceived(message =>
            {
                if (message.Content.Text.StartsWith("You said", StringComparison.Ordinal))
                {
                    answer.TrySetResult(message.Content.Text);
                }
            });
            await session.SendMessageAsync("Hello", cancellationToken: stoppingToken);
            Answer = await answer.Task.WaitAsync(stoppingToken);
            await session.LeaveAsync(stoppingToken);
        }
    }

    private sealed class Idle : IHostedService
    {
        public bool IsStarted { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            IsStarted = true;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>Lets requests fail before they reach the backend.</summary>
    private sealed class FailingHandler : DelegatingHandler
    {
        private readonly Lock _gate = new();
        private readonly List<string> _failed = [];
        private string? _method;
        private int _failures;

        public IReadOnlyList<string> Failed
        {
            get
            {
                lock (_gate)
                {
                    return [.. _failed];
                }
            }
        }

        /// <summary>The next requests by a method fail.</summary>
        public void Fail(string method, int count)
        {
            lock (_gate)
            {
                (_method, _failures) = (method, count);
            }
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            lock (_gate)
            {
                if (_failures > 0 && request.Method.Method == _method)
                {
                    _failures--;
                    _failed.Add(request.Method.Method);
                    return Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.ServiceUnavailable) { RequestMessage = request });
                }
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
