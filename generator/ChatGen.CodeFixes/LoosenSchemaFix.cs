using System.Collections.Immutable;
using ChatGen.Analyzers.Diagnostics;
using ChatGen.CodeFixes.Schemas;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ChatGen.CodeFixes;

/// <summary>
/// Changes the schema, and not the code, where a value breaks a rule (CHAT2003, CHAT2004, CHAT2005): the value is what the backend really takes. The rule is changed in the
/// project's own schema, or overridden there if it is inherited. A project without a schema gets one.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LoosenSchemaFix))]
public sealed class LoosenSchemaFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Descriptors.OutOfBounds.Id, Descriptors.WrongForm.Id, Descriptors.NotAllowed.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => LoosenSchemaFixAll.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Project project = context.Document.Project;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (await FindAsync(context.Document, diagnostic, project, context.CancellationToken).ConfigureAwait(false) is { } change)
            {
                string title = $"Let '{Path.GetFileName(change.File.Source.Path)}' allow this value";
                context.RegisterCodeFix(CodeAction.Create(title, _ => Task.FromResult(change.Apply(project)), nameof(LoosenSchemaFix)), diagnostic);
            }
        }
    }

    /// <summary>The change that a diagnostic asks for. A number that is no member of a C# enumeration is a mistake, and no value of the backend.</summary>
    /// <param name="document">The code, as it was when the diagnostic was found.</param>
    /// <param name="diagnostic">What is wrong with it.</param>
    /// <param name="current">The project with its schemas as they are now.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    internal static async Task<SchemaChange?> FindAsync(Document document, Diagnostic diagnostic, Project current, CancellationToken cancellationToken)
    {
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model
            || (root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is ExpressionSyntax expression
                && model.GetTypeInfo(expression, cancellationToken).Type is { TypeKind: TypeKind.Enum }))
        {
            return null;
        }

        return await SchemaChange.FindAsync(current, model.Compilation, diagnostic, cancellationToken).ConfigureAwait(false);
    }
}
