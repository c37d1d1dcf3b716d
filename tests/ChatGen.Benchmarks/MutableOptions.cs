using System.Text.Json.Nodes;

namespace ChatGen.Benchmarks;

/// <summary>The options in the shape that System.Text.Json's generator reads fastest: a class with setters.</summary>
public sealed class MutableOptions
{
    public Uri? ServerUrl { get; set; }

    public string Username { get; set; } = "User";

    public string? Subject { get; set; }

    public JsonObject? UserData { get; set; }

    public double MaxOfflineDuration { get; set; } = 5;

    public bool DisableWebSockets { get; set; }
}
