namespace ChatGen;

/// <summary>The cookie of a <see cref="CookieChatStateStorage"/>.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record CookieChatStateOptions
{
    /// <summary>Name of the cookie. Default: <c>.ChatGen.State</c>.</summary>
    public string Name { get; init; } = ".ChatGen.State";

    /// <summary>Below which path browsers send the cookie. Default: <c>/</c>.</summary>
    public string Path { get; init; } = "/";

    /// <summary>How long the cookie lives after the response that has set it; zero: nothing is kept. Default: 5 s. Specification: option <c>maxOfflineDuration</c>.</summary>
    public TimeSpan MaxOfflineDuration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What the cookie is for: one that was made for another purpose, such as another visitor, is not read. Default: none.</summary>
    public string Purpose { get; init; } = "";
}
