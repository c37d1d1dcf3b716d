using System.Runtime.CompilerServices;

namespace ChatGen;

/// <summary>A chat session. The generated session derives from it and adds a method for each command and event of the schema.</summary>
/// <remarks>
/// Thread-safe. Events are memorised: whoever subscribes gets those that came before, in order, and then the live ones. Disposing a session is
/// what leaving the page is in a browser: the chat lives on at the backend and can be restored for a while. Events that came before the
/// disposal are still handed to those who have subscribed.
/// </remarks>
public abstract class ChatSessionCore : IAsyncDisposable
{
    private readonly LiveSession _session;

    /// <summary>Makes a session.</summary>
    /// <param name="context">What the client handed to <see cref="ChatClientCore{TSession}.CreateSession"/>.</param>
    protected ChatSessionCore(ChatSessionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _session = context.Session;
    }

    /// <summary>Whether commands can be sent: <see langword="false"/> once the session has ended, is being left or is disposed.</summary>
    public bool IsActive => _session.IsActive;

    /// <summary>Index of the last event of the session's history that was seen; 0 if none was.</summary>
    public int LastIndex => _session.LastIndex ?? 0;

    /// <summary>Subscribes to the events of one type, those that came before included. <see cref="ChatEvent"/> itself stands for all of them.</summary>
    /// <typeparam name="TEvent">The event's type.</typeparam>
    /// <param name="handler">
    /// Called with one event at a time, in order, in the <see cref="SynchronizationContext"/> of the caller of this method if there is one
    /// and else on a thread of the pool. It may take its time: other subscriptions do not wait for it. What it throws is logged.
    /// </param>
    /// <returns>Disposing it stops the calls; one that is under way still finishes.</returns>
    public IDisposable On<TEvent>(Action<TEvent> handler)
        where TEvent : ChatEvent
    {
        ArgumentNullException.ThrowIfNull(handler);
        var subscription = new ChatEventSubscription(
            _session.Events,
            chatEvent =>
            {
                if (chatEvent is TEvent wanted)
                {
                    handler(wanted);
                }
            },
            _session.Logger);
        _session.Events.Add(subscription);
        return subscription;
    }

    /// <summary>Reads all events, those that came before included. It ends after the session has ended or was disposed.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="OperationCanceledException">Reading was stopped.</exception>
    public async IAsyncEnumerable<ChatEvent> ReadEventsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        int position = 0;
        while (await _session.Events.WaitAsync(position, cancellationToken).ConfigureAwait(false))
        {
            while (_session.Events.TryRead(position, out ChatEvent? chatEvent))
            {
                cancellationToken.ThrowIfCancellationRequested();
                position++;
                yield return chatEvent;
            }
        }
    }

    /// <summary>Leaves the page: the state is stored for the last time and the transport is closed; the backend is told nothing. Calling it again does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    /// <summary>Carries out a command of a schema that the code at hand does not know.</summary>
    /// <param name="definition">One of <see cref="ChatProtocol.Commands"/>.</param>
    /// <param name="utf8Json">The options as one JSON object; not read if the command has none.</param>
    /// <param name="cancellationToken">Stops waiting; the backend may have received the command all the same.</param>
    /// <returns>The generated result record; <see langword="null"/> for a command that has none, or that ends the session.</returns>
    /// <exception cref="ChatValidationException">The options break the schema; nothing was sent.</exception>
    /// <exception cref="ChatException">The command failed, or the session is over.</exception>
    public async Task<object?> ExecuteAsync(ChatCommandDefinition definition, ReadOnlyMemory<byte> utf8Json, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (!definition.TryRead(utf8Json.Span, out ChatCommand? command, out ChatValidationResult result))
        {
            throw new ChatValidationException(result.Failures);
        }

        if (definition.IsLeave)
        {
            await _session.LeaveAsync(command, definition.EntriesOf, cancellationToken).ConfigureAwait(false);
            return null;
        }

        return await _session.ExecuteAsync(command, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Carries out a command without a result.</summary>
    /// <param name="command">The command with its options.</param>
    /// <param name="validation">What came of checking the options.</param>
    /// <param name="cancellationToken">Stops waiting; the backend may have received the command all the same.</param>
    /// <exception cref="ChatValidationException">The options break the schema; nothing was sent.</exception>
    /// <exception cref="ChatException">
    /// The command failed, or the session is over. If the error's <see cref="ChatException.Recovery"/> is <see cref="ChatRecovery.Ended"/> and
    /// the transcript does not show the contrary, the session ends.
    /// </exception>
    protected async Task ExecuteAsync(ChatCommand command, ChatValidationResult validation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        validation.ThrowIfInvalid();
        await _session.ExecuteAsync(command, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Carries out a command with a result.</summary>
    /// <typeparam name="TResult">The generated result record.</typeparam>
    /// <inheritdoc cref="ExecuteAsync(ChatCommand, ChatValidationResult, CancellationToken)"/>
    protected async Task<TResult> ExecuteAsync<TResult>(ChatCommand command, ChatValidationResult validation, CancellationToken cancellationToken)
        where TResult : class
    {
        ArgumentNullException.ThrowIfNull(command);
        validation.ThrowIfInvalid();
        object? result = await _session.ExecuteAsync(command, cancellationToken).ConfigureAwait(false);
        return result as TResult
            ?? throw _session.Protocol.LibraryError($"The transport answered '{command.Name}' with {result?.GetType().Name ?? "nothing"} instead of {typeof(TResult).Name}.");
    }

    /// <summary>Ends the session: its stored state is cleared, the backend is told, what the answer still brings is delivered, then the event that the session has ended.</summary>
    /// <param name="leave">The leave command.</param>
    /// <param name="entriesOf">Takes the history's rest out of the result record; <see langword="null"/> if the schema has none.</param>
    /// <param name="cancellationToken">Stops waiting. The session is over on this side all the same, and so it is if the backend cannot be told.</param>
    /// <exception cref="ChatException">The backend could not be told, or the session was over already.</exception>
    protected Task ExecuteLeaveAsync(ChatCommand leave, Func<object, IReadOnlyList<ChatEvent>?>? entriesOf, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(leave);
        return _session.LeaveAsync(leave, entriesOf, cancellationToken);
    }
}
