using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatGen.Bayeux.Tests.Chat;

/// <summary>Which activities belong to whoever calls, and which to the connection, which works on for as long as the session lives.</summary>
public sealed class TracingTests
{
    [Fact]
    public async Task The_start_is_the_callers_and_the_requests_of_the_connection_are_not()
    {
        using var source = new ActivitySource($"{nameof(TracingTests)}-{Guid.NewGuid()}");
        var stopped = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static _ => true,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = stopped.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using ChatBench bench = await ChatBench.StartAsync();
        await using var chat = new TestChat(new ChatClientSettings { CometD = ChatBench.Quick });
        Activity caller = source.StartActivity("caller")!;
        TestChatSession session = await chat.StartAsync(new ChatSessionSetup
        {
            ServerUrl = bench.Server.Url,
            StateStorage = new MemoryChatStateStorage(),
            DisableWebSockets = true,
            Logger = NullLogger.Instance,
            Validation = default,
        });
        await bench.ForgetAsync();
        await session.ReadUntilAsync(TestEvent.Back);
        await session.DisposeAsync().AsTask().Soon();
        caller.Dispose();

        string[] ofCaller = [.. stopped.Where(activity => activity.TraceId == caller.TraceId).Select(activity => $"{activity.Source.Name} {activity.DisplayName} {activity.GetTagItem("url.full")}")];
        Assert.Contains($"{ChatTelemetry.ActivitySourceName} chat open ", ofCaller);

        // Ending is the caller's again.
        Assert.DoesNotContain(ofCaller, text => text.StartsWith("System.Net.Http", StringComparison.Ordinal) && !text.EndsWith("/disconnect", StringComparison.Ordinal));
        Assert.Contains(stopped, activity => activity.Source.Name == "System.Net.Http");
        Assert.Contains(stopped, activity => activity.DisplayName == "chat interruption" && activity.TraceId != caller.TraceId);
    }
}
