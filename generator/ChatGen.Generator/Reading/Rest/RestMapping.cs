using ChatGen.Generator.Documents;

namespace ChatGen.Generator.Reading.Rest;

/// <summary>The mapping as the runtime reads it: without comments and without what only the generator needs.</summary>
internal static class RestMapping
{
    // What is within these is the author's, who may send a '$comment' if he likes.
    private static readonly HashSet<string> s_templates = new(["content", "answer", "members", "options", "send", "onOpen"], StringComparer.Ordinal);

    /// <param name="rest">The section.</param>
    /// <param name="leave">The command that ends the session, if one does.</param>
    public static string Write(JsonObjectNode rest, string? leave)
    {
        var kept = (JsonObjectNode)Keep(rest, "interface");
        return leave is null ? JsonText.Write(kept) : JsonText.Write("leave", leave, kept);
    }

    private static JsonNode Keep(JsonNode node, params string[] dropped) => node switch
    {
        JsonObjectNode value => new JsonObjectNode(value.Source, value.Span,
            [.. value.Members.Where(member => member.Name != "$comment" && !dropped.Contains(member.Name)).Select(Keep)]),
        JsonArrayNode array => new JsonArrayNode(array.Source, array.Span, [.. array.Items.Select(item => Keep(item))]),
        _ => node,
    };

    private static JsonMember Keep(JsonMember member) => new(member.Name, member.NameNode, member switch
    {
        { Name: "requests", Value: JsonObjectNode requests } => new JsonObjectNode(requests.Source, requests.Span,
            [.. requests.Members.Where(request => request.Name != "$comment").Select(request => new JsonMember(request.Name, request.NameNode, KeepRequest(request.Value)))]),
        { Name: "operations" or "tables", Value: JsonObjectNode named } => new JsonObjectNode(named.Source, named.Span,
            [.. named.Members.Where(one => one.Name != "$comment").Select(one => new JsonMember(one.Name, one.NameNode, Keep(one.Value)))]),
        _ when s_templates.Contains(member.Name) => member.Value,
        _ => Keep(member.Value),
    });

    private static JsonNode KeepRequest(JsonNode node) => node is not JsonObjectNode request ? node : new JsonObjectNode(request.Source, request.Span,
    [
        .. request.Members
            .Where(member => member.Name is not ("$comment" or "description" or "x-chat-name") && member is not { Name: "result", Value: JsonObjectNode })
            .Select(member => member.Name == "body" ? new JsonMember(member.Name, member.NameNode, Keep(member.Value, "type")) : Keep(member)),
    ]);
}
