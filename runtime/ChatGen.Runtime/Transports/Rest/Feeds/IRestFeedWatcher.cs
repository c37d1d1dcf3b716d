namespace ChatGen;

/// <summary>Is told how a feed is.</summary>
internal interface IRestFeedWatcher
{
    /// <summary>Events can come. Called before any are delivered.</summary>
    void OnUp();

    /// <summary>No events can come for now; the feed itself sees to it.</summary>
    void OnDown();

    /// <summary>A socket is open again: asks for what was missed meanwhile.</summary>
    Task CatchUpAsync(CancellationToken cancellationToken);
}
