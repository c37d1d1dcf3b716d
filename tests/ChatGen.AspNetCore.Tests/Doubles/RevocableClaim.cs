namespace ChatGen.AspNetCore.Tests;

/// <summary>A claim that the test takes away.</summary>
internal sealed class RevocableClaim(string key) : IChatClaim
{
    private readonly CancellationTokenSource _revoked = new();
    private volatile bool _isLost;

    public string Key => key;

    public CancellationToken Revoked => _revoked.Token;

    public bool IsHeld => !_isLost && !IsDisposed;

    public bool IsDisposed { get; private set; }

    /// <summary>As after a pause that was longer than the lease: nobody has been told yet.</summary>
    public void Lose() => _isLost = true;

    public void Revoke() => _revoked.Cancel();

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}
