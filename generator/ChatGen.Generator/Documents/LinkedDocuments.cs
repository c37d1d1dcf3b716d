using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.JsonSchemas;
using ChatGen.Generator.Model;

namespace ChatGen.Generator.Documents;

/// <summary>The other schemas of the project that a schema refers to, by the URIs that its references come to.</summary>
internal static class LinkedDocuments
{
    /// <summary>The URI of a schema: its <c>$id</c>, resolved as a name beside all others.</summary>
    public static string UriOf(JsonNode root) =>
        UriReference.Resolve(JsonSchemaOptions.DefaultBaseUri, ((root as JsonObjectNode)?["$id"] as JsonStringNode)?.Value ?? "").WithoutFragment;

    /// <summary>Reads what is referred to. What is wrong in one of these is its own to report.</summary>
    public static IReadOnlyDictionary<string, JsonNode> Read(SchemaChain chain, JsonObjectNode root)
    {
        var documents = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        var parsed = new Dictionary<SchemaInput, JsonNode>();
        var uris = new Dictionary<string, string>(StringComparer.Ordinal);
        var ambiguous = new HashSet<string>(StringComparer.Ordinal);
        foreach (DocumentLink link in chain.Documents)
        {
            // Whatever is merged into one document has one base URI, wherever its text came from.
            string from = uris.TryGetValue(link.From, out string? known) ? known : UriOf(root);
            if (!parsed.TryGetValue(link.Target, out JsonNode? document))
            {
                var text = new SchemaText(link.Target.Path, link.Target.Text ?? "", isBuiltIn: false);
                document = JsonParser.Parse(text, new DiagnosticBag(text), out _);
                parsed.Add(link.Target, document);
            }

            string uri = UriReference.Resolve(from, link.Reference).WithoutFragment;
            uris[link.Target.Path] = document is JsonObjectNode { } own && own["$id"] is JsonStringNode id ? UriReference.Resolve(uri, id.Value).WithoutFragment : uri;
            if (documents.TryGetValue(uri, out JsonNode? other) && !ReferenceEquals(other, document))
            {
                ambiguous.Add(uri);
            }

            documents[uri] = document;
        }

        foreach (string uri in ambiguous)
        {
            documents.Remove(uri);
        }

        return documents;
    }
}
