using System.Text;
using System.Text.Json.Nodes;
using ChatGen.Bayeux.Scenarios.Harness;
using Xunit;

namespace ChatGen.Bayeux.Scenarios.Publish;

public sealed class RemoteCallTests : ScenarioTest
{
    private const string Echo = "/service/echo";

    [Theory, Scenario("RemoteCallResult")]
    [NotAgainst(Against.Faye, Because.OfServices)]
    public async Task RemoteCallResult(Against column)
    {
        await StartAsync(column);
        Server.Script = message => message.Channel == Echo && !column.IsReal() ? Reply.Of(Answer(message, message.Json["data"]!)) : null;
        await ConnectAsync();
        Assert.Equal("""{"text":"é"}""", Encoding.UTF8.GetString((await CallAsync("""{"text":"é"}""")).Span));
    }

    [Theory, Scenario("RemoteCallResult")]
    [NotAgainst(Against.Real, "The server's answer is its reply, nothing apart from it.")]
    public async Task RemoteCallResult_comes_apart_from_the_acknowledgement_and_to_nobody_else(Against column)
    {
        await StartAsync(column);
        var answer = new TaskCompletionSource<JsonObject>();
        Server.Script = message =>
        {
            if (message.Channel != Echo)
            {
                return null;
            }

            answer.TrySetResult(Answer(message, 7));
            return Reply.Of(message.Ok());
        };
        await ConnectAsync();
        Client.Listen(Echo, Record);
        Client.Listen(A, Record);
        Task<ReadOnlyMemory<byte>> calling = CallAsync("1");
        await Server.NextSentAsync(Echo);
        await Server.PushAsync(new JsonObject { ["channel"] = Echo, ["data"] = 8 });
        Assert.Equal("/service/echo 8", await NextEventAsync());
        Assert.False(calling.IsCompleted);
        await Server.PushAsync(await answer.Task.Soon());
        Assert.Equal("7", Encoding.UTF8.GetString((await calling.Soon()).Span));
        await Server.PushAsync(A, "9");
        Assert.Equal("/a 9", await NextEventAsync());
    }

    [Theory, Scenario("RemoteCallFailure")]
    public async Task RemoteCallFailure(Against column)
    {
        await StartAsync(column);
        string denied = "/service" + Named("/denied");
        Server.Script = message => message.Channel == denied && !column.IsReal() ? Reply.Of(message.Refused("403::denied")) : null;
        await ConnectAsync();
        BayeuxException exception = await Assert.ThrowsAsync<BayeuxException>(() => Client.CallAsync(denied, "1"u8.ToArray(), null, Cancellation).Soon());
        Assert.Equal((BayeuxFaultKind.CallRejected, 403), (exception.Kind, exception.Error?.Code));
    }

    [Theory, Scenario("RemoteCallTimeout")]
    public async Task RemoteCallTimeout_though_the_server_has_acknowledged(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        BayeuxException exception = await Assert.ThrowsAsync<BayeuxException>(
            () => Client.CallAsync("/service" + A, "1"u8.ToArray(), TimeSpan.FromSeconds(1), Cancellation).Soon());
        Assert.Equal((BayeuxFaultKind.Timeout, 406), (exception.Kind, exception.Error?.Code));
        Assert.True((bool?)(await Server.NextSentAsync("/service" + A))["successful"]);
        Assert.Equal(BayeuxClientState.Connected, Client.State);
    }

    [Theory, Scenario("RemoteCallTimeout")]
    [NotAgainst(Against.Real, "The server's answer is its reply, nothing apart from it.")]
    public async Task RemoteCallTimeout_leaves_a_late_answer_to_the_subscribers(Against column)
    {
        await StartAsync(column);
        JsonObject? late = null;
        Server.Script = message =>
        {
            late = message.Channel == Echo ? Answer(message, 7) : late;
            return null;
        };
        await ConnectAsync();
        Client.Listen(Echo, Record);
        await Assert.ThrowsAsync<BayeuxException>(() => Client.CallAsync(Echo, "1"u8.ToArray(), TimeSpan.FromSeconds(1), Cancellation).Soon());
        await Server.NextAsync(Echo);
        await Server.PushAsync(late!);
        Assert.Equal("/service/echo 7", await NextEventAsync());
    }

    [Theory, Scenario("CancellationAtEveryAwait")]
    public async Task CancellationAtEveryAwait_of_a_call(Against column)
    {
        await StartAsync(column);
        await ConnectAsync();
        using var cancellation = new CancellationTokenSource();
        Task<ReadOnlyMemory<byte>> calling = Client.CallAsync("/service" + A, "1"u8.ToArray(), TimeSpan.FromMinutes(5), cancellation.Token);
        await Server.NextAsync("/service" + A);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => calling.Soon());
        Assert.Equal(BayeuxClientState.Connected, Client.State);
    }

    private static JsonObject Answer(ServerMessage message, JsonNode data) => new() { ["channel"] = message.Channel, ["id"] = message.Id, ["data"] = data.DeepClone() };

    private Task<ReadOnlyMemory<byte>> CallAsync(string data) =>
        Client.CallAsync(Echo, Encoding.UTF8.GetBytes(data), TimeSpan.FromSeconds(30), Cancellation).Soon();
}
