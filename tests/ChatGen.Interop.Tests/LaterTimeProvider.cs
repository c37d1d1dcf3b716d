namespace ChatGen.Interop.Tests;

/// <summary>The system's clock, as it will show later.</summary>
internal sealed class LaterTimeProvider(TimeSpan later) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + later;
}
