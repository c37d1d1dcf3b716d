using System.Collections.Concurrent;
using System.Net;
using ChatGen.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatGen.AspNetCore.Tests;

public sealed class LogSecrecyTests
{
    [Fact]
    public async Task No_key_no_session_and_nothing_that_is_said_reaches_the_log()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(new ChatBackendOptions { Agent = ScriptedAgent.Silent }, Deadline.Token);
        using var log = new AllEntries();
        await using Site site = await Site.StartAsync(backend, gateway => gateway.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log)));
        VisitorBrowser visitor = await VisitorBrowser.EnterAsync(site, """{"queue":"sales","username":"Jane Doe"}""");
        await visitor.SayAsync("My number is 4711");
        await visitor.FailAsync(HttpStatusCode.BadRequest, "/commands/sendMessage", """{"message":4712}""");
        await visitor.FailAsync(HttpStatusCode.Conflict, "/start", """{"queue":"sales"}""");
        string[] cookies = [.. visitor.Cookies.GetCookies(new Uri("https://shop.example/chat")).Select(cookie => cookie.Value)];
        await using (EventReader events = await visitor.ListenAsync())
        {
            await events.NextMessageAsync();
        }

        await visitor.DoAsync("/leave");
        await site.StopAsync();

        Assert.Equal(3, cookies.Length);
        string[] own = [.. log.Entries.Where(entry => entry.Contains("ChatGen", StringComparison.Ordinal))];
        Assert.NotEmpty(own);
        foreach (string secret in (string[])[.. cookies, visitor.Token!, backend.Sessions[0].Id, "4711", "4712", "Jane Doe"])
        {
            Assert.DoesNotContain(own, entry => entry.Contains(secret, StringComparison.Ordinal));
        }
    }

    private sealed class AllEntries : ILoggerProvider
    {
        public ConcurrentQueue<string> Entries { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Logger(categoryName, Entries);

        public void Dispose()
        {
        }

        private sealed class Logger(string category, ConcurrentQueue<string> entries) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                entries.Enqueue($"{category}: {formatter(state, exception)} {exception}");
        }
    }
}
