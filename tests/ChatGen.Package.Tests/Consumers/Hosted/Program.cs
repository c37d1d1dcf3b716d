using ChatGen;
using ChatGen.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scratch.Chat;

using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
await using ChatBackend backend = await ChatBackend.StartAsync(new ChatBackendOptions { Agent = ScriptedAgent.Silent }, deadline.Token);
Console.WriteLine($"Configured well: {await ChatAsync("5")}");
try
{
    await ChatAsync("-5");
}
catch (OptionsValidationException exception)
{
    Console.WriteLine($"Configured wrong: {exception.Message}");
}

Console.WriteLine($"The backend saw: {string.Join(" | ", backend.Sessions.Single().Messages)}");

async Task<string> ChatAsync(string maxOfflineDuration)
{
    HostApplicationBuilder builder = Host.CreateApplicationBuilder();
    builder.Logging.ClearProviders();
    builder.Configuration.AddInMemoryCollection([new("Chat:StartSession:ServerUrl", backend.CometDUrl.ToString()), new("Chat:StartSession:MaxOfflineDuration", maxOfflineDuration)]);
    ChatClientBuilder<ChatClient> added = builder.Services.AddChatClient<ChatClient>("support", builder.Configuration.GetSection("Chat"))
        .ConfigureSettings(settings => settings with { CreateStateStorage = _ => new MemoryChatStateStorage() })
        .AddResilience()
        .AddHealthCheck();
    using IHost host = builder.Build();
    await host.StartAsync(deadline.Token);

    using HttpClient http = host.Services.GetRequiredService<IHttpClientFactory>().CreateClient(added.HttpClient.Name);
    using HttpResponseMessage nothing = await http.GetAsync(new Uri(backend.CometDUrl, "/nothing"), deadline.Token);
    ChatClient chat = host.Services.GetRequiredKeyedService<ChatClient>("support");
    StartSessionOptions options = host.Services.GetRequiredService<IOptionsMonitor<StartSessionOptions>>().Get("support");
    await using ChatSession session = await chat.StartSessionAsync(options, deadline.Token);
    await session.SendMessageAsync("Hello", cancellationToken: deadline.Token);
    HealthReport report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(deadline.Token);
    await session.LeaveAsync(deadline.Token);
    await host.StopAsync(deadline.Token);
    return $"{(int)nothing.StatusCode}, {report.Status}, sessions: {report.Entries.Values.Single().Data["sessions"]}";
}
