namespace ChatGen;

/// <summary>Brings events from the backend.</summary>
internal interface IRestFeed
{
    /// <summary>The pause before the next run when the last one went well.</summary>
    TimeSpan Pause { get; }

    /// <summary>Whether a run that failed has lost something that has to be asked for.</summary>
    bool LosesEvents { get; }

    /// <summary>Makes ready for what brings the session back after a loss.</summary>
    /// <returns>What went wrong; <see langword="null"/> if nothing did.</returns>
    Task<ChatException?> PrepareAsync(CancellationToken cancellationToken) => Task.FromResult<ChatException?>(null);

    /// <summary>Brings events: one request's, or for as long as a socket lives.</summary>
    /// <param name="watcher">Is told how the feed is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    Task<RestFeedResult> RunAsync(IRestFeedWatcher watcher, CancellationToken cancellationToken);
}
