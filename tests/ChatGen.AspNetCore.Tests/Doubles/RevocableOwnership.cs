using System.Collections.Concurrent;

namespace ChatGen.AspNetCore.Tests;

/// <summary>Grants every claim, and remembers them for the test to take away.</summary>
internal sealed class RevocableOwnership : IChatOwnership
{
    private readonly ConcurrentQueue<RevocableClaim> _claims = new();

    public IReadOnlyList<RevocableClaim> Claims => [.. _claims];

    public ValueTask<IChatClaim?> ClaimAsync(string key, CancellationToken cancellationToken)
    {
        var claim = new RevocableClaim(key);
        _claims.Enqueue(claim);
        return ValueTask.FromResult<IChatClaim?>(claim);
    }
}
