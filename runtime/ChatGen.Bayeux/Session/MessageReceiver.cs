using ChatGen.Bayeux.Protocol;
using ChatGen.Bayeux.Transports;

namespace ChatGen.Bayeux.Session;

/// <summary>Leads each message that arrives to whom it concerns: the reducer, the request that it answers, the caller, or the user's callbacks.</summary>
/// <remarks>The session's loop alone uses it.</remarks>
internal sealed class MessageReceiver(
    ExtensionChain extensions,
    MessageExchange exchange,
    RemoteCalls calls,
    EventBuffer events,
    ServerAddress address,
    Func<SessionState> state,
    Action<SessionInput> step,
    Action<BayeuxFault> report,
    SessionTimer timer)
{
    private int _warnedSession;
    private string? _answerableWithoutId;

    /// <summary>What was sent again after a connect had failed is recognized here.</summary>
    public RedeliveryFilter Redeliveries { get; } = new();

    /// <summary>Sees to everything in a frame, in order, and lets go of it.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="counts">Whether it comes from a transport that is in use; what arrives from one that was given up does not count any more.</param>
    public void Receive(InboundFrame frame, bool counts)
    {
        if (counts)
        {
            Receive(frame);
        }

        frame.Release();
    }

    private void Receive(InboundFrame frame)
    {
        Telemetry.Received.Add(frame.Messages.Count);
        long batch = state().AckBatch;
        string? outstanding = state().OutstandingId;
        _answerableWithoutId = outstanding is not null && exchange.MayBeAnsweredBy(outstanding, frame.Answered) ? outstanding : null;
        foreach (BayeuxMessage message in frame.Messages)
        {
            OnMessage(message, frame);
        }

        if (state().AckBatch != batch)
        {
            Redeliveries.OnBatchCompleted();
        }

        if (frame.Answered is { Carrier: { } carrier })
        {
            exchange.FailCarrier(state(), carrier, TransportFault.NoReply(), timer.Now);
        }
    }

    private void OnMessage(in BayeuxMessage received, InboundFrame frame)
    {
        bool isMeta = ChannelName.IsMeta(received.Channel);
        bool isReply = received.Successful is not null || isMeta;
        if (extensions.Receive(received) is not { } message)
        {
            if (isReply)
            {
                exchange.Answer(received.Id, received.Channel)?.OnFailed(SessionFault.DroppedByExtension(received.Channel), written: true);
            }

            return;
        }

        if (!isReply)
        {
            OnEvent(message, frame);
            return;
        }

        if (message.Id is null && message.Channel is MetaChannel.Handshake or MetaChannel.Connect)
        {
            if (TakeAnswerableWithoutId() is not { } id)
            {
                report(SessionFault.UnexpectedMessage(message.Channel));
                return;
            }

            message = message with { Id = id };
        }

        PendingMessage? answered = exchange.Answer(message.Id, message.Channel);
        if (message.Channel is MetaChannel.Handshake or MetaChannel.Connect or MetaChannel.Disconnect)
        {
            step(new SessionInput.MetaReceived(WithAcceptedHosts(message)));
            WarnOfMultipleClients(message.Advice);
            return;
        }

        answered?.OnReply(message);
        if (message.HasData && !isMeta)
        {
            OnEvent(message, frame);
        }

        if (message.Advice is not null && answered?.Batch?.SessionNumber == state().SessionNumber)
        {
            step(new SessionInput.AdviceReceived(WithAcceptedHosts(message).Advice!));
        }
    }

    // Some servers leave the id of their replies out. Such a reply answers what was under way when its frame arrived, once.
    private string? TakeAnswerableWithoutId()
    {
        string? id = _answerableWithoutId == state().OutstandingId ? _answerableWithoutId : null;
        _answerableWithoutId = null;
        return id;
    }

    private void OnEvent(in BayeuxMessage message, InboundFrame frame)
    {
        if (!message.HasData)
        {
            report(SessionFault.UnexpectedMessage(message.Channel));
            return;
        }

        if (state().Phase == SessionPhase.Handshaking || state().AwaitedMessages > 0)
        {
            step(SessionInput.EventReceived.Instance);
        }

        // A response comes whole or not at all; it is over WebSocket that a part of a batch may have come before the connection broke.
        bool mayBeDouble = state().AckSupported && (frame.Answered is null || Redeliveries.ExpectsAny);
        if (!(mayBeDouble && Redeliveries.IsRedelivered(message)) && !calls.TryAnswer(message))
        {
            events.Add(message.Channel, message.Data, message.Ext);
        }
    }

    private BayeuxMessage WithAcceptedHosts(in BayeuxMessage message)
    {
        if (message.Advice is not { Hosts.Count: > 0 } advice)
        {
            return message;
        }

        IReadOnlyList<string> accepted = address.Accepted(advice.Hosts);
        if (accepted.Count < advice.Hosts.Count)
        {
            report(SessionFault.HostNotAccepted);
        }

        return message with { Advice = advice with { Hosts = accepted } };
    }

    private void WarnOfMultipleClients(Advice? advice)
    {
        if (advice is { MultipleClients: true } && _warnedSession != state().SessionNumber)
        {
            _warnedSession = state().SessionNumber;
            report(SessionFault.MultipleClients);
        }
    }
}
