namespace ChatGen;

/// <summary>A storage whose state expires some time after it was last written. The client writes again and again while the session lives.</summary>
public interface IExpiringChatStateStorage : IChatStateStorage
{
    /// <summary>How often the state has to be written so that it does not expire while the session lives.</summary>
    TimeSpan RenewalInterval { get; }
}
