using ChatGen.Farm.Simulation;
using ChatGen.Ownership;

namespace ChatGen.Redis.Tests;

public sealed class NodeOwnershipTests
{
    private readonly World _world = new(seed: 1);
    private readonly SimulatedNode _first;
    private readonly SimulatedNode _second;

    public NodeOwnershipTests()
    {
        _first = _world.AddNode();
        _second = _world.AddNode(TimeSpan.FromDays(3));
        // The store is new, and so does not know whether it has forgotten somebody.
        Pass(_world.Timing.Lease);
    }

    [Fact]
    public void A_store_without_memory_grants_nothing_for_the_time_of_a_lease()
    {
        var world = new World(seed: 1);
        SimulatedNode node = world.AddNode();
        Assert.Null(node.Claim("a"));
        Assert.InRange(world.Timeline.Elapsed, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5.2));
        Assert.NotNull(world.Await(node.Ownership.ClaimAsync("a", CancellationToken.None), TimeSpan.FromSeconds(10)) ?? node.Claim("a"));
        Assert.InRange(world.Timeline.Elapsed, world.Timing.Lease, world.Timing.Lease + TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void A_free_session_is_claimed_at_once()
    {
        SessionClaim claim = Claimed(_first, "a");
        Assert.Equal("a", claim.Key);
        Assert.True(claim.IsHeld);
        Assert.False(claim.Revoked.IsCancellationRequested);
    }

    [Fact]
    public void A_held_session_stays_held_as_long_as_its_node_lives()
    {
        SessionClaim claim = Claimed(_first, "a");
        Pass(TimeSpan.FromHours(5));
        Assert.True(claim.IsHeld);
        Assert.False(claim.Revoked.IsCancellationRequested);
        Assert.Null(_second.Claim("a"));
    }

    [Fact]
    public void Of_two_nodes_that_claim_at_the_same_time_one_gets_the_session()
    {
        ValueTask<IChatClaim?> first = _first.Ownership.ClaimAsync("a", CancellationToken.None);
        ValueTask<IChatClaim?> second = _second.Ownership.ClaimAsync("a", CancellationToken.None);
        IChatClaim?[] claims = [_world.Await(first), _world.Await(second)];
        Assert.Single(claims, claim => claim is { IsHeld: true });
        Assert.Single(claims, claim => claim is null);
    }

    [Fact]
    public void A_session_that_another_node_asks_for_is_revoked_and_stays_held_until_it_is_disposed_of()
    {
        SessionClaim held = Claimed(_first, "a");
        Pass(TimeSpan.FromSeconds(3));
        ValueTask<IChatClaim?> wanted = _second.Ownership.ClaimAsync("a", CancellationToken.None);
        Pass(TimeSpan.FromMilliseconds(20));
        Assert.True(held.Revoked.IsCancellationRequested);
        Assert.True(held.IsHeld);
        Pass(TimeSpan.FromSeconds(1));
        Assert.True(held.IsHeld);
        Assert.False(wanted.IsCompleted);

        _world.Await(Disposed(held));
        Assert.False(held.IsHeld);
        Assert.True(_world.Await(wanted)!.IsHeld);
    }

    [Fact]
    public void A_session_that_was_just_claimed_may_be_kept_for_a_while()
    {
        SessionClaim held = Claimed(_first, "a");
        Task<IChatClaim?> wanted = _second.Ownership.ClaimAsync("a", CancellationToken.None).AsTask();
        TimeSpan kept = _world.Until(() => held.Revoked.IsCancellationRequested);
        Assert.InRange(kept, _world.Timing.MinimumHold - TimeSpan.FromMilliseconds(10), _world.Timing.MinimumHold + TimeSpan.FromMilliseconds(10));
        Assert.False(wanted.IsCompleted);
    }

    [Fact]
    public void A_wish_whose_hint_is_lost_is_heard_at_the_next_renewal()
    {
        SessionClaim held = Claimed(_first, "a");
        Pass(TimeSpan.FromSeconds(1));
        _world.Store.Unlisten(_first.Name);
        Task<IChatClaim?> wanted = _second.Ownership.ClaimAsync("a", CancellationToken.None).AsTask();
        Assert.True(_world.Until(() => held.Revoked.IsCancellationRequested) <= _world.Timing.Renewal + TimeSpan.FromMilliseconds(10));
        Assert.False(wanted.IsCompleted);
    }

    [Fact]
    public void A_node_that_is_not_given_a_session_in_time_says_so()
    {
        Claimed(_first, "a");
        TimeSpan begun = _world.Timeline.Elapsed;
        Assert.Null(_second.Claim("a"));
        Assert.InRange(_world.Timeline.Elapsed - begun, _world.Timing.ClaimTimeout, _world.Timing.ClaimTimeout + TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void A_later_claim_has_a_higher_number()
    {
        SessionClaim first = Claimed(_first, "a");
        _world.Await(Disposed(first));
        Assert.True(Claimed(_second, "a").Session.Number > first.Session.Number);
    }

    [Fact]
    public void Sessions_of_a_killed_node_are_free_when_its_lease_is_over_and_not_before()
    {
        Claimed(_first, "a");
        _first.Clock.Kill();
        TimeSpan killed = _world.Timeline.Elapsed;
        IChatClaim? claim = null;
        while (claim is null)
        {
            claim = _second.Claim("a");
        }

        Assert.InRange(_world.Timeline.Elapsed - killed, _world.Timing.Lease - _world.Timing.Renewal, _world.Timing.Lease + TimeSpan.FromSeconds(0.5));
    }

    [Fact]
    public void Sessions_of_a_node_that_is_disposed_of_are_free_at_once()
    {
        SessionClaim held = Claimed(_first, "a");
        _world.Await(Disposed(_first.Ownership));
        Assert.False(held.IsHeld);
        Assert.True(held.Revoked.IsCancellationRequested);
        TimeSpan begun = _world.Timeline.Elapsed;
        Claimed(_second, "a");
        Assert.True(_world.Timeline.Elapsed - begun < TimeSpan.FromMilliseconds(10));
        Assert.Null(_world.Await(_first.Ownership.ClaimAsync("b", CancellationToken.None)));
    }

    [Fact]
    public void A_node_that_cannot_renew_lets_go_in_time_for_the_state_to_be_written()
    {
        SessionClaim held = Claimed(_first, "a");
        Pass(TimeSpan.FromSeconds(3));
        _first.Network.IsPartitioned = true;
        TimeSpan revoked = _world.Until(() => held.Revoked.IsCancellationRequested);
        Assert.True(held.IsHeld);
        TimeSpan doubted = _world.Until(() => !held.IsHeld);
        Assert.InRange(revoked, _world.Timing.Validity - _world.Timing.RevocationLead - _world.Timing.Renewal - TimeSpan.FromMilliseconds(10), _world.Timing.Validity - _world.Timing.RevocationLead);
        Assert.InRange(doubted, _world.Timing.RevocationLead - TimeSpan.FromMilliseconds(10), _world.Timing.RevocationLead + TimeSpan.FromMilliseconds(10));
    }

    [Fact]
    public void A_short_loss_of_the_store_costs_nothing()
    {
        SessionClaim held = Claimed(_first, "a");
        _first.Network.IsPartitioned = true;
        Pass((_world.Timing.Validity - _world.Timing.RevocationLead) * 0.8);
        _first.Network.IsPartitioned = false;
        Pass(TimeSpan.FromMinutes(1));
        Assert.True(held.IsHeld);
        Assert.False(held.Revoked.IsCancellationRequested);
    }

    [Fact]
    public void A_node_that_was_stopped_for_longer_than_its_lease_knows_it_before_it_does_anything()
    {
        SessionClaim held = Claimed(_first, "a");
        _first.Clock.Stop();
        Pass(_world.Timing.Lease * 2);
        Claimed(_second, "a");
        Assert.False(held.IsHeld);
        _first.Clock.Continue();
        Assert.False(held.IsHeld);
        Pass(TimeSpan.FromSeconds(5));
        Assert.False(held.IsHeld);
        Assert.True(held.Revoked.IsCancellationRequested);
    }

    [Fact]
    public void A_node_that_was_stopped_for_too_long_joins_again()
    {
        Claimed(_first, "a");
        _first.Clock.Stop();
        Pass(_world.Timing.Lease * 2);
        _first.Clock.Continue();
        Pass(TimeSpan.FromSeconds(2));
        Claimed(_first, "b");
    }

    [Fact]
    public void A_node_that_was_stopped_shortly_goes_on()
    {
        SessionClaim held = Claimed(_first, "a");
        _first.Clock.Stop();
        Pass(_world.Timing.Lease / 2);
        _first.Clock.Continue();
        Pass(TimeSpan.FromMinutes(1));
        Assert.True(held.IsHeld);
        Assert.False(held.Revoked.IsCancellationRequested);
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("whole")]
    [InlineData("old")]
    public void A_store_that_was_restarted_takes_no_session_from_those_who_hold_them(string memory)
    {
        MemoryStore.Memory old = _world.Store.Remember();
        SessionClaim held = Claimed(_first, "a");
        _world.Store.Restart(memory switch { "empty" => null, "whole" => _world.Store.Remember(), _ => old });

        // Whoever comes first must not get what another one still holds.
        ValueTask<IChatClaim?> wanted = _second.Ownership.ClaimAsync("a", CancellationToken.None);
        Pass(TimeSpan.FromSeconds(4));
        Assert.False(wanted.IsCompleted);
        Assert.True(held.IsHeld);
        Pass(TimeSpan.FromMinutes(2));
        Assert.True(held.IsHeld);
        Assert.Null(_world.Await(wanted));
        Assert.False(held.Revoked.IsCancellationRequested);

        // And it is known to the store again.
        ValueTask<IChatClaim?> again = _second.Ownership.ClaimAsync("a", CancellationToken.None);
        _world.Until(() => held.Revoked.IsCancellationRequested);
        _world.Await(Disposed(held));
        Assert.NotNull(_world.Await(again));
    }

    [Fact]
    public void A_claim_of_an_earlier_time_that_a_store_comes_back_with_gives_way()
    {
        SessionClaim first = Claimed(_first, "a");
        MemoryStore.Memory old = _world.Store.Remember();
        _world.Await(Disposed(first));
        SessionClaim second = Claimed(_second, "a");
        _world.Store.Restart(old);
        Pass(TimeSpan.FromMinutes(1));
        Assert.True(second.IsHeld);
        Assert.False(second.Revoked.IsCancellationRequested);
        Assert.Null(_first.Claim("a"));
    }

    [Fact]
    public void A_session_that_somebody_takes_out_of_the_store_is_lost()
    {
        SessionClaim held = Claimed(_first, "a");
        _world.Store.Release($"{_first.Name}.1", held.Session);
        Pass(_world.Timing.EntryLifetime);
        Assert.False(held.IsHeld);
        Assert.True(held.Revoked.IsCancellationRequested);
    }

    [Fact]
    public void A_claim_whose_answer_was_lost_is_free_for_another_node()
    {
        _first.Network.LostAnswers = 1;
        Assert.Null(_first.Claim("a"));
        _first.Network.LostAnswers = 0;
        TimeSpan begun = _world.Timeline.Elapsed;
        while (_second.Claim("a") is null)
        {
        }

        Assert.True(_world.Timeline.Elapsed - begun < _world.Timing.Lease);
    }

    [Fact]
    public void A_release_that_was_lost_is_made_up_for_when_another_node_asks()
    {
        SessionClaim held = Claimed(_first, "a");
        _first.Network.LostRequests = 1;
        _world.Await(Disposed(held));
        _first.Network.LostRequests = 0;
        Pass(TimeSpan.FromMilliseconds(100));
        Claimed(_second, "a");
    }

    [Fact]
    public void A_node_that_holds_a_session_waits_for_itself()
    {
        SessionClaim held = Claimed(_first, "a");
        ValueTask<IChatClaim?> again = _first.Ownership.ClaimAsync("a", CancellationToken.None);
        Pass(TimeSpan.FromSeconds(2));
        Assert.False(again.IsCompleted);
        Assert.False(held.Revoked.IsCancellationRequested);
        _world.Await(Disposed(held));
        Assert.True(_world.Await(again)!.IsHeld);
    }

    [Fact]
    public void Waiting_can_be_given_up()
    {
        SessionClaim held = Claimed(_first, "a");
        using var cancellation = new CancellationTokenSource();
        ValueTask<IChatClaim?> wanted = _second.Ownership.ClaimAsync("a", cancellation.Token);
        _world.Timeline.In(TimeSpan.FromSeconds(1), cancellation.Cancel);
        Assert.ThrowsAny<OperationCanceledException>(() => _world.Await(wanted));
        _world.Await(Disposed(held));
        Claimed(_first, "a");
    }

    [Fact]
    public void Disposing_twice_frees_nothing_of_the_next_holder()
    {
        SessionClaim held = Claimed(_first, "a");
        _world.Await(Disposed(held));
        SessionClaim next = Claimed(_second, "a");
        _world.Await(Disposed(held));
        Pass(TimeSpan.FromSeconds(1));
        Assert.True(next.IsHeld);
        Assert.Null(_first.Claim("a"));
    }

    [Fact]
    public void Many_sessions_move_on_together_when_the_store_comes_back_empty()
    {
        SessionClaim[] held = [.. Enumerable.Range(0, 1_000).Select(i => Claimed(_first, $"s{i}"))];
        long asked = _first.Store.Operations.GetValueOrDefault("rebind");
        _world.Store.Restart(null);
        Pass(TimeSpan.FromSeconds(30));
        Assert.All(held, claim => Assert.True(claim.IsHeld));
        Assert.InRange(_first.Store.Operations["rebind"] - asked, 5, 10);
        Assert.Equal(1_000, _world.Store.Entries);
    }

    private static async ValueTask<bool> Disposed(IAsyncDisposable disposable)
    {
        await disposable.DisposeAsync();
        return true;
    }

    private static SessionClaim Claimed(SimulatedNode node, string key)
    {
        SessionClaim? claim = node.Claim(key);
        Assert.NotNull(claim);
        return claim;
    }

    private void Pass(TimeSpan time) => _world.Timeline.Run(time);
}
