using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace ChatGen;

/// <summary>Holds the sessions of visitors that live on this server: opens them, finds them again, and lets go of them.</summary>
/// <remarks>Thread-safe. For one visitor, one session is opened or brought back at a time.</remarks>
internal sealed partial class ChatSessionHost
{
    private readonly ConcurrentDictionary<string, LiveChat> _chats = new(StringComparer.Ordinal);
    private readonly Turns _turns = new();

    // Who opens a session is inside; the server stops when they are through.
    private readonly Admission _openings = new();
    private readonly IChatClient _client;
    private readonly IChatOwnership _ownership;
    private readonly ChatStateStorages _storages;
    private readonly SessionOpening _start;
    private readonly SessionOpening _restore;
    private readonly ChatGatewayOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly GatewayInstruments _instruments;
    private readonly ILogger _logger;

    public ChatSessionHost(
        IChatClient client,
        IChatOwnership ownership,
        ChatStateStorages storages,
        SessionOpening start,
        SessionOpening restore,
        ChatGatewayOptions options,
        TimeProvider timeProvider,
        GatewayInstruments instruments,
        ILogger logger)
    {
        _client = client;
        _ownership = ownership;
        _storages = storages;
        _start = start;
        _restore = restore;
        _options = options;
        _timeProvider = timeProvider;
        _instruments = instruments;
        _logger = logger;
    }

    /// <summary>Whether nothing is begun any more.</summary>
    public bool IsStopping => _openings.IsClosed;

    /// <summary>Sessions that are held.</summary>
    public int Count => _chats.Count;

    /// <summary>The sessions that are held at the moment.</summary>
    public IEnumerable<LiveChat> Chats => _chats.Values;

    /// <summary>Streams of events that are open.</summary>
    public int Streams => _chats.Values.Sum(chat => chat.Streams);

    /// <summary>Visitors for whom a session is being opened, or waits to be.</summary>
    public int Waiting => _turns.Count;

    /// <summary>What is known of a visitor's chat without touching it.</summary>
    /// <returns>The index of the last event that was seen; null if there is no chat.</returns>
    public async Task<int?> FindAsync(Visitor visitor, CancellationToken cancellationToken)
    {
        if (_chats.TryGetValue(visitor.Key, out LiveChat? chat) && chat.TryBeginRequest(visitor.Context))
        {
            try
            {
                return chat.IsActive ? chat.Session.LastIndex : null;
            }
            finally
            {
                chat.EndRequest();
            }
        }

        (IChatStateStorage storage, _) = _storages.Create(visitor, null);
        return (await ReadAsync(storage, cancellationToken).ConfigureAwait(false))?.LastIndex;
    }

    /// <summary>Starts a chat.</summary>
    /// <returns>The chat, with a request begun.</returns>
    /// <exception cref="ChatProblemException">There is one already, or there cannot be one now.</exception>
    public async Task<LiveChat> StartAsync(Visitor visitor, JsonObject body, CancellationToken cancellationToken)
    {
        (ChatSessionSetup setup, ChatCommand command) = _start.Read(visitor.Context, body);
        using Turns.Turn turn = await _turns.TakeAsync(visitor.Key, cancellationToken).ConfigureAwait(false);
        if (await FindUsableAsync(visitor, cancellationToken).ConfigureAwait(false) is { } known)
        {
            known.EndRequest();
            if (known.IsActive)
            {
                throw new ChatProblemException(ChatProblem.ChatExists);
            }

            await CloseAsync(known).ConfigureAwait(false);
        }

        bool isKnown = false;
        LiveChat chat = (await OpenAsync(visitor, command.Name, setup.MaxOfflineDuration, FindOrStartAsync, cancellationToken).ConfigureAwait(false))!;
        if (!isKnown)
        {
            return chat;
        }

        chat.EndRequest();
        throw new ChatProblemException(ChatProblem.ChatExists);

        async Task<ChatSessionCore?> FindOrStartAsync(ClaimedChatStateStorage storage)
        {
            // Until the claim was had, another server may have held a chat, or even started one.
            (ChatSessionSetup ownSetup, ChatCommand restore) = _restore.Read(visitor.Context, null);
            ChatSessionCore? stored = await RestoreAsync(ownSetup, restore, storage, cancellationToken).ConfigureAwait(false);
            if (stored is { IsActive: true })
            {
                isKnown = true;
                return stored;
            }

            if (stored is not null)
            {
                await stored.DisposeAsync().ConfigureAwait(false);
            }

            // Not cancelled: a chat that has been started must not be lost since the visitor has not waited.
            return await _client.StartAsync(setup with { StateStorage = storage }, command, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Finds a visitor's chat; brings it back if this server does not hold it.</summary>
    /// <param name="visitor">The visitor.</param>
    /// <param name="body">Options of the restore; null if the visitor gives none.</param>
    /// <param name="cancellationToken">Stops waiting for others; what has begun goes on.</param>
    /// <returns>The chat, with a request begun; null if there is none. It may have ended.</returns>
    /// <exception cref="ChatProblemException">It cannot be had now.</exception>
    public async Task<LiveChat?> ObtainAsync(Visitor visitor, JsonObject? body, CancellationToken cancellationToken)
    {
        if (_chats.TryGetValue(visitor.Key, out LiveChat? chat) && chat.TryBeginRequest(visitor.Context))
        {
            return chat;
        }

        using Turns.Turn turn = await _turns.TakeAsync(visitor.Key, cancellationToken).ConfigureAwait(false);
        return await FindUsableAsync(visitor, cancellationToken).ConfigureAwait(false)
            ?? await BringBackAsync(visitor, body, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets what is stored of a chat that cannot be brought back, since the visitor leaves it.</summary>
    public async Task ForgetAsync(Visitor visitor, CancellationToken cancellationToken)
    {
        using Turns.Turn turn = await _turns.TakeAsync(visitor.Key, cancellationToken).ConfigureAwait(false);
        (IChatStateStorage storage, _) = _storages.Create(visitor, null);
        await AtStorageAsync(async () => await storage.WriteAsync(null, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets go of a chat.</summary>
    public async Task CloseAsync(LiveChat chat)
    {
        try
        {
            if (await chat.CloseAsync(_options.DrainTimeout).ConfigureAwait(false))
            {
                _instruments.Released();
            }
        }
        finally
        {
            _chats.TryRemove(KeyValuePair.Create(chat.Key, chat));
        }
    }

    /// <summary>Lets go of the chats that nobody has used for a while, and of those that are over.</summary>
    public Task SweepAsync() => Task.WhenAll(_chats.Values
        .Where(chat => !chat.IsHeld || chat.IdleTime >= _options.IdleTimeout)
        .Select(CloseSafelyAsync));

    /// <summary>Begins nothing any more, and lets go of all chats.</summary>
    /// <param name="cancellationToken">Signalled when there is no time left; what is not let go of by then is left to the expiry of its claim.</param>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _openings.CloseAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        int count = _chats.Count;
        var bound = new ParallelOptions { MaxDegreeOfParallelism = _options.ShutdownConcurrency, CancellationToken = cancellationToken };
        try
        {
            await Parallel.ForEachAsync(_chats.Values, bound, async (chat, token) => await CloseSafelyAsync(chat).WaitAsync(token).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Log.NotReleased(_logger, _chats.Count);
        }

        Log.Stopped(_logger, count);
    }

    /// <summary>The chat that this server holds, with a request begun; null if it holds none, after it has let go of it altogether.</summary>
    private async Task<LiveChat?> FindUsableAsync(Visitor visitor, CancellationToken cancellationToken)
    {
        while (_chats.TryGetValue(visitor.Key, out LiveChat? chat))
        {
            if (chat.TryBeginRequest(visitor.Context))
            {
                return chat;
            }

            await CloseAsync(chat).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>Restores the session whose state is stored. The turn is the caller's.</summary>
    private async Task<LiveChat?> BringBackAsync(Visitor visitor, JsonObject? body, CancellationToken cancellationToken)
    {
        (ChatSessionSetup setup, ChatCommand command) = _restore.Read(visitor.Context, body);

        // Who has no chat costs no claim.
        (IChatStateStorage stored, _) = _storages.Create(visitor, setup.MaxOfflineDuration);
        return await ReadAsync(stored, cancellationToken).ConfigureAwait(false) is null
            ? null
            : await OpenAsync(visitor, command.Name, setup.MaxOfflineDuration, storage => RestoreAsync(setup, command, storage, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Restores the session whose state is stored; null if there is none any more. The claim is the caller's.</summary>
    private async Task<ChatSessionCore?> RestoreAsync(ChatSessionSetup setup, ChatCommand command, ClaimedChatStateStorage storage, CancellationToken cancellationToken)
    {
        if (await ReadAsync(storage, cancellationToken).ConfigureAwait(false) is null)
        {
            return null;
        }

        try
        {
            // Not cancelled: what has begun is there when the visitor comes again.
            ChatSessionCore? session = await _client.RestoreAsync(setup with { StateStorage = storage }, command, CancellationToken.None).ConfigureAwait(false);
            _instruments.Restored(session is null ? "nothing" : "restored");
            return session;
        }
        catch (ChatException exception)
        {
            _instruments.Restored(exception.Recovery == ChatRecovery.Ended ? "ended" : "failed");
            if (exception.Recovery == ChatRecovery.Ended)
            {
                return null;
            }

            throw;
        }
    }

    /// <summary>Opens a session that this server then holds, with a request begun; null if there is none to open.</summary>
    private async Task<LiveChat?> OpenAsync(
        Visitor visitor, string operation, TimeSpan? maxOfflineDuration, Func<ClaimedChatStateStorage, Task<ChatSessionCore?>> open, CancellationToken cancellationToken)
    {
        if (!_openings.TryEnter())
        {
            throw new ChatProblemException(ChatProblem.Stopping);
        }

        try
        {
            if (_chats.Count >= _options.MaxSessions)
            {
                _instruments.Refused("full");
                throw new ChatProblemException(ChatProblem.Busy);
            }

            IChatClaim claim = await ClaimAsync(visitor.Key, operation, cancellationToken).ConfigureAwait(false);
            ChatSessionCore? session = null;
            try
            {
                (IChatStateStorage inner, CookieChatStateStorage? cookie) = _storages.Create(visitor, maxOfflineDuration);
                var storage = new ClaimedChatStateStorage(inner, claim, _logger);
                session = await open(storage).ConfigureAwait(false);
                if (session is null)
                {
                    await claim.DisposeAsync().ConfigureAwait(false);
                    return null;
                }

                return Hold(new LiveChat(session, claim, storage, cookie, _timeProvider), visitor);
            }
            catch
            {
                if (session is not null)
                {
                    await session.DisposeAsync().ConfigureAwait(false);
                }

                await claim.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
        finally
        {
            _openings.Leave();
        }
    }

    private async Task<IChatClaim> ClaimAsync(string key, string operation, CancellationToken cancellationToken)
    {
        try
        {
            if (await _ownership.ClaimAsync(key, cancellationToken).ConfigureAwait(false) is { } claim)
            {
                return claim;
            }

            _instruments.Refused("held");
            Log.ClaimRefused(_logger, operation);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // What keeps the claims of a farm may be down for a while.
            _instruments.Refused("failed");
            Log.ClaimFailed(_logger, operation, exception);
        }

        throw new ChatProblemException(ChatProblem.Busy);
    }

    private async Task<ChatSessionState?> ReadAsync(IChatStateStorage storage, CancellationToken cancellationToken)
    {
        ChatSessionState? state = null;
        await AtStorageAsync(async () => state = await storage.ReadAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return state;
    }

    /// <summary>Does something at a storage. What it has to say of itself is for the log; the visitor is to try again.</summary>
    private async Task AtStorageAsync(Func<Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await act().ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.StorageFailed(_logger, exception);
            throw new ChatProblemException(ChatProblem.Busy);
        }
    }

    private LiveChat Hold(LiveChat chat, Visitor visitor)
    {
        if (!chat.TryBeginRequest(visitor.Context))
        {
            throw new ChatProblemException(ChatProblem.Busy);
        }

        _chats[chat.Key] = chat;
        _instruments.Held();

        // Another thread: whoever revokes is not to wait, and it may be revoked already.
        chat.Revoked.UnsafeRegister(_ => Task.Run(() => CloseSafelyAsync(chat)), null);
        return chat;
    }

    private async Task CloseSafelyAsync(LiveChat chat)
    {
        try
        {
            await CloseAsync(chat).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // An ownership or a storage of somebody else's; the other chats must be let go of all the same.
            Log.CloseFailed(_logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(100, LogLevel.Warning, "A session could not be claimed for {Operation}: another server holds it and has not let go of it in time.")]
        public static partial void ClaimRefused(ILogger logger, string operation);

        [LoggerMessage(106, LogLevel.Error, "A session could not be claimed for {Operation}.")]
        public static partial void ClaimFailed(ILogger logger, string operation, Exception exception);

        [LoggerMessage(108, LogLevel.Error, "The stored state of a session could not be read or cleared.")]
        public static partial void StorageFailed(ILogger logger, Exception exception);

        [LoggerMessage(101, LogLevel.Error, "A session could not be let go of in order.")]
        public static partial void CloseFailed(ILogger logger, Exception exception);

        [LoggerMessage(102, LogLevel.Information, "The server stops; {Count} sessions were let go of and can be restored.")]
        public static partial void Stopped(ILogger logger, int count);

        [LoggerMessage(103, LogLevel.Warning, "The server stops and has no time left for {Count} sessions.")]
        public static partial void NotReleased(ILogger logger, int count);
    }
}
