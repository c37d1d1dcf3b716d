namespace ChatGen.AspNetCore.Tests;

public sealed class TurnsTests
{
    [Fact]
    public async Task One_has_the_turn_of_a_key_at_a_time_and_nothing_is_left_behind()
    {
        var turns = new Turns();
        int inside = 0;
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            using Turns.Turn turn = await turns.TakeAsync("a", TestContext.Current.CancellationToken);
            Assert.Equal(1, Interlocked.Increment(ref inside));
            await Task.Yield();
            Interlocked.Decrement(ref inside);
        }));
        Assert.Equal(0, turns.Count);
    }

    [Fact]
    public async Task Keys_do_not_wait_for_each_other_and_who_gives_up_leaves_nothing_behind()
    {
        var turns = new Turns();
        using Turns.Turn a = await turns.TakeAsync("a", TestContext.Current.CancellationToken);
        using Turns.Turn b = await turns.TakeAsync("b", TestContext.Current.CancellationToken);
        using var impatience = new CancellationTokenSource();
        Task<Turns.Turn> waiting = turns.TakeAsync("a", impatience.Token).AsTask();
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(2, turns.Count);
    }

    [Fact]
    public async Task Who_is_inside_is_waited_for_and_nobody_is_let_in_after_the_door_is_closed()
    {
        var admission = new Admission();
        Assert.True(admission.TryEnter());
        Assert.True(admission.TryEnter(limit: 2));
        Assert.False(admission.TryEnter(limit: 2));
        Task empty = admission.CloseAsync();
        Assert.False(admission.TryEnter());
        admission.Leave();
        Assert.False(empty.IsCompleted);
        admission.Leave();
        await empty;
    }
}
