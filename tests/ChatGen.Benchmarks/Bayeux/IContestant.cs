namespace ChatGen.Benchmarks.Bayeux;

/// <summary>A client that takes part, within the process of its own.</summary>
internal interface IContestant : IAsyncDisposable
{
    /// <summary>Connects, and subscribes to a channel of its own for <see cref="EchoAsync"/>.</summary>
    Task ConnectAsync(bool prepareEcho);

    /// <summary>Publishes to its own channel and waits until the event is back.</summary>
    Task EchoAsync();

    /// <summary>Lets the server publish messages, and waits until all have arrived.</summary>
    Task StreamAsync(int count);

    /// <summary>Publishes messages without waiting for one before the next; the result is how many were acknowledged.</summary>
    /// <param name="count">How many.</param>
    /// <param name="batched">Whether the contestant is told that they belong together.</param>
    Task<int> PublishAsync(int count, bool batched);
}
