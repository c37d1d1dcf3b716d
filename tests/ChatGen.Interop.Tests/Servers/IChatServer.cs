namespace ChatGen.Interop.Tests.Servers;

/// <summary>A chat backend that the scenarios run against.</summary>
internal interface IChatServer : IAsyncDisposable
{
    /// <summary>Address of its CometD backend.</summary>
    Uri CometDUrl { get; }

    /// <summary>What it has seen so far.</summary>
    Task<ChatServerStats> ReadStatsAsync(CancellationToken cancellationToken);

    /// <summary>Drops every connection, and returns when the server has forgotten its Bayeux clients and can be reached again. The chat sessions go on.</summary>
    /// <param name="said">What the agent says meanwhile in every session.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task SufferOutageAsync(string said, CancellationToken cancellationToken);
}
