using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Shop.Chat;

namespace ChatGen.DependencyInjection.Tests;

/// <summary>A client from a container is measured and traced under the names that <c>docs/telemetry.md</c> gives.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task A_start_is_measured_and_traced()
    {
        using var own = new Activity("test");
        own.Start();
        ConcurrentQueue<Activity> activities = new();
        ConcurrentQueue<string> measurements = new();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "ChatGen",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activities.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "ChatGen")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) =>
        {
            // Other tests are at work too.
            if (Activity.Current?.TraceId == own.TraceId)
            {
                measurements.Enqueue($"{instrument.Name} {string.Join(' ', tags.ToArray())}");
            }
        });
        meters.Start();
        var services = new ServiceCollection();
        services.AddChatClient<ChatClient>();
        await using ServiceProvider provider = services.BuildServiceProvider();

        await provider.GetRequiredService<ChatClient>().StartSessionAsync(
            new StartSessionOptions { Transport = new ScriptedTransport(), StateStorage = new MemoryChatStateStorage() }, TestContext.Current.CancellationToken);

        Activity activity = Assert.Single(activities, activity => activity.TraceId == own.TraceId);
        Assert.Equal(("chat startSession", "shop"), (activity.DisplayName, (string?)activity.GetTagItem("chatgen.schema")));
        Assert.Equal(["chatgen.session.open.duration [chatgen.schema, shop] [chatgen.operation, startSession]"], measurements);
    }
}
