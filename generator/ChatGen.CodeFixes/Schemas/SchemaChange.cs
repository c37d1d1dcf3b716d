using ChatGen.Analyzers.Diagnostics;
using ChatGen.Generator.Documents;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.CodeFixes.Schemas;

/// <summary>The schema of a project, changed so that it allows a value.</summary>
/// <param name="File">The schema as it is.</param>
/// <param name="Text">Its text as it becomes.</param>
internal sealed record SchemaChange(SchemaFile File, string Text)
{
    // Rules that a value breaks one after the other.
    private const int MaxRules = 8;

    /// <summary>What a diagnostic asks for; null if no change of a schema of the project allows the value, or the schema allows it already.</summary>
    /// <param name="project">The project with its schemas as they are now.</param>
    /// <param name="compilation">The project as it was when the diagnostic was found.</param>
    /// <param name="diagnostic">What is wrong.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static async Task<SchemaChange?> FindAsync(Project project, Compilation compilation, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (Fact(DiagnosticFacts.Record) is not { } record
            || Fact(DiagnosticFacts.Definition) is not { } definition
            || Fact(DiagnosticFacts.Keyword) is not { } keyword
            || Fact(DiagnosticFacts.Path) is not { } path
            || Fact(DiagnosticFacts.Value) is not { } value
            || !IsOwn(compilation, record))
        {
            return null;
        }

        ProjectSchemas schemas = await ProjectSchemas.ReadAsync(project, cancellationToken).ConfigureAwait(false);
        if (schemas.Find(record.Substring(0, Math.Max(0, record.LastIndexOf('.')))) is not { } file)
        {
            return null;
        }

        SchemaFile changed = file;
        JsonNode given = JsonParser.Parse(value);
        for (int i = 0; i < MaxRules && Next(schemas, changed, definition, path, keyword, given) is { } change; i++)
        {
            string text = SourceText.From(changed.Source.Text).WithChanges(change).ToString();
            if (SchemaFile.Read(file.Document, file.Source.Path, text) is not { } next)
            {
                return null;
            }

            changed = next with { Encoding = file.Encoding };
        }

        return changed == file ? null : new SchemaChange(file, changed.Source.Text);

        string? Fact(string name) => diagnostic.Properties.TryGetValue(name, out string? fact) ? fact : null;
    }

    /// <summary>The solution with the changed schema, or with the new one.</summary>
    public Solution Apply(Project project)
    {
        SourceText text = SourceText.From(Text, File.Encoding);
        return File.Document is { } document
            ? project.Solution.WithAdditionalDocumentText(document, text)
            : project.Solution.AddAdditionalDocument(DocumentId.CreateNewId(project.Id), Path.GetFileName(File.Source.Path), text, filePath: File.Source.Path);
    }

    /// <summary>The first rule that still forbids the value: changed where it stands if the file states it, else overridden.</summary>
    private static TextChange? Next(ProjectSchemas schemas, SchemaFile file, string definition, string path, string keyword, JsonNode value)
    {
        foreach (RulePlace place in schemas.Merge(file) is { } root ? RulePlace.Find(root, definition, path, keyword) : [])
        {
            if (Loosening.Of(keyword, place.Rule, value) is not { } rule)
            {
                continue;
            }

            if (place.Rule.Source == file.Source)
            {
                return place.Rule is JsonArrayNode values ? JsonEdits.Append(file.Root, values, Loosening.Write(value)) : new TextChange(place.Rule.Span, rule);
            }

            if (place.Path is { } names && JsonEdits.Set(file.Root, names, rule) is { } change)
            {
                return change;
            }
        }

        return null;
    }

    /// <summary>Whether the record is generated in the project itself: what a referenced assembly was made of is not at hand.</summary>
    private static bool IsOwn(Compilation compilation, string record) =>
        compilation.GetTypeByMetadataName(record) is { } type && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly);
}
