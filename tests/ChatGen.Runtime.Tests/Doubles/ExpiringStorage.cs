namespace ChatGen.Tests;

public sealed class ExpiringStorage(TimeSpan renewalInterval) : RecordingStorage, IExpiringChatStateStorage
{
    public TimeSpan RenewalInterval { get; } = renewalInterval;
}
