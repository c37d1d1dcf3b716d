namespace ChatGen.Ownership;

/// <content>How the node comes by its leases, and how its sessions move from one to the next.</content>
internal sealed partial class NodeOwnership
{
    private async Task RunAsync()
    {
        IAsyncDisposable? hints = null;
        while (!Volatile.Read(ref _stopped))
        {
            try
            {
                await RenewAsync().ConfigureAwait(false);
                await ForgetFormerLeasesAsync().ConfigureAwait(false);

                // Last, since without hints all goes well, if later.
                hints ??= await BoundedAsync(_store.ListenAsync(_node, _wake.Set)).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                // Whatever it was, the lease has to be renewed again.
                Log.StoreFailed(_logger, exception);
            }

            // Spread, so that nodes that start together do not renew together for ever.
            await _wake.WaitAsync(_timing.Renewal * (0.8 + (0.2 * NextDouble()))).ConfigureAwait(false);
        }

        if (hints is not null)
        {
            await hints.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task RenewAsync()
    {
        NodeLease? lease = Volatile.Read(ref _lease);
        if (lease is not null && lease.IsValid && !lease.IsEnding)
        {
            long askedAt = _timeProvider.GetTimestamp();
            RenewalAnswer answer = await BoundedAsync(_store.RenewAsync(lease.Epoch, lease.Owner, _timing.Lease)).ConfigureAwait(false);
            if (answer.Status == LeaseStatus.Renewed && lease.Extend(askedAt))
            {
                foreach (OwnedSession session in answer.Wanted)
                {
                    OnWanted(lease, session);
                }

                await MoveSessionsAsync(lease).ConfigureAwait(false);
                await KeepEntriesAsync(lease).ConfigureAwait(false);
                return;
            }

            if (answer.Status == LeaseStatus.Over)
            {
                // Nobody but the store knows since when: others may hold its sessions already.
                Log.LeaseOver(_logger);
                lease.Invalidate();
                RevokeAll(lease);
            }
        }

        if (lease is not null && !lease.IsValid)
        {
            RevokeAll(lease);
        }

        await RegisterAsync().ConfigureAwait(false);
    }

    /// <summary>Begins another lease. Sessions under a lease that the store has forgotten move on to it, as long as that lease is valid for this node.</summary>
    private async Task RegisterAsync()
    {
        string owner = $"{_node}.{++_leases}";
        long askedAt = _timeProvider.GetTimestamp();
        string epoch = await BoundedAsync(_store.RegisterAsync(owner, _timing.Lease)).ConfigureAwait(false);
        var lease = new NodeLease(owner, epoch, askedAt, _timing, _timeProvider, OnEnding);
        if (_lease is { } former)
        {
            _former.Add(former);
        }

        lock (_gate)
        {
            _rebinding = _lease is { IsValid: true } previous && previous.Epoch != epoch;
            Volatile.Write(ref _lease, lease);
        }

        Log.Registered(_logger);
        await MoveSessionsAsync(lease).ConfigureAwait(false);
    }

    /// <summary>What has lapsed for this node, but perhaps not for the store, is let go of there too, so that nobody waits for it.</summary>
    private async Task ForgetFormerLeasesAsync()
    {
        foreach (NodeLease lapsed in _former.Where(lease => !lease.IsValid).ToArray())
        {
            await BoundedAsync(_store.UnregisterAsync(lapsed.Owner, _timing.Lease)).ConfigureAwait(false);
            lapsed.Dispose();
            _former.Remove(lapsed);
        }
    }

    private async Task MoveSessionsAsync(NodeLease lease)
    {
        if (!_rebinding)
        {
            return;
        }

        SessionClaim[] left = Claims(claim => claim.Lease is { } previous && previous != lease && previous.Epoch != lease.Epoch && claim.IsHeld);
        foreach (IGrouping<NodeLease, SessionClaim> group in left.GroupBy(claim => claim.Lease))
        {
            foreach (SessionClaim[] batch in group.Chunk(RebindBatch))
            {
                long askedAt = _timeProvider.GetTimestamp();
                IReadOnlyList<bool>? bound = await BoundedAsync(_store.RebindAsync(
                    lease.Epoch, group.Key.Owner, lease.Owner, [.. batch.Select(claim => claim.Session)], evenIfForgotten: true, _timing.Lease, _timing.EntryLifetime)).ConfigureAwait(false);
                if (bound is null)
                {
                    return;
                }

                for (int i = 0; i < batch.Length; i++)
                {
                    // Only what is confirmed while the old lease is valid was confirmed before the store grants anything anew.
                    if (bound[i] && group.Key.IsValid)
                    {
                        await BindAsync(batch[i], lease, askedAt).ConfigureAwait(false);
                    }
                    else
                    {
                        Lose(batch[i]);
                    }
                }
            }
        }

        _rebinding = false;
        Log.Moved(_logger, left.Length);
    }

    private async Task BindAsync(SessionClaim claim, NodeLease lease, long askedAt)
    {
        claim.Bind(lease, askedAt);
        if (!claim.IsHeld)
        {
            // It was disposed of while the store was asked, and freed under the lease before.
            await ReleaseAsync(lease.Owner, claim.Session).ConfigureAwait(false);
        }
    }

    private async Task KeepEntriesAsync(NodeLease lease)
    {
        SessionClaim[] aged = Claims(claim => claim.Lease == lease && claim.IsAged && claim.IsHeld);
        foreach (SessionClaim[] batch in aged.Chunk(RebindBatch))
        {
            long askedAt = _timeProvider.GetTimestamp();
            IReadOnlyList<bool>? kept = await BoundedAsync(_store.RebindAsync(
                lease.Epoch, lease.Owner, lease.Owner, [.. batch.Select(claim => claim.Session)], evenIfForgotten: false, _timing.Lease, _timing.EntryLifetime)).ConfigureAwait(false);
            for (int i = 0; i < batch.Length && kept is not null; i++)
            {
                if (kept[i])
                {
                    await BindAsync(batch[i], lease, askedAt).ConfigureAwait(false);
                }
                else
                {
                    Lose(batch[i]);
                }
            }
        }
    }
}
