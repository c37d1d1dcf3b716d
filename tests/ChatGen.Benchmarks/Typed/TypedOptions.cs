using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace ChatGen.Benchmarks.Typed;

/// <summary>The options of <c>typed.chat.json</c> as one would write them for System.Text.Json's generator.</summary>
public sealed partial record TypedOptions
{
    public Uri? ServerUrl { get; init; }

    public string Username { get; init; } = "User";

    public string? Subject { get; init; }

    public double MaxOfflineDuration { get; init; } = 5;

    public bool DisableWebSockets { get; init; }

    public required TypedTeam Queue { get; init; }

    public int Priority { get; init; } = 3;

    public required TypedVisitor Visitor { get; init; }

    /// <summary>The rules by hand.</summary>
    public bool IsValid() =>
        ServerUrl is { IsAbsoluteUri: true } url
        && (url.OriginalString.StartsWith("http://", StringComparison.Ordinal) || url.OriginalString.StartsWith("https://", StringComparison.Ordinal))
        && MaxOfflineDuration >= 0
        && Subject is null or { Length: <= 64 }
        && Queue is >= TypedTeam.Sales and <= TypedTeam.Billing
        && Priority is >= 1 and <= 5
        && Visitor is { FirstName.Length: > 0, LastName.Length: > 0 }
        && (Visitor.Phone is null || Phone().IsMatch(Visitor.Phone));

    [GeneratedRegex(@"^\+?[0-9]{6,15}\z")]
    private static partial Regex Phone();
}

/// <summary>Who asks.</summary>
public sealed record TypedVisitor
{
    public required string FirstName { get; init; }

    public required string LastName { get; init; }

    public string? Phone { get; init; }
}

/// <summary>Whom to ask.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TypedTeam>))]
public enum TypedTeam
{
    [JsonStringEnumMemberName("sales")]
    Sales,

    [JsonStringEnumMemberName("support")]
    Support,

    [JsonStringEnumMemberName("billing")]
    Billing,
}
