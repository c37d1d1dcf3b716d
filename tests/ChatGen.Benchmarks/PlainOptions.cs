using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;

namespace ChatGen.Benchmarks;

/// <summary>The options as one would write them for System.Text.Json's generator, DataAnnotations and FluentValidation: a record like the generated one, with their attributes.</summary>
public sealed record PlainOptions
{
    [Required]
    [RegularExpression("^https?://.*")]
    public Uri? ServerUrl { get; init; }

    public string Username { get; init; } = "User";

    public string? Subject { get; init; }

    public JsonObject? UserData { get; init; }

    [Range(0, double.MaxValue)]
    public double MaxOfflineDuration { get; init; } = 5;

    public bool DisableWebSockets { get; init; }

    /// <summary>The rules by hand.</summary>
    public bool IsValid() =>
        ServerUrl is { IsAbsoluteUri: true } url
        && (url.OriginalString.StartsWith("http://", StringComparison.Ordinal) || url.OriginalString.StartsWith("https://", StringComparison.Ordinal))
        && MaxOfflineDuration >= 0;
}
