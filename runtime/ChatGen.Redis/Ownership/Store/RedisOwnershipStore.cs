using System.Globalization;
using StackExchange.Redis;

namespace ChatGen.Ownership;

/// <summary>Leases and owners in Redis, by scripts.</summary>
internal sealed class RedisOwnershipStore : IOwnershipStore
{
    private readonly IDatabase _database;
    private readonly ISubscriber _subscriber;
    private readonly string _prefix;
    private readonly RedisKey _epoch;
    private readonly RedisKey _quarantine;
    private readonly RedisKey _number;

    public RedisOwnershipStore(IConnectionMultiplexer connection, string prefix)
    {
        _database = connection.GetDatabase();
        _subscriber = connection.GetSubscriber();
        _prefix = $"{{{prefix}}}:";
        _epoch = _prefix + "epoch";
        _quarantine = _prefix + "quarantine";
        _number = _prefix + "number";
    }

    public async Task<string> RegisterAsync(string owner, TimeSpan lease)
    {
        RedisResult epoch = await RunAsync(RedisScripts.Register, [_epoch, _quarantine, LeaseOf(owner)], [Milliseconds(lease)]).ConfigureAwait(false);
        return (string?)epoch ?? throw Unexpected();
    }

    public async Task<RenewalAnswer> RenewAsync(string epoch, string owner, TimeSpan lease)
    {
        string[] answer = Texts(await RunAsync(RedisScripts.Renew, [_epoch, _quarantine, LeaseOf(owner), InboxOf(owner)], [Milliseconds(lease), epoch]).ConfigureAwait(false));
        return answer[0] switch
        {
            "renewed" => new RenewalAnswer(LeaseStatus.Renewed, [.. answer.Skip(1).Select(ReadWish)]),
            "over" => new RenewalAnswer(LeaseStatus.Over, []),
            "forgotten" => new RenewalAnswer(LeaseStatus.Forgotten, []),
            _ => throw Unexpected(),
        };
    }

    public async Task UnregisterAsync(string owner, TimeSpan lease) =>
        await RunAsync(RedisScripts.Unregister, [_epoch, _quarantine, LeaseOf(owner), InboxOf(owner)], [Milliseconds(lease)]).ConfigureAwait(false);

    public async Task<ClaimAnswer> ClaimAsync(string epoch, string owner, string key, TimeSpan lease, TimeSpan entryLifetime)
    {
        string[] answer = Texts(await RunAsync(
            RedisScripts.Claim,
            [_epoch, _quarantine, LeaseOf(owner), EntryOf(key), _number],
            [Milliseconds(lease), epoch, owner, key, Milliseconds(entryLifetime), _prefix]).ConfigureAwait(false));
        return answer[0] switch
        {
            "granted" => new ClaimAnswer(ClaimStatus.Granted, long.Parse(answer[1], CultureInfo.InvariantCulture)),
            "held" => new ClaimAnswer(ClaimStatus.Held),
            "quarantined" => new ClaimAnswer(ClaimStatus.Quarantined),
            "withoutLease" => new ClaimAnswer(ClaimStatus.WithoutLease),
            _ => throw Unexpected(),
        };
    }

    public async Task<IReadOnlyList<bool>?> RebindAsync(string epoch, string previous, string owner, IReadOnlyList<OwnedSession> entries, bool evenIfForgotten, TimeSpan lease, TimeSpan entryLifetime)
    {
        RedisResult answer = await RunAsync(
            RedisScripts.Rebind,
            [_epoch, _quarantine, LeaseOf(owner), .. entries.Select(session => EntryOf(session.Key))],
            [Milliseconds(lease), epoch, previous, owner, Milliseconds(entryLifetime), evenIfForgotten ? "1" : "0", .. entries.Select(session => (RedisValue)session.Number)]).ConfigureAwait(false);
        return answer.IsNull ? null : [.. ((long[]?)answer ?? []).Select(bound => bound == 1)];
    }

    public async Task ReleaseAsync(string owner, OwnedSession session) =>
        await RunAsync(RedisScripts.Release, [EntryOf(session.Key)], [string.Create(CultureInfo.InvariantCulture, $"{owner}|{session.Number}")]).ConfigureAwait(false);

    public async Task<IAsyncDisposable> ListenAsync(string node, Action hint)
    {
        var channel = RedisChannel.Literal($"{_prefix}hints:{node}");
        ChannelMessageQueue queue = await ReachAsync(_subscriber.SubscribeAsync(channel)).ConfigureAwait(false);
        queue.OnMessage(_ => hint());
        return new RedisHints(queue);
    }

    private static OwnedSession ReadWish(string wish)
    {
        int bar = wish.IndexOf('|', StringComparison.Ordinal);
        return new OwnedSession(wish[(bar + 1)..], long.Parse(wish.AsSpan(0, bar), CultureInfo.InvariantCulture));
    }

    private static RedisValue Milliseconds(TimeSpan duration) => (long)duration.TotalMilliseconds;

    private static string[] Texts(RedisResult answer) => (string[]?)answer is { Length: > 0 } texts ? texts : throw Unexpected();

    private static OwnershipStoreException Unexpected() => new("Redis' answer is not that of the script.");

    private static async Task<T> ReachAsync<T>(Task<T> task)
    {
        try
        {
            return await task.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RedisException or RedisCommandException or TimeoutException or ObjectDisposedException or OperationCanceledException)
        {
            throw new OwnershipStoreException("Redis did not do what it was asked.", exception);
        }
    }

    private RedisKey LeaseOf(string owner) => $"{_prefix}lease:{owner}";

    private RedisKey InboxOf(string owner) => $"{_prefix}inbox:{owner}";

    private RedisKey EntryOf(string key) => $"{_prefix}session:{key}";

    private Task<RedisResult> RunAsync(string script, RedisKey[] keys, RedisValue[] values) => ReachAsync(_database.ScriptEvaluateAsync(script, keys, values, CommandFlags.DemandMaster));
}
