using System.Text;
using ChatGen.Generator.Documents;
using Microsoft.CodeAnalysis;

namespace ChatGen.CodeFixes.Schemas;

/// <summary>A schema of a project.</summary>
/// <param name="Document">The file in the workspace; null if it is still to be made.</param>
/// <param name="Source">Its path and text.</param>
/// <param name="Root">Its text as a tree.</param>
internal sealed record SchemaFile(DocumentId? Document, SchemaText Source, JsonObjectNode Root)
{
    /// <summary>The namespace that the project gives it; empty if it gives none.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Whether it gets a client, and is not only there to be extended.</summary>
    public bool Generates { get; init; } = true;

    /// <summary>How the file is encoded.</summary>
    public Encoding Encoding { get; init; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    public string? Id => (Root["$id"] as JsonStringNode)?.Value;

    public string? Extends => ((Root["x-chat"] as JsonObjectNode)?["extends"] as JsonStringNode)?.Value;

    /// <summary>Reads a text; null if it is no JSON object.</summary>
    public static SchemaFile? Read(DocumentId? document, string path, string text)
    {
        var source = new SchemaText(path, text, isBuiltIn: false);
        return JsonParser.Parse(source, null, out bool isWhole) is JsonObjectNode root && isWhole ? new SchemaFile(document, source, root) : null;
    }
}
