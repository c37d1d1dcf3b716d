using ChatGen.Testing;

namespace ChatGen.Farm.Tests;

/// <summary>What becomes of chats when nodes and Redis fail.</summary>
public sealed class FarmTests
{
    [Fact]
    public async Task Chats_of_a_killed_node_go_on_at_another_one()
    {
        await using Farm farm = await Farm.StartAsync(2);
        Visitor[] visitors = await EnterAsync(farm, 6);
        await TalkAsync(farm, visitors, "a");
        foreach (Visitor visitor in visitors)
        {
            visitor.ExpectsBrokenRequests = true;
        }

        Task talk = TalkAsync(farm, visitors, "b", rounds: 4, pause: 200);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        await farm.Nodes[1].KillAsync();
        await talk;
        await TalkAsync(farm, visitors, "c");
        await AssertAllAsync(farm, visitors);
    }

    [Fact]
    public async Task One_of_two_nodes_that_are_asked_at_once_holds_the_chat()
    {
        await using Farm farm = await Farm.StartAsync(2);
        Visitor visitor = new(farm, "twice", new Random(1)) { HasAffinity = false };
        await visitor.ArriveAsync();
        Task[] starts = [visitor.StartChatAsync(), visitor.StartChatAsync()];
        Exception? refused = await Record.ExceptionAsync(() => Task.WhenAll(starts));
        // One of the two is told that there is a chat already.
        Assert.NotNull(refused);
        Assert.Contains("chatExists", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, starts.Count(start => start.IsCompletedSuccessfully));
        Assert.Single(farm.Backend.Sessions);
        visitor.Listen();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => visitor.SayAsync($"v-{i}")));
        await farm.AssertNothingLostOrDoubledAsync(visitor);
        visitor.Dispose();
    }

    [Fact]
    public async Task Requests_without_affinity_are_slower_and_right()
    {
        await using Farm farm = await Farm.StartAsync(3);
        Visitor[] visitors = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => farm.EnterAsync($"round{i}", hasAffinity: false)));
        await TalkAsync(farm, visitors, "a", rounds: 5);
        await AssertAllAsync(farm, visitors);
    }

    [Fact]
    public async Task A_node_that_was_stopped_does_not_go_on_as_the_owner()
    {
        await using Farm farm = await Farm.StartAsync(2);
        Visitor[] visitors = await EnterAsync(farm, 4);
        foreach (Visitor visitor in visitors)
        {
            visitor.MoveTo(farm.Nodes[1]);
            visitor.ExpectsBrokenRequests = true;
        }

        await TalkAsync(farm, visitors, "a");
        await EventuallyAsync(async () => (await farm.Nodes[1].UseAsync()).Sessions == visitors.Length);
        await farm.Nodes[1].PauseAsync();
        foreach (Visitor visitor in visitors)
        {
            visitor.MoveTo(farm.Nodes[0]);
        }

        await TalkAsync(farm, visitors, "b");
        await farm.Nodes[1].ContinueAsync();
        Assert.Equal(0, (await farm.Nodes[1].UseAsync()).Sessions);
        Assert.Equal(visitors.Length, (await farm.Nodes[0].UseAsync()).Sessions);
        await TalkAsync(farm, visitors, "c", rounds: 3, pause: 300);
        await AssertAllAsync(farm, visitors);
    }

    [Fact]
    public async Task A_rolling_restart_under_load_loses_and_doubles_nothing_and_refuses_only_for_a_while()
    {
        await using Farm farm = await Farm.StartAsync(3);
        Visitor[] visitors = await EnterAsync(farm, 8);
        foreach (Visitor visitor in visitors)
        {
            // A server closes connections that it keeps at any time (RFC 9112, section 9.3.1), be it while a request is on its way over one.
            visitor.ExpectsBrokenRequests = true;
        }

        bool isOver = false;
        Task talk = TalkAsync(farm, visitors, "a", rounds: 10_000, pause: 250, () => isOver);
        foreach (FarmNode node in farm.Nodes)
        {
            await node.StopAsync();
            await node.StartAsync();
        }

        isOver = true;
        await talk;
        Assert.All(visitors, visitor => Assert.True(visitor.Said.Count > 5));
        await AssertAllAsync(farm, visitors);
        await EventuallyAsync(async () => (await Task.WhenAll(farm.Nodes.Select(node => node.UseAsync()))).Sum(usage => usage.Sessions) == visitors.Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Chats_go_on_when_Redis_was_restarted(bool isPersistent)
    {
        await using Farm farm = await Farm.StartAsync(2, isPersistent);
        Visitor[] visitors = await EnterAsync(farm, 4);
        await TalkAsync(farm, visitors, "a");
        await farm.Redis.RestartAsync(TimeSpan.FromMilliseconds(300));
        await TalkAsync(farm, visitors, "b", rounds: 5, pause: 500);
        await AssertAllAsync(farm, visitors);
    }

    [Fact]
    public async Task Clocks_that_are_set_wrong_do_no_harm()
    {
        await using Farm farm = await Farm.StartAsync(3, isPersistent: false, TimeSpan.FromSeconds(-20), TimeSpan.FromSeconds(20));
        Visitor[] visitors = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => farm.EnterAsync($"skew{i}", hasAffinity: false)));
        await TalkAsync(farm, visitors, "a", rounds: 3);
        foreach (Visitor visitor in visitors)
        {
            visitor.ExpectsBrokenRequests = true;
        }

        await farm.Nodes[0].KillAsync();
        await TalkAsync(farm, visitors, "b", rounds: 2);
        await AssertAllAsync(farm, visitors);
    }

    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        DateTime until = DateTime.UtcNow.AddSeconds(20);
        while (!await holds())
        {
            Assert.True(DateTime.UtcNow < until, "It has not come about.");
            await Task.Delay(50);
        }
    }

    private static Task<Visitor[]> EnterAsync(Farm farm, int count) => Task.WhenAll(Enumerable.Range(0, count).Select(i => farm.EnterAsync($"visitor{i}")));

    private static async Task AssertAllAsync(Farm farm, Visitor[] visitors)
    {
        foreach (Visitor visitor in visitors)
        {
            await farm.AssertNothingLostOrDoubledAsync(visitor);
        }
    }

    /// <summary>Visitors and their agents say numbered messages.</summary>
    private static async Task TalkAsync(Farm farm, Visitor[] visitors, string about, int rounds = 2, int pause = 0, Func<bool>? isOver = null) =>
        await Task.WhenAll(visitors.Select(async visitor =>
        {
            ChatBackendSession session = farm.SessionOf(visitor);
            for (int i = 0; i < rounds && isOver?.Invoke() != true; i++)
            {
                await session.Agent.SendAsync($"a-{about}{i}");
                await visitor.SayAsync($"v-{about}{i}");
                await Task.Delay(pause);
            }
        }));
}
