using System.Text.Json.Nodes;

namespace ChatGen.Differential.Records;

/// <summary>The schema of a member, and values that were made for it, most of them valid.</summary>
internal sealed record RandomMember(JsonObject Schema, Func<Random, JsonNode?> Value);
