using System.Text;
using ChatGen.Bayeux;

namespace ChatGen.Benchmarks.Bayeux;

/// <summary>Our client as it is used: with its defaults.</summary>
internal sealed class ChatGenContestant(Uri url, bool webSocket) : IContestant
{
    private static readonly byte[] s_payload = Encoding.UTF8.GetBytes($$"""{"text":"{{new string('x', 100)}}"}""");

    private readonly BayeuxClient _client = new(new BayeuxClientOptions { Url = url, DisableWebSockets = !webSocket, MaxNetworkDelay = TimeSpan.FromMinutes(1) });
    private readonly string _channel = "/echo/" + Guid.NewGuid().ToString("N");
    private TaskCompletionSource _echoed = new();

    public async Task ConnectAsync(bool prepareEcho)
    {
        await _client.ConnectAsync();
        if (prepareEcho)
        {
            await _client.Subscribe(_channel, _ => _echoed.TrySetResult()).ConfirmedAsync();
        }
    }

    public async Task EchoAsync()
    {
        _echoed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // A round trip is from the publish to its event, for all contestants; over WebSocket the server's reply may come later.
        _ = _client.PublishAsync(_channel, s_payload);
        await _echoed.Task;
    }

    public async Task StreamAsync(int count)
    {
        string channel = "/stream/" + Guid.NewGuid().ToString("N");
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int received = 0;
        using BayeuxSubscription subscription = _client.Subscribe(channel, _ =>
        {
            if (++received == count)
            {
                all.SetResult();
            }
        });
        await subscription.ConfirmedAsync();
        await _client.PublishAsync(channel + "/start", Encoding.UTF8.GetBytes($$"""{"count":{{count}},"text":"{{new string('x', 100)}}"}"""));
        await all.Task;
    }

    public async Task<int> PublishAsync(int count, bool batched)
    {
        // What is published while a request is under way goes out together anyway.
        PublishResult[] results = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => _client.PublishAsync("/sink", s_payload)));
        return results.Count(static result => result.Outcome == PublishOutcome.Acknowledged);
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();
}
