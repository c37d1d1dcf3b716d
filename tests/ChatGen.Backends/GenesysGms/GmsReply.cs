using System.Text.Json.Nodes;

namespace ChatGen.Backends.GenesysGms;

/// <summary>What GMS has to say to an operation.</summary>
/// <param name="Fields">The fields of the reply.</param>
internal sealed record GmsReply(JsonObject Fields)
{
    /// <summary>The file that is sent instead; <see langword="null"/> if there is none.</summary>
    public EmulatedFile? File { get; init; }

    /// <summary>To call when the reply was sent as it is.</summary>
    public Action? OnSent { get; init; }
}
