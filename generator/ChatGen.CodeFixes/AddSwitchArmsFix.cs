using System.Collections.Immutable;
using ChatGen.Analyzers.Diagnostics;
using ChatGen.Analyzers.ErrorCodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace ChatGen.CodeFixes;

/// <summary>Adds an arm for each error code that a switch leaves out.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddSwitchArmsFix))]
public sealed class AddSwitchArmsFix : CodeFixProvider
{
    private const string Title = "Add the missing error codes";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Descriptors.MissingCodes.Id);

    /// <summary>All switches of a document at once: one may stand within another.</summary>
    public override FixAllProvider GetFixAllProvider() =>
        FixAllProvider.Create(static async (context, document, diagnostics) => await AddAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model)
        {
            return;
        }

        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (MissingCodes.Read(diagnostic) is { } codes && Find(model, diagnostic, codes) is not null)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(Title, cancellationToken => AddAsync(context.Document, ImmutableArray.Create(diagnostic), cancellationToken), nameof(AddSwitchArmsFix)),
                    diagnostic);
            }
        }
    }

    private static async Task<Document> AddAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in diagnostics)
        {
            SyntaxNode? node = editor.OriginalRoot.FindToken(diagnostic.Location.SourceSpan.Start).Parent;
            if (node is not (SwitchStatementSyntax or SwitchExpressionSyntax)
                || MissingCodes.Read(diagnostic) is not { } codes || Find(editor.SemanticModel, diagnostic, codes) is not { } type)
            {
                continue;
            }

            INamedTypeSymbol? exception = editor.SemanticModel.Compilation.GetTypeByMetadataName("System.NotImplementedException");
            editor.ReplaceNode(node, (current, generator) => current switch
            {
                SwitchStatementSyntax statement => SwitchArms.Add(statement, Labels(generator, type, codes)),
                SwitchExpressionSyntax expression when exception is not null => SwitchArms.Add(
                    expression,
                    Labels(generator, type, codes),
                    (ExpressionSyntax)generator.ThrowExpression(generator.ObjectCreationExpression(generator.TypeExpression(exception))),
                    EndOfLine(editor.OriginalRoot)),
                _ => current,
            });
        }

        return editor.GetChangedDocument();
    }

    private static IEnumerable<ExpressionSyntax> Labels(SyntaxGenerator generator, INamedTypeSymbol type, MissingCodes codes) =>
        codes.Names.Select(name => (ExpressionSyntax)generator.MemberAccessExpression(AsExpression(generator.TypeExpression(type)), name));

    /// <summary>A name as it stands in an expression: the parser makes other nodes of it than in a declaration.</summary>
    private static SyntaxNode AsExpression(SyntaxNode name) => name is QualifiedNameSyntax qualified
        ? name.CopyAnnotationsTo(SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, (ExpressionSyntax)AsExpression(qualified.Left), qualified.Right))
        : name;

    /// <summary>The class of the constants, if the code can call it by its name.</summary>
    private static INamedTypeSymbol? Find(SemanticModel model, Diagnostic diagnostic, MissingCodes codes)
    {
        INamedTypeSymbol[] types = [.. model.Compilation.GetTypesByMetadataName(codes.Type).Where(type => model.IsAccessible(diagnostic.Location.SourceSpan.Start, type))];
        return types is [var type] ? type : null;
    }

    /// <summary>How the document ends its lines: the formatter does not touch the end of the last arm.</summary>
    private static SyntaxTrivia EndOfLine(SyntaxNode root) =>
        root.DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) is { RawKind: not 0 } first
            ? SyntaxFactory.ElasticEndOfLine(first.ToString())
            : SyntaxFactory.ElasticLineFeed;
}
