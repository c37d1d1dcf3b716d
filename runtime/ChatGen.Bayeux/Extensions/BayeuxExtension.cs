namespace ChatGen.Bayeux;

/// <summary>Sees, changes or drops every message of a client, in both directions (Bayeux rule 47).</summary>
/// <remarks>
/// Called by the client one message at a time, in the order of <see cref="BayeuxClientOptions.Extensions"/> for what is received and in reverse
/// for what is sent, so that the first extension is nearest to the application. It must return quickly, since the client does nothing else meanwhile. An
/// exception is reported to <see cref="BayeuxClient.Faulted"/>, and the message goes on as the extensions before have left it.
/// </remarks>
public abstract class BayeuxExtension
{
    /// <summary>A message is about to be sent. One that is sent again passes here again, as it was before the first time.</summary>
    /// <param name="message">The message.</param>
    /// <returns><see langword="false"/> to drop it: then it fails with <see cref="BayeuxFaultKind.DroppedByExtension"/>.</returns>
    public virtual bool OnSending(BayeuxOutgoingMessage message) => true;

    /// <summary>A message has arrived.</summary>
    /// <param name="message">The message.</param>
    /// <returns><see langword="false"/> to drop it. If it is a reply, its request fails with <see cref="BayeuxFaultKind.DroppedByExtension"/>.</returns>
    public virtual bool OnReceiving(BayeuxIncomingMessage message) => true;
}
