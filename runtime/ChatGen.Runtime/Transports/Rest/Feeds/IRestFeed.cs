namespace ChatGen;

/// <summary>Brings events from the backend.</summary>
internal interface IRestFeed
{
    /// <summary>The pause before the next run when the last one went well.</summary>
    TimeSpan Pause { get; }

    /// <summary>Whether a run that failed has lost something that has to be asked for.</summary>
    bool LosesEvents { get; }

    /// <summary>Brings events: one request's, or for as long as a socket lives.</summary>
    /// <param name="up">Called as soon as it is certain that events can come.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    Task<RestFeedResult> RunAsync(Action up, CancellationToken cancellationToken);
}
