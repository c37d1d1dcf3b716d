using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.JsonSchemas;

namespace ChatGen.Generator.Documents;

/// <summary>A schema as one tree: its own text over the schema that it extends.</summary>
internal sealed class SchemaDocument
{
    private static readonly IReadOnlyDictionary<int, (string Path, int Start)> s_nothing = new Dictionary<int, (string Path, int Start)>();

    private SchemaDocument(JsonObjectNode root, JsonObjectNode own, bool isWhole, bool isOpen = false)
    {
        Root = root;
        Own = own;
        IsWhole = isWhole;
        IsOpen = isOpen;
    }

    public JsonObjectNode Root { get; }

    /// <summary>The schema's own text, without its base.</summary>
    public JsonObjectNode Own { get; }

    /// <summary>The dialect that <c>$schema</c> names; draft-07 if it names none that is known, which is reported.</summary>
    public JsonSchemaDialect Dialect => DialectOf(Root) ?? JsonSchemaDialect.Draft7;

    /// <summary>
    /// The objects whose members are the definitions: <c>definitions</c>, and <c>$defs</c> in 2020-12, which has both names.
    /// </summary>
    public IEnumerable<JsonMember> DefinitionSections => Sections(Root, Dialect);

    /// <summary>
    /// Whether the text could be read to its end and stands on its own or on a known base. If not, what is missing comes from the
    /// built-in schema, so that the one mistake is not followed by an error at every use of the generated types.
    /// </summary>
    public bool IsWhole { get; }

    /// <summary>Whether it lacks what its variants have to add, as only a schema without a client may.</summary>
    public bool IsOpen { get; }

    /// <summary>Where its own objects and names stand in the base with which they are merged.</summary>
    public IReadOnlyDictionary<int, (string Path, int Start)> Merged { get; private set; } = s_nothing;

    /// <summary>Each <c>null</c> of its own that removes nothing of the base.</summary>
    private IReadOnlyList<EmptyRemoval> EmptyRemovals { get; set; } = [];

    /// <summary>Reads a schema over its bases.</summary>
    /// <param name="chain">The schema and its bases.</param>
    /// <param name="diagnostics">Takes what is wrong with the schema itself; what is wrong with a base is the base's to report.</param>
    /// <param name="without">A <c>null</c> in the schema that is left out.</param>
    public static SchemaDocument Load(SchemaChain chain, DiagnosticBag diagnostics, JsonNode? without = null)
    {
        JsonNode node = JsonParser.Parse(chain.Text, diagnostics, out bool isWhole);
        SchemaDocument? parent = chain.Base is { } next ? Load(next, new DiagnosticBag(next.Text)) : null;
        if (node is not JsonObjectNode root)
        {
            if (isWhole)
            {
                diagnostics.Add(Descriptors.WrongValue, node, "The schema", "an object");
            }

            JsonObjectNode fallback = parent is not null && HasSections(parent.Root) ? parent.Root : Default().Root;
            return new SchemaDocument(fallback, fallback, isWhole: false);
        }

        if (!isWhole)
        {
            return Over(parent ?? Default(), root, isWhole: false);
        }

        CheckDialect(root, diagnostics);
        JsonNode? extends = (root["x-chat"] as JsonObjectNode)?["extends"];
        if (extends is null)
        {
            return Complete(new SchemaDocument(root, root, isWhole: true), chain, diagnostics);
        }

        diagnostics.BaseSpan = extends.Span;
        if (extends is not JsonStringNode)
        {
            diagnostics.Add(Descriptors.WrongValue, extends, "extends", "the name of a schema");
        }
        else if (chain.Fault is { } fault)
        {
            diagnostics.Add(fault.Descriptor, extends, [.. fault.Arguments]);
        }

        if (parent is null)
        {
            return Over(Default(), root, isWhole: false);
        }

        SchemaDocument merged = Over(parent, root, parent.IsWhole || parent.IsOpen, without);
        foreach (EmptyRemoval removal in merged.EmptyRemovals)
        {
            diagnostics.Add(Descriptors.EmptyRemoval, removal.Member.Value, removal.Member.Name, removal.Advice);
        }

        return merged.IsWhole ? Complete(merged, chain, diagnostics) : merged;
    }

    private static SchemaDocument Complete(SchemaDocument document, SchemaChain chain, DiagnosticBag diagnostics)
    {
        if (!chain.Generates && MissingDefinitions(document.Root, new DiagnosticBag(chain.Text)))
        {
            return new SchemaDocument(document.Root, document.Own, isWhole: false, isOpen: true) { Merged = document.Merged };
        }

        if (!MissingDefinitions(document.Root, diagnostics))
        {
            return document;
        }

        return chain.Base is null || !HasSections(document.Root)
            ? Over(Default(), document.Own, isWhole: false)
            : new SchemaDocument(document.Root, document.Own, isWhole: false) { Merged = document.Merged };
    }

    private static JsonSchemaDialect? DialectOf(JsonObjectNode root) => root["$schema"] is JsonStringNode name ? MetaSchemas.DialectOf(name.Value) : null;

    private static IEnumerable<JsonMember> Sections(JsonObjectNode root, JsonSchemaDialect dialect) =>
        new[] { root.Find("definitions"), dialect == JsonSchemaDialect.Draft202012 ? root.Find("$defs") : null }.OfType<JsonMember>();

    private static void CheckDialect(JsonObjectNode root, DiagnosticBag diagnostics)
    {
        JsonMember? dialect = root.Find("$schema");
        if (dialect is null)
        {
            diagnostics.Add(Descriptors.UnsupportedDialect, root.Source, new(root.Span.Start, 1), "it names no dialect");
        }
        else if (DialectOf(root) is null)
        {
            diagnostics.Add(Descriptors.UnsupportedDialect, dialect.Value, "it names another dialect");
        }
    }

    private static bool MissingDefinitions(JsonObjectNode root, DiagnosticBag diagnostics)
    {
        bool isMissing = false;
        JsonMember[] sections = [.. Sections(root, DialectOf(root) ?? JsonSchemaDialect.Draft7)];
        foreach (string name in (string[])["StartSessionOptions", "RestoreSessionOptions"])
        {
            if (!sections.Any(section => (section.Value as JsonObjectNode)?[name] is not null))
            {
                diagnostics.Add(Descriptors.MissingDefinition, root.Source, sections.FirstOrDefault()?.NameNode.Span ?? new(root.Span.Start, 1), name);
                isMissing = true;
            }
        }

        var chat = root["x-chat"] as JsonObjectNode;
        foreach (string name in (string[])["start", "restore", "commands", "events", "errors"])
        {
            if (chat?[name] is not JsonObjectNode)
            {
                diagnostics.Add(Descriptors.InvalidMapping, root.Source, root.Find("x-chat")?.NameNode.Span ?? new(root.Span.Start, 1),
                    $"The schema lacks 'x-chat.{name}'; define it, or extend a built-in schema by '\"x-chat\": {{ \"extends\": \"{BuiltInSchemas.Default}\" }}'");
                return true;
            }
        }

        return isMissing;
    }

    private static SchemaDocument Default()
    {
        SchemaChain chain = SchemaChain.BuiltIn(BuiltInSchemas.Default);
        return Load(chain, new DiagnosticBag(chain.Text));
    }

    private static SchemaDocument Over(SchemaDocument parent, JsonObjectNode variant, bool isWhole, JsonNode? without = null)
    {
        var merged = (JsonObjectNode)MergePatch.Apply(parent.Root, variant, without, out MergePatch merge);
        if (isWhole || HasSections(merged))
        {
            return new SchemaDocument(merged, variant, isWhole) { Merged = merge.Merged, EmptyRemovals = isWhole ? merge.EmptyRemovals : [] };
        }

        return new SchemaDocument(HasSections(parent.Root) ? parent.Root : Default().Root, variant, isWhole: false);
    }

    private static bool HasSections(JsonObjectNode root) => root["x-chat"] is JsonObjectNode
        && Sections(root, DialectOf(root) ?? JsonSchemaDialect.Draft7).Any(section => section.Value is JsonObjectNode);
}
