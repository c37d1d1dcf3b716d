using System.Globalization;
using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>
/// Which resource every subschema belongs to and where references lead. Only what a keyword makes a subschema is searched for identifiers: an <c>$id</c> in
/// <c>const</c> or under an unknown keyword names nothing.
/// </summary>
internal sealed class SchemaIndex(IReadOnlyDictionary<string, JsonNode> documents, JsonSchemaDialect dialect, Refusals refusals)
{
    private readonly Dictionary<string, SchemaResource> _resources = new(StringComparer.Ordinal);
    private readonly Dictionary<JsonNode, SchemaResource> _byNode = [];

    public SchemaResource ResourceOf(JsonNode node) => _byNode[node];

    /// <summary>The resource of a node; null for one that no known dialect makes a subschema.</summary>
    public SchemaResource? FindResource(JsonNode node) => _byNode.TryGetValue(node, out SchemaResource? resource) ? resource : null;

    /// <summary>Adds a document under the URI that it is known by.</summary>
    /// <param name="uri">The URI.</param>
    /// <param name="root">The document.</param>
    /// <param name="unknown">The dialect to read it by if it names one that is not known.</param>
    public void AddDocument(string uri, JsonNode root, JsonSchemaDialect? unknown = null)
    {
        var resource = new SchemaResource(uri, root, DialectOf(root) ?? (HasMetaSchema(root) ? unknown : dialect));
        Visit(root, resource, isDocument: true);

        // The document is found by its own $id, which may differ, and by where it was taken from.
        if (!_resources.ContainsKey(uri))
        {
            _resources.Add(uri, _byNode[root]);
        }
    }

    /// <summary>Adds a subschema that may stand where no keyword makes it one; it belongs to the resource around it.</summary>
    /// <param name="document">The document that it is most likely in; else it is in one that references may lead to.</param>
    /// <param name="subschema">The subschema.</param>
    public void AddSubschema(JsonNode document, JsonNode subschema)
    {
        if (_byNode.ContainsKey(subschema) || TryAddSubschema(document, subschema))
        {
            return;
        }

        foreach (KeyValuePair<string, JsonNode> other in documents.Where(other => Contains(other.Value, subschema)))
        {
            if (!_byNode.ContainsKey(other.Value))
            {
                AddDocument(other.Key, other.Value);
            }

            if (_byNode.ContainsKey(subschema) || TryAddSubschema(other.Value, subschema))
            {
                return;
            }
        }
    }

    private bool TryAddSubschema(JsonNode document, JsonNode subschema)
    {
        if (ResourceAround(document, subschema, _byNode[document]) is not SchemaResource resource)
        {
            return false;
        }

        Visit(subschema, resource, isDocument: false);
        return true;
    }

    private static bool Contains(JsonNode node, JsonNode subschema) => ReferenceEquals(node, subschema) || Children(node).Any(child => Contains(child, subschema));

    private static IEnumerable<JsonNode> Children(JsonNode node) => node switch
    {
        JsonObjectNode value => value.Members.Select(member => member.Value),
        JsonArrayNode array => array.Items,
        _ => [],
    };

    /// <summary>Where a reference leads that stands in a resource.</summary>
    public ReferenceTarget Resolve(string reference, SchemaResource from)
    {
        UriReference target = UriReference.Resolve(from.Uri, reference);
        string uri = target.WithoutFragment;
        if (!_resources.TryGetValue(uri, out SchemaResource? resource))
        {
            if (!documents.TryGetValue(uri, out JsonNode? document))
            {
                return ReferenceTarget.UnknownDocument(uri);
            }

            AddDocument(uri, document);
            resource = _resources[uri];
        }

        string fragment = target.Fragment;
        if (fragment.Length == 0)
        {
            return resource.Root is JsonObjectNode or JsonBooleanNode ? ReferenceTarget.Found(resource.Root) : ReferenceTarget.Missing("the document is no schema, which is an object or a Boolean");
        }

        if (fragment[0] == '/')
        {
            return Follow(fragment, resource);
        }

        return resource.Anchors.TryGetValue(fragment, out JsonNode? node)
            ? ReferenceTarget.Found(node, fragment)
            : ReferenceTarget.Missing($"there is no anchor '{fragment}'");
    }

    private SchemaResource? ResourceAround(JsonNode node, JsonNode subschema, SchemaResource resource)
    {
        if (ReferenceEquals(node, subschema))
        {
            return resource;
        }

        SchemaResource within = _byNode.TryGetValue(node, out SchemaResource? own) ? own : resource;
        return Children(node).Select(child => ResourceAround(child, subschema, within)).FirstOrDefault(found => found is not null);
    }

    private ReferenceTarget Follow(string pointer, SchemaResource resource)
    {
        JsonNode node = resource.Root;
        foreach (string token in pointer.Substring(1).Split('/').Select(token => token.Replace("~1", "/").Replace("~0", "~")))
        {
            JsonNode? next = node switch
            {
                JsonObjectNode value => value[token],
                JsonArrayNode array when TryParseIndex(token, out int index) && index < array.Items.Count => array.Items[index],
                _ => null,
            };
            if (next is null)
            {
                return ReferenceTarget.Missing($"there is no '{token}'");
            }

            node = next;
            if (_byNode.TryGetValue(node, out SchemaResource? within))
            {
                resource = within;
            }
        }

        if (node is not (JsonObjectNode or JsonBooleanNode))
        {
            return ReferenceTarget.Missing("there is no schema, which is an object or a Boolean");
        }

        Visit(node, resource, isDocument: false);
        return ReferenceTarget.Found(node);
    }

    private static bool TryParseIndex(string token, out int index) =>
        int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out index) && (token.Length == 1 || token[0] != '0');

    private void Visit(JsonNode node, SchemaResource resource, bool isDocument)
    {
        if (_byNode.ContainsKey(node))
        {
            return;
        }

        if (node is not JsonObjectNode schema)
        {
            _byNode.Add(node, resource);
            return;
        }

        resource = Identify(schema, resource, isDocument);
        _byNode.Add(node, resource);
        if (resource.Dialect is JsonSchemaDialect known)
        {
            AddAnchors(schema, resource, known);
            foreach (JsonMember member in schema.Members)
            {
                foreach (JsonNode child in SchemaKeywords.SubschemasOf(member, known))
                {
                    Visit(child, resource, isDocument: false);
                }
            }
        }
    }

    private SchemaResource Identify(JsonObjectNode schema, SchemaResource resource, bool isDocument)
    {
        JsonSchemaDialect? own = isDocument ? resource.Dialect : HasMetaSchema(schema) ? DialectOf(schema) : resource.Dialect;
        if (schema["$id"] is not JsonStringNode { Value: var id } idNode
            || (own == JsonSchemaDialect.Draft7 && (SchemaKeywords.HidesSiblings(schema, own) || id.StartsWith("#", StringComparison.Ordinal))))
        {
            return resource;
        }

        UriReference target = UriReference.Resolve(resource.Uri, id);
        var found = new SchemaResource(target.WithoutFragment, schema, own);
        if (target.Fragment.Length > 0)
        {
            if (own == JsonSchemaDialect.Draft7)
            {
                AddAnchor(found, target.Fragment, schema, idNode);
            }
            else if (own is not null)
            {
                refusals.Add(Descriptors.WrongValue, idNode, "$id", "a URI reference without a fragment; name the schema by '$anchor'");
            }
        }

        if (_resources.TryGetValue(found.Uri, out SchemaResource? taken))
        {
            if (!ReferenceEquals(taken.Root, schema))
            {
                refusals.Add(Descriptors.IdentifierClash, idNode, found.Uri);
            }
        }
        else
        {
            _resources.Add(found.Uri, found);
        }

        return found;
    }

    private void AddAnchors(JsonObjectNode schema, SchemaResource resource, JsonSchemaDialect known)
    {
        if (known == JsonSchemaDialect.Draft7)
        {
            if (schema["$id"] is JsonStringNode { Value: ['#', _, ..] } id && !SchemaKeywords.HidesSiblings(schema, known))
            {
                AddAnchor(resource, id.Value.Substring(1), schema, id);
            }

            return;
        }

        if (schema["$anchor"] is JsonStringNode anchor)
        {
            AddAnchor(resource, anchor.Value, schema, anchor);
        }

        if (schema["$dynamicAnchor"] is JsonStringNode dynamicAnchor)
        {
            AddAnchor(resource, dynamicAnchor.Value, schema, dynamicAnchor);
            resource.DynamicAnchors[dynamicAnchor.Value] = schema;
        }
    }

    private void AddAnchor(SchemaResource resource, string name, JsonNode schema, JsonNode place)
    {
        if (!resource.Anchors.TryGetValue(name, out JsonNode? taken))
        {
            resource.Anchors.Add(name, schema);
        }
        else if (!ReferenceEquals(taken, schema))
        {
            refusals.Add(Descriptors.IdentifierClash, place, "#" + name);
        }
    }

    private static bool HasMetaSchema(JsonNode node) => node is JsonObjectNode schema && schema["$schema"] is not null;

    private static JsonSchemaDialect? DialectOf(JsonNode node) =>
        node is JsonObjectNode schema && schema["$schema"] is JsonStringNode metaSchema ? MetaSchemas.DialectOf(metaSchema.Value) : null;
}
