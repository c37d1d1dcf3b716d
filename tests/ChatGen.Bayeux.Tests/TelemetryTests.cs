using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using ChatGen.Bayeux.Tests.Scripted;
using Xunit;

namespace ChatGen.Bayeux.Tests;

public sealed class TelemetryTests
{
    [Fact]
    public async Task A_clients_life_is_measured_and_traced_without_its_secrets()
    {
        var measured = new ConcurrentBag<string>();
        using var meters = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == BayeuxTelemetry.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measured.Add($"{instrument.Name} {Text(tags)}"));
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => measured.Add($"{instrument.Name} {Text(tags)}"));
        meters.Start();
        string channel = "/traced/" + Guid.NewGuid().ToString("N");
        var spans = new ConcurrentBag<Activity>();
        using var activities = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == BayeuxTelemetry.ActivitySourceName,
            Sample = static (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(activities);

        await using ScriptedServer server = await ScriptedServer.StartAsync();
        await using (var client = new BayeuxClient(new BayeuxClientOptions { Url = server.Url, DisableWebSockets = true, InitialBackoff = TimeSpan.FromMilliseconds(10) }))
        {
            var back = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            client.StateChanged += change =>
            {
                if (change is { Previous: BayeuxClientState.Reconnecting, Current: BayeuxClientState.Connected })
                {
                    back.TrySetResult();
                }
            };
            server.Script = static message => message is { Channel: "/meta/connect", Number: 2 } ? Reply.Http(500) : null;
            await client.ConnectAsync(TestContext.Current.CancellationToken).Soon();
            await back.Task.Soon();
            await client.PublishAsync(channel, "\"secret\""u8.ToArray(), TestContext.Current.CancellationToken).Soon();
            await client.DisconnectAsync(TestContext.Current.CancellationToken).Soon();
        }

        foreach (string expected in (string[])
            [
                "chatgen.bayeux.publish.duration outcome=acknowledged", "chatgen.bayeux.messages.sent ", "chatgen.bayeux.messages.received ", "chatgen.bayeux.queue.length ",
                "chatgen.bayeux.clients.connected ", "chatgen.bayeux.reconnects session=same", "chatgen.bayeux.faults kind=HttpStatus",
            ])
        {
            Assert.Contains(expected, measured);
        }

        Activity span = Assert.Single(spans, span => (string?)span.GetTagItem("messaging.destination.name") == channel);
        Assert.Equal(("bayeux publish", ActivityStatusCode.Unset), (span.OperationName, span.Status));
        Assert.DoesNotContain(measured.Concat(span.TagObjects.Select(static tag => $"{tag.Value}")), static text => text.Contains("secret", StringComparison.Ordinal));
    }

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var parts = new List<string>();
        foreach (KeyValuePair<string, object?> tag in tags)
        {
            parts.Add($"{tag.Key}={tag.Value}");
        }

        return string.Join(' ', parts);
    }
}
