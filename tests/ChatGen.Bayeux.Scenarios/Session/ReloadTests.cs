using System.Text;
using ChatGen.Bayeux.Scenarios.Harness;
using Xunit;

namespace ChatGen.Bayeux.Scenarios.Session;

public sealed class ReloadTests : ScenarioTest
{
    // Faye answers the poll of a second client only when that of the first would have been over.
    private static readonly string[] s_short = ["--timeout=3000"];

    [Theory, Scenario("Reload")]
    public async Task Reload_goes_on_with_the_session(Against column)
    {
        await StartAsync(column, s_short);
        await ConnectAsync(Patient);
        await SubscribeAsync(A);
        string? id = (await Server.NextAsync("/meta/connect")).ClientId;
        BayeuxSnapshot snapshot = await LeaveAsync();
        BayeuxClient next = Create(Patient);
        next.Subscribe(A, Record);
        Assert.True(await next.ResumeAsync(snapshot, Cancellation).Soon());
        Assert.Equal(BayeuxClientState.Connected, next.State);
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("1", B, next)).Outcome);
        ServerMessage published = await Server.NextAsync(B);
        Assert.Equal((id, column.IsWebSocket()), (published.ClientId, published.IsWebSocket));
        Assert.Equal((1, 0), (Server.CountOf("/meta/handshake"), Server.CountOf("/meta/disconnect")));
        await Server.PushAsync(A, "2");
        Assert.Equal("/a 2", await NextEventAsync());
    }

    [Theory, Scenario("Reload")]
    public async Task Reload_into_a_session_that_the_server_has_forgotten_begins_another(Against column)
    {
        await StartAsync(column, s_short);
        await ConnectAsync(Patient);
        await SubscribeAsync(A);
        BayeuxSnapshot snapshot = await LeaveAsync();
        Server.Forget();
        BayeuxClient next = Create(Patient);
        next.Subscribe(A, Record);
        Assert.False(await next.ResumeAsync(snapshot, Cancellation).Soon());
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("1", B, next)).Outcome);
        await Server.PushAsync(A, "2");
        Assert.Equal("/a 2", await NextEventAsync());
        Assert.Equal(2, Server.CountOf("/meta/handshake"));
    }

    [Theory, Scenario("Reload")]
    public async Task Reload_holds_what_is_published_until_the_session_is_there(Against column)
    {
        await StartAsync(column, s_short);
        await ConnectAsync(Patient);
        BayeuxSnapshot snapshot = await LeaveAsync();
        var answer = new TaskCompletionSource();
        int connects = Server.CountOf("/meta/connect");
        Server.Script = message => message.Channel == "/meta/connect" && message.Number == connects + 1 ? Reply.After(answer.Task, Reply.Usual) : null;
        BayeuxClient next = Create(Patient);
        Task<bool> resuming = next.ResumeAsync(snapshot, Cancellation);
        Task<PublishResult> publishing = PublishAsync("1", B, next);
        for (int number = 0; number <= connects; number++)
        {
            await Server.NextAsync("/meta/connect");
        }

        Assert.Equal(0, Server.CountOf(B));
        answer.SetResult();
        Assert.True(await resuming.Soon());
        Assert.Equal(PublishOutcome.Acknowledged, (await publishing).Outcome);
    }

    [Theory, Scenario("Reload")]
    public async Task Reload_after_a_reload(Against column)
    {
        await StartAsync(column, s_short);
        await ConnectAsync(Patient);
        string? id = (await Server.NextAsync("/meta/connect")).ClientId;
        BayeuxSnapshot snapshot = await LeaveAsync();
        for (int time = 0; time < 3; time++)
        {
            await using var next = new BayeuxClient(Patient(Options()));
            Assert.True(await next.ResumeAsync(snapshot, Cancellation).Soon());
            Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("1", B, next)).Outcome);
            Assert.Equal(id, (await Server.NextAsync(B)).ClientId);
            snapshot = BayeuxSnapshot.Parse((await next.DetachAsync(Cancellation).Soon()).ToUtf8Json());
        }

        Assert.Equal(1, Server.CountOf("/meta/handshake"));
    }

    [Theory, Scenario("Reload")]
    public async Task Reload_by_the_same_client(Against column)
    {
        await StartAsync(column, s_short);
        await ConnectAsync(Patient);
        await SubscribeAsync(A);
        BayeuxSnapshot snapshot = await LeaveAsync();
        Assert.Equal(BayeuxClientState.Disconnected, Client.State);
        Assert.Equal(PublishOutcome.NotSent, (await PublishAsync("1")).Outcome);
        Assert.True(await Client.ResumeAsync(snapshot, Cancellation).Soon());
        await Server.PushAsync(A, "2");
        Assert.Equal("/a 2", await NextEventAsync());
        Assert.Equal(1, Server.CountOf("/meta/handshake"));
    }

    [Theory, Scenario("Reload")]
    [NotAgainst(Against.LongPolling, Because.OfSockets)]
    public async Task Reload_without_websocket_of_a_session_that_had_it(Against column)
    {
        await StartAsync(column, s_short);
        await ConnectAsync(Patient);
        BayeuxSnapshot snapshot = await LeaveAsync();
        BayeuxClient next = Create(static options => Patient(options) with { DisableWebSockets = true });
        await next.ResumeAsync(snapshot, Cancellation).Soon();
        Assert.Equal(PublishOutcome.Acknowledged, (await PublishAsync("1", B, next)).Outcome);
        Assert.False((await Server.NextAsync(B)).IsWebSocket);
    }

    [Theory, Scenario("Reload")]
    [NotAgainst(Against.Real | Against.ScriptedWebSocket, Because.OfClient)]
    [Case("")]
    [Case("{}")]
    [Case("[1]")]
    [Case("{\"version\":99}")]
    [Case("{\"version\":1,\"clientId\":7}")]
    public async Task Reload_from_something_else_is_refused_without_a_word_of_it(Against column, string text)
    {
        await StartAsync(column, s_short);
        FormatException exception = Assert.Throws<FormatException>(() => BayeuxSnapshot.Parse(Encoding.UTF8.GetBytes(text)));
        Assert.Null(exception.InnerException);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Create().DetachAsync(Cancellation).Soon());
    }

    [Theory, Scenario("Reload")]
    public async Task Reload_tells_nothing_of_the_session_in_passing(Against column)
    {
        await StartAsync(column, s_short);
        await ConnectAsync(Patient);
        string id = (await Server.NextAsync("/meta/connect")).ClientId!;
        BayeuxSnapshot snapshot = await LeaveAsync();
        Assert.DoesNotContain(id, snapshot.ToString(), StringComparison.Ordinal);
        Assert.Contains(id, Encoding.UTF8.GetString(snapshot.ToUtf8Json()), StringComparison.Ordinal);
    }

    // When Faye learns late that a client's old socket has closed, it closes the new one as well.
    private static BayeuxClientOptions Patient(BayeuxClientOptions options) => options with { MaxConnectAttempts = 9 };

    private async Task<BayeuxSnapshot> LeaveAsync() => BayeuxSnapshot.Parse((await Client.DetachAsync(Cancellation).Soon()).ToUtf8Json());
}
