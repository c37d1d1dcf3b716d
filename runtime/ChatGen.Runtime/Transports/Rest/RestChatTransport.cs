namespace ChatGen;

/// <summary>
/// Carries a chat session over an HTTP API, as the schema's mapping says: calls go out as requests; events are polled for, or come over a
/// WebSocket or a Bayeux channel. Schema: <c>x-chat.transports.rest</c>.
/// </summary>
/// <remarks>
/// Thread-safe; one session at a time. Only requests that the schema calls idempotent are sent again. When events cannot be had any more, the
/// event of an interrupted connection is raised, and pauses double up to 30 s until they can; a backend's <c>Retry-After</c> of up to
/// 5 minutes is kept to. It stops when the session has ended, when the backend says that there is no such session, and on <see cref="CloseAsync"/>.
/// </remarks>
public class RestChatTransport : IChatTransport, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly IRestApi _api;
    private readonly ChatProtocol _protocol;
    private readonly RestMapping _mapping;
    private readonly CometDChatTransportOptions _cometD;
    private RestConnection? _connection;

    /// <summary>Makes a transport. Nothing is sent yet.</summary>
    /// <param name="api">The API, with the backend's address.</param>
    /// <param name="protocol">What the schema says.</param>
    /// <param name="cometD">How to connect to a backend whose events come over Bayeux; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">The schema does not say how the chat looks over HTTP.</exception>
    public RestChatTransport(IRestApi api, ChatProtocol protocol, CometDChatTransportOptions? cometD = null)
    {
        ArgumentNullException.ThrowIfNull(api);
        ArgumentNullException.ThrowIfNull(protocol);
        _api = api;
        _protocol = protocol;
        _mapping = protocol.Rest ?? throw new ArgumentException($"The schema '{protocol.SchemaId}' does not say how the chat looks over HTTP.", nameof(protocol));
        _cometD = cometD ?? new CometDChatTransportOptions();
    }

    /// <inheritdoc/>
    public Task InitializeAsync(IChatTransportHost host, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(host);
        lock (_gate)
        {
            if (_connection is not null)
            {
                throw _protocol.LibraryError("The REST transport carries a session already; give each session a transport of its own.");
            }

            _connection = new RestConnection(_api, _mapping, host, _cometD);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<ChatSessionState> StartSessionAsync(ChatCommand start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        return Connected().StartAsync(start, cancellationToken);
    }

    /// <inheritdoc/>
    public Task RestoreSessionAsync(ChatCommand restore, ChatSessionState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(restore);
        ArgumentNullException.ThrowIfNull(state);
        return Connected().RestoreAsync(restore, state, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<object?> SendAsync(ChatCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        return Connected().SendAsync(command, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask CloseAsync()
    {
        RestConnection? connection;
        lock (_gate)
        {
            connection = _connection;
            _connection = null;
        }

        if (connection is not null)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Closes it. The API is the caller's.</summary>
    public async ValueTask DisposeAsync()
    {
        await DisposeCoreAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="DisposeAsync"/>
    protected virtual ValueTask DisposeCoreAsync() => CloseAsync();

    private RestConnection Connected()
    {
        lock (_gate)
        {
            return _connection ?? throw _protocol.LibraryError("The REST transport is closed.");
        }
    }
}
