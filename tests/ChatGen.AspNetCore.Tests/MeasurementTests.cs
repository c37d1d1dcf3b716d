using ChatGen.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ChatGen.AspNetCore.Tests;

// What is measured is measured of the whole process.
[Collection(nameof(MeasurementTests))]
public sealed class MeasurementTests
{
    [Fact]
    public async Task What_the_server_holds_and_brings_back_is_measured()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using ChatBackend backend = await ChatBackend.StartAsync(new ChatBackendOptions { Agent = ScriptedAgent.Silent }, Deadline.Token);
        using var measured = new Measurements("chatgen.gateway.");
        await using (Site site = await Site.StartAsync(
            backend,
            gateway =>
            {
                gateway.Services.AddSingleton<TimeProvider>(clock);
                gateway.Client.ConfigureSettings(each => each with { TimeProvider = TimeProvider.System });
            },
            new() { ["Chat:StartSession:MaxOfflineDuration"] = "3600" }))
        {
            VisitorBrowser visitor = await VisitorBrowser.EnterAsync(site);
            Assert.Equal(1, measured.Sum("chatgen.gateway.sessions"));
            await using (EventReader events = await visitor.ListenAsync())
            {
                await Eventually.IsTrueAsync(() => measured.Sum("chatgen.gateway.streams") == 1);
            }

            await Eventually.IsTrueAsync(() => measured.Sum("chatgen.gateway.streams") == 0);
            clock.Advance(TimeSpan.FromMinutes(3));
            await Eventually.IsTrueAsync(() => measured.Sum("chatgen.gateway.sessions") == 0);
            await visitor.SayAsync("Hello");
            Assert.Equal(1, measured.Sum("chatgen.gateway.restores"));
            Assert.Contains(measured.Tags("chatgen.gateway.restores"), tag => tag is { Key: "chatgen.gateway.outcome", Value: "restored" });
            Assert.Contains(measured.Tags("chatgen.gateway.restores"), tag => tag is { Key: "chatgen.schema", Value: "shop" });
            await site.StopAsync();
        }

        Assert.Equal(0, measured.Sum("chatgen.gateway.sessions"));
    }
}

[CollectionDefinition(nameof(MeasurementTests), DisableParallelization = true)]
public sealed class MeasurementGroup;
