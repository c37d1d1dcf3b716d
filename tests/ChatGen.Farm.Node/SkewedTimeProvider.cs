namespace ChatGen.Farm.Node;

/// <summary>A clock that is set wrong. It runs as fast as others.</summary>
internal sealed class SkewedTimeProvider(TimeSpan skew) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + skew;
}
