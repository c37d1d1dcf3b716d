using ChatGen.Backends.GenesysGms;
using ChatGen.Backends.Tests.GenesysGms;
using Xunit;

namespace ChatGen.Backends.Tests;

public sealed class PlannedAnswerTests
{
    [Fact]
    public async Task Answer_replaces_the_proper_one_as_often_as_wanted()
    {
        await using GenesysGmsEmulator backend = await GenesysGmsEmulator.StartAsync(cancellationToken: Deadline.Token);
        using GmsClient client = new(backend);
        await client.StartAsync();
        backend.Answer(request => request.Path.EndsWith("/send", StringComparison.Ordinal), EmulatorAnswer.Respond(503, "busy", "text/plain").WithHeader("Retry-After", "7"), times: 2);

        Assert.Equal(200, (await client.DoAsync("refresh")).Status);
        Reply busy = await client.DoAsync("send", ("message", "a"));
        Assert.Equal((503, "busy", "text/plain", TimeSpan.FromSeconds(7)), (busy.Status, busy.Text, busy.ContentHeaders.ContentType!.MediaType, busy.Headers.RetryAfter!.Delta!.Value));
        Assert.Equal(503, (await client.DoAsync("send", ("message", "b"))).Status);
        Assert.Equal(200, (await client.DoAsync("send", ("message", "c"))).Status);
        Assert.Equal(["c"], backend.Conversation!.VisitorMessages);
        Assert.Equal([200, 200, 503, 503, 200], backend.Requests.Select(request => request.Status!.Value));
        Assert.Empty(backend.Complaints);
    }

    [Fact]
    public async Task Answer_is_lost_after_processing()
    {
        await using GenesysGmsEmulator backend = await GenesysGmsEmulator.StartAsync(cancellationToken: Deadline.Token);
        using GmsClient client = new(backend);
        await client.StartAsync();
        backend.Answer(request => request.Path.EndsWith("/send", StringComparison.Ordinal), EmulatorAnswer.Abort().AfterProcessing());

        await Assert.ThrowsAsync<HttpRequestException>(() => client.DoAsync("send", ("message", "a")));

        Assert.Equal(["a"], backend.Conversation!.VisitorMessages);
        Assert.Null(backend.Requests[^1].Status);
    }

    [Fact]
    public async Task Answer_is_cut()
    {
        await using GenesysGmsEmulator backend = await GenesysGmsEmulator.StartAsync(cancellationToken: Deadline.Token);
        using HttpClient http = new();
        using HttpRequestMessage request = new(HttpMethod.Post, backend.Address);
        backend.Answer(_ => true, EmulatorAnswer.Truncate(200, "half", missing: 3));

        using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Deadline.Token);

        Assert.Equal((200, 7), ((int)response.StatusCode, response.Content.Headers.ContentLength!.Value));
        await Assert.ThrowsAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync(Deadline.Token));
        Assert.Null(backend.Conversation);
    }

    [Fact]
    public async Task Answer_is_held_until_it_is_released()
    {
        await using GenesysGmsEmulator backend = await GenesysGmsEmulator.StartAsync(cancellationToken: Deadline.Token);
        using GmsClient client = new(backend);
        EmulatorAnswer hold = EmulatorAnswer.Hold();
        backend.Answer(_ => true, hold);

        Task<Reply> start = client.StartAsync();
        EmulatorRequest request = await backend.WaitForRequestAsync(received => received.Method == "POST", Deadline.Token);
        Assert.Null(request.Status);
        Assert.Null(backend.Conversation);
        hold.Release();

        Assert.Equal(200, (await start).Status);
        Assert.NotNull(backend.Conversation);
    }

    [Fact]
    public async Task Client_is_sent_elsewhere()
    {
        await using GenesysGmsEmulator backend = await GenesysGmsEmulator.StartAsync(cancellationToken: Deadline.Token);
        using GmsClient client = new(backend);
        backend.Answer(_ => true, EmulatorAnswer.Redirect(new Uri("http://127.0.0.1:9/"), 307));

        Reply reply = await client.PostAsync("", ("nickname", "Jane"));

        Assert.Equal((307, "http://127.0.0.1:9/"), (reply.Status, reply.Headers.Location!.OriginalString));
    }

    [Fact]
    public async Task Stopping_lets_nobody_wait()
    {
        GenesysGmsEmulator backend = await GenesysGmsEmulator.StartAsync(cancellationToken: Deadline.Token);
        using GmsClient client = new(backend);
        backend.Answer(_ => true, EmulatorAnswer.Hold());
        Task<Reply> start = client.StartAsync();
        await backend.WaitForRequestAsync(_ => true, Deadline.Token);

        await backend.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => start);
    }
}
