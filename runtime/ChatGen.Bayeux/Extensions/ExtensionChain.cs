using ChatGen.Bayeux.Protocol;
using ChatGen.Bayeux.Session;

namespace ChatGen.Bayeux;

/// <summary>Leads messages through the user's extensions, and keeps what these throw from everybody else (Bayeux rule 47).</summary>
internal sealed class ExtensionChain(BayeuxClientOptions options, Action<BayeuxFault> report)
{
    private readonly BayeuxExtension[] _extensions = [.. options.Extensions];

    /// <summary>What is to be added to a message that goes out; <see langword="null"/> if nothing is.</summary>
    /// <param name="message">The message.</param>
    /// <param name="dropped">Whether it is not to be sent.</param>
    public BayeuxOutgoingMessage? Send(OutboundMessage message, out bool dropped)
    {
        dropped = false;
        bool prepares = options.PrepareHandshake is not null && message.Channel == MetaChannel.Handshake;

        // Apart, since whatever captures variables makes an object of them at its beginning.
        return _extensions.Length == 0 && !prepares ? null : Change(message, prepares, out dropped);
    }

    /// <summary>The message as the application is to see it; <see langword="null"/> if an extension dropped it.</summary>
    public BayeuxMessage? Receive(in BayeuxMessage message) => _extensions.Length == 0 ? message : Change(message);

    private BayeuxOutgoingMessage Change(OutboundMessage message, bool prepares, out bool dropped)
    {
        dropped = false;
        var outgoing = new BayeuxOutgoingMessage(message, options.MaxJsonDepth);
        if (prepares)
        {
            Guard(() =>
            {
                options.PrepareHandshake!(outgoing);
                return true;
            });
        }

        for (int i = _extensions.Length - 1; i >= 0 && !dropped; i--)
        {
            BayeuxExtension extension = _extensions[i];
            dropped = !Guard(() => extension.OnSending(outgoing));
        }

        return outgoing;
    }

    private BayeuxMessage? Change(in BayeuxMessage message)
    {
        var incoming = new BayeuxIncomingMessage(message, options.MaxJsonDepth);
        foreach (BayeuxExtension extension in _extensions)
        {
            if (!Guard(() => extension.OnReceiving(incoming)))
            {
                return null;
            }
        }

        return message with { Data = incoming.Data };
    }

    private bool Guard(Func<bool> call)
    {
        try
        {
            return call();
        }
#pragma warning disable CA1031 // An extension may throw anything; the session must not suffer from it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            report(SessionFault.CallbackFailed(exception));
            return true;
        }
    }
}
