using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Model;

namespace ChatGen.Generator.Documents;

/// <summary>
/// Finds the schema that each schema extends. A name is, in this order: that of a built-in schema, the <c>$id</c> of a schema of the project,
/// the path of one relative to the folder of the file that extends it. References to other schemas of the project are found likewise.
/// </summary>
internal sealed class SchemaLinker
{
    private readonly SchemaInput[] _schemas;
    private readonly Dictionary<SchemaInput, SchemaInput> _bases = [];
    private readonly Dictionary<SchemaInput, BaseFault> _faults = [];

    private SchemaLinker(IEnumerable<SchemaInput> schemas)
    {
        _schemas = [.. schemas.Distinct().OrderBy(schema => schema.Path, StringComparer.Ordinal)];
        foreach (SchemaInput schema in _schemas)
        {
            Resolve(schema);
        }

        foreach (SchemaInput schema in _schemas)
        {
            BreakCycle(schema);
        }
    }

    /// <summary>What <paramref name="schema"/> says of itself: its <c>$id</c>, what it extends and what it refers to.</summary>
    public static SchemaInput ReadHeader(SchemaInput schema)
    {
        var text = new SchemaText(schema.Path, schema.Text ?? "", isBuiltIn: false);
        var root = JsonParser.Parse(text, new DiagnosticBag(text), out _) as JsonObjectNode;
        var references = new List<string>();
        FindReferences(root, references);
        return schema with
        {
            Id = (root?["$id"] as JsonStringNode)?.Value,
            Extends = ((root?["x-chat"] as JsonObjectNode)?["extends"] as JsonStringNode)?.Value,
            References = references.Distinct(StringComparer.Ordinal).ToEquatableArray(),
        };
    }

    /// <summary>The schemas with their bases, in the order of their paths.</summary>
    public static IEnumerable<LinkedSchema> Link(IEnumerable<SchemaInput> schemas)
    {
        var linker = new SchemaLinker(schemas);
        return linker._schemas.Select(linker.Link);
    }

    private LinkedSchema Link(SchemaInput schema)
    {
        var bases = new List<SchemaInput>();
        SchemaInput last = schema;
        while (_bases.TryGetValue(last, out SchemaInput? next))
        {
            bases.Add(next);
            last = next;
        }

        return new LinkedSchema(schema)
        {
            Bases = bases.ToEquatableArray(),
            Documents = FindDocuments([schema, .. bases]).ToEquatableArray(),
            Fault = _faults.TryGetValue(last, out BaseFault? fault) ? fault : null,
        };
    }

    private static void FindReferences(JsonNode? node, List<string> references)
    {
        switch (node)
        {
            case JsonObjectNode value:
                foreach (JsonMember member in value.Members)
                {
                    if (member is { Name: "$ref" or "$dynamicRef", Value: JsonStringNode reference } && reference.Value.Split('#')[0] is { Length: > 0 } document)
                    {
                        references.Add(document);
                    }

                    FindReferences(member.Value, references);
                }

                break;
            case JsonArrayNode array:
                foreach (JsonNode item in array.Items)
                {
                    FindReferences(item, references);
                }

                break;
            default:
                break;
        }
    }

    /// <summary>What some schemas refer to, and what that refers to. A name that two schemas have, or none, stays a reference that leads nowhere.</summary>
    private List<DocumentLink> FindDocuments(IEnumerable<SchemaInput> schemas)
    {
        var links = new List<DocumentLink>();
        var seen = new HashSet<SchemaInput>(schemas);
        var open = new Queue<SchemaInput>(seen);
        while (open.Count > 0)
        {
            SchemaInput schema = open.Dequeue();
            foreach (string reference in schema.References)
            {
                if (Find(schema, reference) is [SchemaInput target] && target != schema)
                {
                    links.Add(new DocumentLink(schema.Path, reference, target));
                    if (seen.Add(target))
                    {
                        open.Enqueue(target);
                    }
                }
            }
        }

        return links;
    }

    /// <summary>The schemas that a name means: by their <c>$id</c>, or else by their path from a file.</summary>
    private SchemaInput[] Find(SchemaInput from, string name)
    {
        SchemaInput[] found = [.. _schemas.Where(other => other.Id == name)];
        return found.Length == 0 && Combine(from.Path, name) is { } path ? [.. _schemas.Where(other => Normalize(other.Path) == path)] : found;
    }

    private void Resolve(SchemaInput schema)
    {
        if (schema.Extends is not { } name || BuiltInSchemas.Names.Contains(name, StringComparer.Ordinal))
        {
            return;
        }

        switch (Find(schema, name))
        {
            case [SchemaInput single]:
                _bases[schema] = single;
                break;
            case []:
                IEnumerable<string> known = BuiltInSchemas.Names.Concat(_schemas.Where(other => other != schema).Select(other => other.Id).OfType<string>()).Distinct();
                _faults[schema] = Fault(Descriptors.UnknownBase, name, Suggestion.For(name, known));
                break;
            case var found:
                _faults[schema] = Fault(Descriptors.AmbiguousBase, name, string.Join(" and of ", found.Select(other => $"'{RelativeTo(schema.Path, other.Path)}'")));
                break;
        }
    }

    /// <summary>Cuts a cycle where it closes: behind it stands the schema of the cycle whose path is the first of all.</summary>
    private void BreakCycle(SchemaInput start)
    {
        var seen = new List<SchemaInput> { start };
        while (_bases.TryGetValue(seen[seen.Count - 1], out SchemaInput? next))
        {
            // A cycle that does not lead through the start is cut when one of its own is the start.
            if (next != start && seen.Contains(next))
            {
                return;
            }

            seen.Add(next);
            if (next == start)
            {
                SchemaInput closing = seen[seen.Count - 2];
                _bases.Remove(closing);
                _faults[closing] = Fault(Descriptors.CyclicBase, closing.Extends!, string.Join(" → ", seen.Select(schema => $"'{Path.GetFileName(schema.Path)}'")));
                return;
            }
        }
    }

    private static BaseFault Fault(Microsoft.CodeAnalysis.DiagnosticDescriptor descriptor, params string[] arguments) => new(descriptor, arguments.ToEquatableArray());

    /// <summary>A path relative to the folder of a file; <see langword="null"/> if it is absolute or an address.</summary>
    private static string? Combine(string file, string relative) =>
        relative.Length == 0 || relative[0] is '/' or '\\' || relative.IndexOf(':') >= 0 ? null : Normalize(file + "/../" + relative);

    /// <summary>With slashes alone and without <c>.</c> and <c>..</c>, by the text and without a look at the disk.</summary>
    private static string Normalize(string path)
    {
        var parts = new List<string>();
        foreach (string part in path.Replace('\\', '/').Split('/'))
        {
            if (part == ".." && parts.Count > 0 && parts[parts.Count - 1] is not ("" or ".."))
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != "." && (part.Length > 0 || parts.Count == 0))
            {
                parts.Add(part);
            }
        }

        return string.Join("/", parts);
    }

    /// <summary>As an author would write it in <c>extends</c>.</summary>
    private static string RelativeTo(string file, string other)
    {
        string[] from = Normalize(file).Split('/');
        string[] to = Normalize(other).Split('/');
        int common = 0;
        while (common < from.Length - 1 && common < to.Length - 1 && from[common] == to[common])
        {
            common++;
        }

        string up = string.Concat(Enumerable.Repeat("../", from.Length - 1 - common));
        return (up.Length == 0 ? "./" : up) + string.Join("/", to.Skip(common));
    }
}
