using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;

namespace ChatGen.Benchmarks;

/// <summary>The options as System.Text.Json's generator, DataAnnotations and FluentValidation want them.</summary>
public sealed class PlainOptions
{
    [Required]
    [RegularExpression("^https?://.*")]
    public Uri? ServerUrl { get; set; }

    public string Username { get; set; } = "User";

    public string? Subject { get; set; }

    public JsonObject? UserData { get; set; }

    [Range(0, double.MaxValue)]
    public double MaxOfflineDuration { get; set; } = 5;

    public bool DisableWebSockets { get; set; }
}
