using System.Net;
using ChatGen.Testing.Bayeux;
using ChatGen.Testing.Chat;
using ChatGen.Testing.Connections;
using ChatGen.Testing.Faults;

namespace ChatGen.Testing;

/// <summary>Trouble that a <see cref="ChatBackend"/> makes on purpose, so that a program can be tested for what it does then.</summary>
/// <remarks>
/// <para>
/// Thread-safe. What lasts returns a lease: disposing of it lifts the fault. A <c>count</c> lifts it by itself after so many requests. A <c>where</c>
/// chooses the requests; it is called on the backend's threads and must not throw. A request is an HTTP request, or a frame on a WebSocket.
/// </para>
/// <para>
/// Faults go together: delays add up, and of faults that contend for a request the oldest has it, while the others keep their count for the next.
/// <see cref="ChatBackend.Requests"/> tells what was done to which request.
/// </para>
/// <example>
/// <code>
/// backend.Faults.LoseReplies(count: 1, where: request => request.IsPublish); // the message arrives, but its sender does not learn of it
/// using (backend.Faults.Refuse(HttpStatusCode.ServiceUnavailable, retryAfter: TimeSpan.FromSeconds(2)))
/// {
///     backend.Faults.DropConnections(); // clients come back, and are refused until the end of the block
///     await backend.Requests.WaitForNextAsync(request => request.Fault == ChatBackendFault.Refused);
/// }
/// </code>
/// </example>
/// </remarks>
public sealed class ChatBackendFaults
{
    private readonly FaultRules _rules;
    private readonly Passage _passage;
    private readonly OpenConnections _connections;
    private readonly BayeuxServer _bayeux;
    private readonly WebSocketEndpoint _webSockets;
    private readonly ChatService _chat;

    internal ChatBackendFaults(FaultRules rules, Passage passage, OpenConnections connections, BayeuxServer bayeux, WebSocketEndpoint webSockets, ChatService chat)
    {
        _rules = rules;
        _passage = passage;
        _connections = connections;
        _bayeux = bayeux;
        _webSockets = webSockets;
        _chat = chat;
    }

    /// <summary>Drops connections that are open, as a broken network does. Bayeux clients stay known.</summary>
    /// <param name="session">The session of the visitor whose connection to drop, which over long-polling is that of a held request; <see langword="null"/> for all connections. Does nothing over REST.</param>
    /// <param name="answerFirst">Whether to answer what is held, and to close the connections in order: as a server does that shuts down with care.</param>
    public void DropConnections(ChatBackendSession? session = null, bool answerFirst = false)
    {
        foreach (BayeuxSession client in ClientsOf(session))
        {
            client.DropConnection(answerFirst);
        }

        if (session is null && !answerFirst)
        {
            _webSockets.DropConnections();
            _connections.Abort();
        }
    }

    /// <summary>Does not process requests, and drops their connections.</summary>
    /// <param name="count">How many; <see langword="null"/> until lifted.</param>
    /// <param name="where">Which; <see langword="null"/> for all.</param>
    public IDisposable DropRequests(int? count = null, Func<ChatBackendRequest, bool>? where = null) => Add(new FaultEffect.Drop(), count, where);

    /// <summary>Drops all connections, and those of all requests to come, as if the network were down, until lifted.</summary>
    public IDisposable GoOffline()
    {
        IDisposable offline = DropRequests();
        DropConnections();
        return offline;
    }

    /// <summary>Lets no byte pass in either direction, though no connection is closed, until lifted: requests wait, and pings of WebSockets too.</summary>
    /// <remarks>What clients have sent meanwhile, and have not given up, arrives when the black hole is lifted, as in a network that comes back. New connections open, since the operating system accepts them, but nothing comes of them.</remarks>
    public IDisposable BlackHole() => _passage.Close();

    /// <summary>Delays answers. What was asked is done at once.</summary>
    /// <param name="delay">How long, by <see cref="ChatBackendOptions.TimeProvider"/>; <see cref="Timeout.InfiniteTimeSpan"/> until lifted. Answers that wait when it is lifted go out at once.</param>
    /// <param name="count">How many; <see langword="null"/> until lifted.</param>
    /// <param name="where">The answers to which requests; <see langword="null"/> for all, and for what the backend sends unasked over WebSockets.</param>
    /// <remarks>Over a WebSocket what comes after an answer that is delayed waits for it, since order is kept.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The delay is negative, or the count not positive.</exception>
    public IDisposable Delay(TimeSpan delay, int? count = null, Func<ChatBackendRequest, bool>? where = null)
    {
        if (delay != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        }

        ThrowIfNotPositive(count);
        return _rules.Add(effect: null, delay, count, where);
    }

    /// <summary>Does not process HTTP requests, those for WebSockets included, and answers them with a status. A WebSocket that is open already is not affected.</summary>
    /// <param name="status">The status.</param>
    /// <param name="retryAfter">Header <c>Retry-After</c>, in whole seconds; absent if <see langword="null"/>.</param>
    /// <param name="count">How many; <see langword="null"/> until lifted.</param>
    /// <param name="where">Which; <see langword="null"/> for all.</param>
    public IDisposable Refuse(
        HttpStatusCode status = HttpStatusCode.ServiceUnavailable,
        TimeSpan? retryAfter = null,
        int? count = null,
        Func<ChatBackendRequest, bool>? where = null) => Add(new FaultEffect.Refuse(status, retryAfter), count, where);

    /// <summary>Refuses to open WebSockets, as a proxy does that does not know them. Long-polling goes on, and so does a WebSocket that is open already.</summary>
    /// <param name="status">The status.</param>
    /// <param name="retryAfter">Header <c>Retry-After</c>, in whole seconds; absent if <see langword="null"/>.</param>
    /// <param name="count">How many; <see langword="null"/> until lifted.</param>
    public IDisposable RefuseWebSockets(HttpStatusCode status = HttpStatusCode.BadRequest, TimeSpan? retryAfter = null, int? count = null) =>
        Refuse(status, retryAfter, count, request => request.Transport == ChatBackendTransport.WebSocketUpgrade);

    /// <summary>Answers with what is no answer.</summary>
    /// <param name="answer">With what.</param>
    /// <param name="count">How many requests; <see langword="null"/> until lifted.</param>
    /// <param name="where">Which; <see langword="null"/> for all.</param>
    public IDisposable Malform(MalformedAnswer answer, int? count = null, Func<ChatBackendRequest, bool>? where = null) => Add(new FaultEffect.Malform(answer), count, where);

    /// <summary>Processes requests, and then drops their connections instead of answering: who repeats them has them processed twice.</summary>
    /// <param name="count">How many; <see langword="null"/> until lifted.</param>
    /// <param name="where">Which; <see langword="null"/> for all.</param>
    public IDisposable LoseReplies(int? count = null, Func<ChatBackendRequest, bool>? where = null) => Add(new FaultEffect.LoseReply(), count, where);

    /// <summary>Drops all connections and forgets all Bayeux clients: what a server looks like that was restarted, or another node of it.</summary>
    /// <param name="forgetChats">Whether to forget the chat sessions too; else they go on and can be restored.</param>
    public void Restart(bool forgetChats = false)
    {
        foreach (BayeuxSession client in _bayeux.Clients)
        {
            client.DropConnection(answerFirst: false);
            _bayeux.Forget(client, HeldConnectOutcome.Dropped);
        }

        if (forgetChats)
        {
            _chat.Forget();
        }

        _webSockets.DropConnections();
        _connections.Abort();
    }

    /// <summary>Forgets Bayeux clients without a word, as after <see cref="ChatBackendOptions.MaxInterval"/>: what they send next is answered <c>402::session_unknown</c>. A held connect is answered as if its time were up.</summary>
    /// <param name="session">The session of the visitor whose client to forget; <see langword="null"/> for all clients. Does nothing over REST.</param>
    public void Expire(ChatBackendSession? session = null)
    {
        foreach (BayeuxSession client in ClientsOf(session))
        {
            _bayeux.Forget(client, HeldConnectOutcome.Answered);
        }
    }

    /// <summary>Gives advice with the next reply to <c>/meta/connect</c>, for which a held one is answered at once.</summary>
    /// <param name="advice">The advice.</param>
    /// <param name="session">The session of the visitor whose client to advise; <see langword="null"/> for all clients known now. Does nothing over REST.</param>
    public void Advise(ChatBackendAdvice advice, ChatBackendSession? session = null)
    {
        ArgumentNullException.ThrowIfNull(advice);
        foreach (BayeuxSession client in ClientsOf(session))
        {
            client.Advise(advice);
        }
    }

    /// <summary>Sends Bayeux clients away: an unsolicited <c>/meta/disconnect</c>, and a reply to their connect that advises not to reconnect.</summary>
    /// <param name="session">The session of the visitor whose client to send away; <see langword="null"/> for all clients. Does nothing over REST.</param>
    public void Disconnect(ChatBackendSession? session = null)
    {
        foreach (BayeuxSession client in ClientsOf(session))
        {
            client.SendAway();
        }
    }

    /// <summary>Lifts all faults that last.</summary>
    public void LiftAll()
    {
        _rules.LiftAll();
        _passage.Open();
    }

    private IEnumerable<BayeuxSession> ClientsOf(ChatBackendSession? session) =>
        session is null ? _bayeux.Clients : session.Client is { } client ? [client] : [];

    private FaultRule Add(FaultEffect effect, int? count, Func<ChatBackendRequest, bool>? where)
    {
        ThrowIfNotPositive(count);
        return _rules.Add(effect, delay: default, count, where);
    }

    private static void ThrowIfNotPositive(int? count)
    {
        if (count is { } number)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(number, 1, nameof(count));
        }
    }
}
