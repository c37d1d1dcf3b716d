using ChatGen.Generator.Diagnostics;

namespace ChatGen.Generator.Documents;

/// <summary>A schema as one tree: its own text over the schema that it extends.</summary>
internal sealed class SchemaDocument
{
    private SchemaDocument(JsonObjectNode root, bool isWhole)
    {
        Root = root;
        IsWhole = isWhole;
    }

    public JsonObjectNode Root { get; }

    /// <summary>
    /// Whether the text could be read to its end and stands on its own or on a known base. If not, what is missing comes from the
    /// built-in schema, so that the one mistake is not followed by an error at every use of the generated types.
    /// </summary>
    public bool IsWhole { get; }

    public static SchemaDocument Load(SchemaText text, DiagnosticBag diagnostics)
    {
        JsonNode node = JsonParser.Parse(text, diagnostics, out bool isWhole);
        if (node is not JsonObjectNode root)
        {
            if (isWhole)
            {
                diagnostics.Add(Descriptors.WrongValue, node, "The schema", "an object");
            }

            return new SchemaDocument(Base(BuiltInSchemas.Default), isWhole: false);
        }

        if (!isWhole)
        {
            return new SchemaDocument(Over(BuiltInSchemas.Default, root), isWhole: false);
        }

        CheckDialect(root, diagnostics);
        JsonNode? extends = (root["x-chat"] as JsonObjectNode)?["extends"];
        if (extends is null)
        {
            return MissingDefinitions(root, diagnostics)
                ? new SchemaDocument(Over(BuiltInSchemas.Default, root), isWhole: false)
                : new SchemaDocument(root, isWhole: true);
        }

        diagnostics.BaseSpan = extends.Span;
        if (extends is not JsonStringNode name)
        {
            diagnostics.Add(Descriptors.WrongValue, extends, "extends", "the name of a built-in schema");
            return new SchemaDocument(Over(BuiltInSchemas.Default, root), isWhole: false);
        }

        if (BuiltInSchemas.Find(name.Value) is null)
        {
            diagnostics.Add(Descriptors.UnknownBase, extends, name.Value, Suggestion.For(name.Value, BuiltInSchemas.Names));
            return new SchemaDocument(Over(BuiltInSchemas.Default, root), isWhole: false);
        }

        JsonObjectNode merged = Over(name.Value, root);
        return new SchemaDocument(merged, isWhole: !MissingDefinitions(merged, diagnostics));
    }

    private static void CheckDialect(JsonObjectNode root, DiagnosticBag diagnostics)
    {
        JsonMember? dialect = root.Find("$schema");
        if (dialect is null)
        {
            diagnostics.Add(Descriptors.UnsupportedDialect, root.Source, new(root.Span.Start, 1), "it names no dialect");
        }
        else if (dialect.Value is not JsonStringNode { Value: "http://json-schema.org/draft-07/schema#" or "http://json-schema.org/draft-07/schema" })
        {
            diagnostics.Add(Descriptors.UnsupportedDialect, dialect.Value, "it names another dialect");
        }
    }

    private static bool MissingDefinitions(JsonObjectNode root, DiagnosticBag diagnostics)
    {
        bool isMissing = false;
        foreach (string name in (string[])["StartSessionOptions", "RestoreSessionOptions"])
        {
            if ((root["definitions"] as JsonObjectNode)?[name] is null)
            {
                diagnostics.Add(Descriptors.MissingDefinition, root.Source, root.Find("definitions")?.NameNode.Span ?? new(root.Span.Start, 1), name);
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

    private static JsonObjectNode Base(string name)
    {
        SchemaText text = BuiltInSchemas.Find(name)!;
        return (JsonObjectNode)JsonParser.Parse(text, new DiagnosticBag(text), out _);
    }

    private static JsonObjectNode Over(string baseName, JsonObjectNode variant)
    {
        var merged = (JsonObjectNode)MergePatch.Apply(Base(baseName), variant);
        return merged["x-chat"] is JsonObjectNode && merged["definitions"] is JsonObjectNode ? merged : Base(baseName);
    }
}
