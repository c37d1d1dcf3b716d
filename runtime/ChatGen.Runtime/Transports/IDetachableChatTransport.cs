namespace ChatGen;

/// <summary>A transport whose connection another one, perhaps in another process, can go on with.</summary>
public interface IDetachableChatTransport : IChatTransport
{
    /// <summary>
    /// Lets go of the connection without ending it, and tells the host by <see cref="IChatTransportHost.OnStateChanged"/> what another transport needs to go on
    /// with it. Called before <see cref="IChatTransport.CloseAsync"/> when the session is disposed, so that it may be restored, and neither when it has ended
    /// nor when the visitor leaves. No events are delivered any more. Takes seconds at most.
    /// </summary>
    ValueTask DetachAsync();
}
