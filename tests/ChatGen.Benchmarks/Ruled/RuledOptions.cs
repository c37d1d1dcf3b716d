using ChatGen.Benchmarks.Typed;

namespace ChatGen.Benchmarks.Ruled;

/// <summary>The options of <c>ruled.chat.json</c> as one would write them for System.Text.Json's generator.</summary>
public sealed record RuledOptions
{
    private const int MaxTags = 8;
    private const int MaxTag = 20;
    private const int MaxLimits = 4;
    private const int MaxLimit = 100;

    public Uri? ServerUrl { get; init; }

    public string Username { get; init; } = "User";

    public string? Subject { get; init; }

    public double MaxOfflineDuration { get; init; } = 5;

    public bool DisableWebSockets { get; init; }

    public required TypedTeam Queue { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public Dictionary<string, int>? Limits { get; init; }

    public string? Phone { get; init; }

    public string? Email { get; init; }

    /// <summary>The rules by hand.</summary>
    public bool IsValid() =>
        ServerUrl is { IsAbsoluteUri: true } url
        && (url.OriginalString.StartsWith("http://", StringComparison.Ordinal) || url.OriginalString.StartsWith("https://", StringComparison.Ordinal))
        && MaxOfflineDuration >= 0
        && Queue is >= TypedTeam.Sales and <= TypedTeam.Billing
        && (Tags is null || (Tags.Count <= MaxTags && Tags.All(static tag => tag.Length is > 0 and <= MaxTag) && Tags.Distinct(StringComparer.Ordinal).Count() == Tags.Count))
        && (Limits is null || (Limits.Count <= MaxLimits && Limits.Values.All(static limit => limit <= MaxLimit)))
        && Phone is null != Email is null
        && Email?.Contains('@', StringComparison.Ordinal) != false;
}
