using System.Text.Json.Nodes;

namespace ChatGen.Differential.Records;

/// <summary>One instance, as the judge sees it and as <c>TryParse</c> does.</summary>
/// <param name="Schema">The schema.</param>
/// <param name="Instance">The JSON text.</param>
/// <param name="Judged">What the specification says.</param>
/// <param name="Parsed">What <c>TryParse</c> says.</param>
internal sealed record RecordCase(RecordSchema Schema, string Instance, IReadOnlyList<ChatValidationFailure> Judged, IReadOnlyList<ChatValidationFailure> Parsed)
{
    /// <summary>The value at a path as <c>TryParse</c> gives it, if it can be told.</summary>
    public JsonNode? At(string path) => Find(JsonNode.Parse(Instance), "$", path);

    private static JsonNode? Find(JsonNode? node, string at, string path)
    {
        if (at == path)
        {
            return node;
        }

        IEnumerable<(string Path, JsonNode? Value)> children = node switch
        {
            JsonObject members => members.Select(member => ($"{at}.{member.Key}", member.Value)),
            JsonArray items => items.Select((item, index) => (FormattableString.Invariant($"{at}[{index}]"), item)),
            _ => [],
        };
        return children.Where(child => path.StartsWith(child.Path, StringComparison.Ordinal)).Select(child => Find(child.Value, child.Path, path)).FirstOrDefault(found => found is not null);
    }
}
