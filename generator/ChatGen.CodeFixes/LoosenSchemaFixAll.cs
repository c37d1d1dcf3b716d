using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ChatGen.CodeFixes;

/// <summary>Lets the schemas allow every value that is marked, one after the other: the usual merging of changes knows source files alone.</summary>
internal sealed class LoosenSchemaFixAll : FixAllProvider
{
    public static LoosenSchemaFixAll Instance { get; } = new();

    public override Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext) => Task.FromResult<CodeAction?>(CodeAction.Create(
        "Let the schema allow these values", cancellationToken => ChangeAsync(fixAllContext.WithCancellationToken(cancellationToken)), nameof(LoosenSchemaFix)));

    private static async Task<Solution> ChangeAsync(FixAllContext context)
    {
        Solution solution = context.Solution;
        Project[] projects = context.Scope == FixAllScope.Solution ? [.. solution.Projects.Where(project => project.Language == LanguageNames.CSharp)] : [context.Project];
        foreach (Project project in projects)
        {
            IEnumerable<Diagnostic> diagnostics = context is { Scope: FixAllScope.Document, Document: { } document }
                ? await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false)
                : await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
            foreach (Diagnostic diagnostic in diagnostics.OrderBy(each => each.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(each => each.Location.SourceSpan.Start))
            {
                // The code stays as it is, while the schemas change with each.
                if (project.GetDocument(diagnostic.Location.SourceTree) is { } source
                    && solution.GetProject(project.Id) is { } current
                    && await LoosenSchemaFix.FindAsync(source, diagnostic, current, context.CancellationToken).ConfigureAwait(false) is { } change)
                {
                    solution = change.Apply(current);
                }
            }
        }

        return solution;
    }
}
