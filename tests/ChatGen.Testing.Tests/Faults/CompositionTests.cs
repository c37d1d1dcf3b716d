using System.Net;
using ChatGen.Testing.Tests.Clients;
using Xunit;

namespace ChatGen.Testing.Tests.Faults;

/// <summary>Faults together, and what is recorded of them.</summary>
public sealed class CompositionTests
{
    private const string Handshake = """[{"channel":"/meta/handshake","id":"1","version":"1.0","supportedConnectionTypes":["long-polling"]}]""";

    [Fact]
    public async Task Oldest_fault_has_a_request_and_the_others_keep_their_count()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        backend.Faults.Refuse(HttpStatusCode.BadGateway, count: 2);
        backend.Faults.Refuse(HttpStatusCode.ServiceUnavailable, count: 1);

        List<HttpStatusCode> statuses = [];
        for (int i = 0; i < 4; i++)
        {
            using HttpResponseMessage response = await client.ExchangeAsync(Handshake);
            statuses.Add(response.StatusCode);
        }

        Assert.Equal([HttpStatusCode.BadGateway, HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK], statuses);
    }

    [Fact]
    public async Task Refusal_can_be_delayed()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        backend.Faults.Refuse();
        IDisposable delay = backend.Faults.Delay(Timeout.InfiniteTimeSpan);
        Task<ChatBackendRequest> recorded = backend.Requests.WaitForNextAsync(request => request.IsHandshake, Deadline.Token);

        Task<HttpResponseMessage> response = client.ExchangeAsync(Handshake);

        Assert.Equal((ChatBackendFault.Refused, true), ((await recorded).Fault, (await recorded).IsDelayed));
        await Deadline.IsPendingAsync(response);
        delay.Dispose();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await response).StatusCode);
    }

    [Fact]
    public async Task Lifting_all_ends_what_lasts()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        backend.Faults.Refuse();
        backend.Faults.GoOffline();
        backend.Faults.Delay(Timeout.InfiniteTimeSpan);
        IDisposable hole = backend.Faults.BlackHole();

        backend.Faults.LiftAll();

        await client.HandshakeAsync();
        hole.Dispose();
    }

    [Fact]
    public async Task Request_tells_what_it_is_but_its_text_no_secret()
    {
        ConnectTimeProvider time = new();
        await using ChatBackend backend = await ChatBackend.StartAsync(time.Options, Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);
        await client.HandshakeAsync();

        await client.PostAsync(
            $$"""[{"channel":"/meta/subscribe","clientId":"{{client.ClientId}}","subscription":"/a"},{"channel":"/a","clientId":"{{client.ClientId}}","data":1}]""", "/");

        Assert.Equal(2, backend.Requests.Recorded.Count);
        ChatBackendRequest request = backend.Requests.Recorded[1];
        Assert.Equal((ChatBackendTransport.LongPolling, "/cometd/", client.ClientId, time.GetUtcNow()), (request.Transport, request.Path, request.ClientId, request.ReceivedAt));
        Assert.Equal(["/meta/subscribe", "/a"], request.Channels);
        Assert.Equal((false, false, true), (request.IsHandshake, request.IsConnect, request.IsPublish));
        Assert.Equal("LongPolling /cometd/ [/meta/subscribe, /a]", request.ToString());
    }

    [Fact]
    public async Task Wait_for_a_request_passes_on_what_the_condition_throws()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);
        using LongPollingClient client = new(backend.CometDUrl);

        Task wait = backend.Requests.WaitForNextAsync(_ => throw new FormatException(), Deadline.Token);
        Task stopped = backend.Requests.WaitForNextAsync(_ => false, new CancellationToken(canceled: true));
        await client.HandshakeAsync();

        await Assert.ThrowsAsync<FormatException>(() => wait);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
    }

    [Fact]
    public async Task Wrong_count_or_delay_is_refused()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: Deadline.Token);

        Assert.Throws<ArgumentOutOfRangeException>(() => backend.Faults.Refuse(count: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => backend.Faults.Delay(TimeSpan.FromTicks(-2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => backend.Faults.Delay(TimeSpan.Zero, count: 0));
    }
}
