using ChatGen.Ownership;

namespace ChatGen.Redis.Tests;

/// <summary>What every store keeps to: Redis, and the model of it that the simulation uses.</summary>
public abstract class OwnershipStoreRules
{
    private protected static readonly TimeSpan Lease = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan s_life = TimeSpan.FromMinutes(1);

    private protected abstract IOwnershipStore Store { get; }

    [Fact]
    public async Task A_store_that_is_new_grants_nothing_for_the_time_of_a_lease()
    {
        await PrepareAsync();
        string epoch = await Store.RegisterAsync("a.1", Lease);
        Assert.Equal(ClaimStatus.Quarantined, (await ClaimAsync(epoch, "a.1")).Status);
        await PassAsync(Lease * 1.1);
        await Store.RegisterAsync("a.1", Lease);
        Assert.Equal(ClaimStatus.Granted, (await ClaimAsync(epoch, "a.1")).Status);
    }

    [Fact]
    public async Task Only_the_owner_of_a_lease_is_granted_anything()
    {
        string epoch = await BeginAsync("a.1");
        Assert.Equal(ClaimStatus.WithoutLease, (await ClaimAsync(epoch, "b.1")).Status);
        Assert.Equal(ClaimStatus.WithoutLease, (await ClaimAsync("0:0", "a.1")).Status);
    }

    [Fact]
    public async Task A_held_session_is_granted_to_nobody_else_and_its_owner_hears_who_asks()
    {
        string epoch = await BeginAsync("a.1", "b.1");
        ClaimAnswer held = await ClaimAsync(epoch, "a.1");
        Assert.Equal(ClaimStatus.Granted, held.Status);
        Assert.Equal(ClaimStatus.Held, (await ClaimAsync(epoch, "b.1")).Status);
        Assert.Equal(ClaimStatus.Held, (await ClaimAsync(epoch, "b.1")).Status);
        RenewalAnswer renewed = await Store.RenewAsync(epoch, "a.1", Lease);
        Assert.Equal(LeaseStatus.Renewed, renewed.Status);
        Assert.Equal(new OwnedSession("key", held.Number), Assert.Single(renewed.Wanted));
        Assert.Empty((await Store.RenewAsync(epoch, "a.1", Lease)).Wanted);
    }

    [Fact]
    public async Task A_wish_is_hinted_at()
    {
        string epoch = await BeginAsync("a.1", "b.1");
        var hinted = new TaskCompletionSource();
        await using IAsyncDisposable hints = await Store.ListenAsync("a", () => hinted.TrySetResult());
        await ClaimAsync(epoch, "a.1");
        Assert.False(hinted.Task.IsCompleted);
        await ClaimAsync(epoch, "b.1");
        await PassAsync(TimeSpan.Zero);
        await hinted.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Each_claim_has_a_higher_number_than_the_one_before()
    {
        string epoch = await BeginAsync("a.1");
        long first = (await ClaimAsync(epoch, "a.1")).Number;
        long second = (await ClaimAsync(epoch, "a.1")).Number;
        Assert.True(second > first);
        await Store.ReleaseAsync("a.1", new OwnedSession("key", second));
        Assert.True((await ClaimAsync(epoch, "a.1")).Number > second);
    }

    [Fact]
    public async Task Only_that_very_claim_is_released()
    {
        string epoch = await BeginAsync("a.1", "b.1");
        long first = (await ClaimAsync(epoch, "a.1")).Number;
        long second = (await ClaimAsync(epoch, "a.1")).Number;
        await Store.ReleaseAsync("a.1", new OwnedSession("key", first));
        await Store.ReleaseAsync("b.1", new OwnedSession("key", second));
        Assert.Equal(ClaimStatus.Held, (await ClaimAsync(epoch, "b.1")).Status);
        await Store.ReleaseAsync("a.1", new OwnedSession("key", second));
        Assert.Equal(ClaimStatus.Granted, (await ClaimAsync(epoch, "b.1")).Status);
    }

    [Fact]
    public async Task A_lease_that_is_not_renewed_ends_and_frees_its_sessions()
    {
        string epoch = await BeginAsync("a.1", "b.1");
        await ClaimAsync(epoch, "a.1");
        await PassAsync(Lease * 0.6);
        Assert.Equal(LeaseStatus.Renewed, (await Store.RenewAsync(epoch, "b.1", Lease)).Status);
        await PassAsync(Lease * 0.6);
        Assert.Equal(LeaseStatus.Over, (await Store.RenewAsync(epoch, "a.1", Lease)).Status);
        Assert.Equal(ClaimStatus.Granted, (await ClaimAsync(epoch, "b.1")).Status);
    }

    [Fact]
    public async Task A_lease_that_is_ended_frees_its_sessions()
    {
        string epoch = await BeginAsync("a.1", "b.1");
        await ClaimAsync(epoch, "a.1");
        await Store.UnregisterAsync("a.1", Lease);
        Assert.Equal(ClaimStatus.Granted, (await ClaimAsync(epoch, "b.1")).Status);
    }

    [Fact]
    public async Task Sessions_go_from_one_lease_of_a_node_to_the_next_and_from_nobody_else()
    {
        string epoch = await BeginAsync("a.1", "a.2", "b.1");
        long own = (await ClaimAsync(epoch, "a.1")).Number;
        long foreign = (await ClaimAsync(epoch, "b.1", "other")).Number;
        OwnedSession[] sessions = [new("key", own), new("other", foreign), new("absent", foreign)];
        Assert.Equal([true, false, false], await Store.RebindAsync(epoch, "a.1", "a.2", sessions, evenIfForgotten: false, Lease, s_life));
        Assert.Equal([true, false, true], await Store.RebindAsync(epoch, "a.1", "a.2", sessions, evenIfForgotten: true, Lease, s_life));
        Assert.Null(await Store.RebindAsync(epoch, "a.1", "c.1", sessions, evenIfForgotten: true, Lease, s_life));
        await Store.UnregisterAsync("a.1", Lease);
        Assert.Equal(ClaimStatus.Held, (await ClaimAsync(epoch, "b.1")).Status);
        Assert.Equal(ClaimStatus.Held, (await ClaimAsync(epoch, "b.1", "absent")).Status);
    }

    [Fact]
    public async Task Of_two_claims_that_are_remembered_the_later_one_counts()
    {
        string epoch = await BeginAsync("a.1", "b.1");
        long remembered = (await ClaimAsync(epoch, "a.1")).Number;
        Assert.Equal([false], await Store.RebindAsync(epoch, "b.0", "b.1", [new OwnedSession("key", remembered - 1)], evenIfForgotten: true, Lease, s_life));
        Assert.Equal([true], await Store.RebindAsync(epoch, "b.0", "b.1", [new OwnedSession("key", remembered + 1)], evenIfForgotten: true, Lease, s_life));
    }

    [Fact]
    public async Task An_entry_that_nobody_keeps_is_forgotten()
    {
        string epoch = await BeginAsync("a.1", "b.1");
        long number = (await Store.ClaimAsync(epoch, "a.1", "key", Lease, Lease / 4)).Number;
        await PassAsync(Lease / 2);
        Assert.Equal([false], await Store.RebindAsync(epoch, "a.1", "a.1", [new OwnedSession("key", number)], evenIfForgotten: false, Lease, s_life));
        Assert.Equal(ClaimStatus.Granted, (await ClaimAsync(epoch, "b.1")).Status);
    }

    [Fact]
    public async Task After_a_restart_leases_are_forgotten_and_nothing_is_granted_for_a_while()
    {
        string before = await BeginAsync("a.1", "b.1");
        long number = (await ClaimAsync(before, "a.1")).Number;
        await RestartAsync();
        Assert.Equal(LeaseStatus.Forgotten, (await Store.RenewAsync(before, "a.1", Lease)).Status);
        string after = await Store.RegisterAsync("a.2", Lease);
        Assert.NotEqual(before, after);
        Assert.Equal(after, await Store.RegisterAsync("b.2", Lease));
        Assert.Equal(ClaimStatus.WithoutLease, (await ClaimAsync(before, "b.1")).Status);
        Assert.Equal(ClaimStatus.Quarantined, (await ClaimAsync(after, "b.2")).Status);
        Assert.Equal([true], await Store.RebindAsync(after, "a.1", "a.2", [new OwnedSession("key", number)], evenIfForgotten: true, Lease, s_life));
        await PassAsync(Lease * 1.1);
        await Store.RegisterAsync("a.2", Lease);
        await Store.RegisterAsync("b.2", Lease);
        Assert.Equal(ClaimStatus.Held, (await ClaimAsync(after, "b.2")).Status);
        ClaimAnswer next = await ClaimAsync(after, "b.2", "other");
        Assert.Equal(ClaimStatus.Granted, next.Status);
        Assert.True(next.Number > number);
    }

    private protected virtual Task PrepareAsync() => Task.CompletedTask;

    private protected abstract Task PassAsync(TimeSpan time);

    private protected abstract Task RestartAsync();

    private async Task<string> BeginAsync(params string[] owners)
    {
        await PrepareAsync();
        string epoch = await Store.RegisterAsync("first.1", Lease);
        await PassAsync(Lease * 1.1);
        foreach (string owner in owners)
        {
            Assert.Equal(epoch, await Store.RegisterAsync(owner, Lease));
        }

        return epoch;
    }

    private Task<ClaimAnswer> ClaimAsync(string epoch, string owner, string key = "key") => Store.ClaimAsync(epoch, owner, key, Lease, s_life);
}
