using ChatGen.Generator.Documents;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>Where a reference leads: to a node, by an anchor or not, or nowhere and why.</summary>
internal sealed record ReferenceTarget(JsonNode? Node, string? Anchor, string Problem, bool IsDocumentUnknown)
{
    public static ReferenceTarget Found(JsonNode node, string? anchor = null) => new(node, anchor, "", false);

    public static ReferenceTarget Missing(string problem) => new(null, null, problem, false);

    public static ReferenceTarget UnknownDocument(string problem) => new(null, null, problem, true);
}
