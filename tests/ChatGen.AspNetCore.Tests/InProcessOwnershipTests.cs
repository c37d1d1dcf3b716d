using Microsoft.Extensions.Time.Testing;

namespace ChatGen.AspNetCore.Tests;

public sealed class InProcessOwnershipTests
{
    [Fact]
    public async Task A_free_key_is_claimed_at_once()
    {
        var ownership = new InProcessChatOwnership();
        IChatClaim? claim = await ownership.ClaimAsync("a", TestContext.Current.CancellationToken);
        Assert.NotNull(claim);
        Assert.Equal("a", claim.Key);
        Assert.True(claim.IsHeld);
        Assert.False(claim.Revoked.IsCancellationRequested);
        await claim.DisposeAsync();
        Assert.False(claim.IsHeld);
    }

    [Fact]
    public async Task Who_claims_a_key_that_is_held_waits_until_its_holder_has_let_go()
    {
        var ownership = new InProcessChatOwnership();
        IChatClaim first = (await ownership.ClaimAsync("a", TestContext.Current.CancellationToken))!;
        var asked = new TaskCompletionSource();
        await using CancellationTokenRegistration registration = first.Revoked.Register(asked.SetResult);

        Task<IChatClaim?> second = ownership.ClaimAsync("a", TestContext.Current.CancellationToken).AsTask();
        await asked.Task;
        Assert.False(second.IsCompleted);
        await first.DisposeAsync();

        IChatClaim? claim = await second;
        Assert.True(claim!.IsHeld);
        await first.DisposeAsync();
        Assert.True(claim.IsHeld);
    }

    [Fact]
    public async Task A_holder_that_does_not_let_go_keeps_its_claim()
    {
        var clock = new FakeTimeProvider();
        var ownership = new InProcessChatOwnership(TimeSpan.FromSeconds(3), clock);
        IChatClaim first = (await ownership.ClaimAsync("a", TestContext.Current.CancellationToken))!;

        Task<IChatClaim?> second = ownership.ClaimAsync("a", TestContext.Current.CancellationToken).AsTask();
        clock.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(second.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Null(await second);
        Assert.True(first.IsHeld);
    }

    [Fact]
    public async Task One_of_many_who_claim_at_once_holds_at_a_time()
    {
        var ownership = new InProcessChatOwnership();
        int holders = 0;
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            IChatClaim claim = (await ownership.ClaimAsync("a", TestContext.Current.CancellationToken))!;
            Assert.Equal(1, Interlocked.Increment(ref holders));
            await Task.Yield();
            Interlocked.Decrement(ref holders);
            await claim.DisposeAsync();
        }));
    }
}
