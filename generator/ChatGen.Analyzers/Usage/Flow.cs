using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ChatGen.Analyzers.Usage;

/// <summary>
/// What a local or a field holds where it is read, where that is plain: it was set by a statement that always runs before, and nothing between can have set it to
/// something else. Whatever is not plain is unknown.
/// </summary>
internal static class Flow
{
    /// <summary>The expression that was assigned last; null if it is not plain.</summary>
    public static IOperation? ValueOf(ILocalReferenceOperation reference, CancellationToken cancellationToken)
    {
        if (reference.SemanticModel is not { } model || reference.Local is { IsRef: true } or { IsConst: true } || reference.Local.DeclaringSyntaxReferences is not [{ } declaration]
            || Body(declaration.GetSyntax(cancellationToken)) is not { } body)
        {
            return null;
        }

        SyntaxNode? last = null;
        foreach (SyntaxNode write in Writes(body, reference.Local, model, cancellationToken))
        {
            if (write is not (VariableDeclaratorSyntax or AssignmentExpressionSyntax) || IsWithinFunction(write, body) || (IsWithinFunction(reference.Syntax, body) && last is not null))
            {
                return null;
            }

            if (write.SpanStart > reference.Syntax.SpanStart)
            {
                // What comes later is met before in a loop, and in a function that runs later.
                if (IsWithinFunction(reference.Syntax, body) || SharesLoop(write, reference.Syntax, body))
                {
                    return null;
                }

                continue;
            }

            last = write;
        }

        return last is not null && !Jumps(body) && AlwaysRunsBefore(last, reference.Syntax) && Assigned(last) is { } value && !value.Span.Contains(reference.Syntax.Span)
            ? Values.Of(value, model, cancellationToken)
            : null;
    }

    /// <summary>The expression that a field holds; null if it is not plain.</summary>
    public static IOperation? ValueOf(IFieldReferenceOperation reference, CancellationToken cancellationToken) =>
        reference.Field.IsReadOnly ? InitializerOf(reference, cancellationToken) : FieldFlow.ValueOf(reference, cancellationToken);

    /// <summary>The expression that initialises a read-only field, if nothing else sets it.</summary>
    private static IOperation? InitializerOf(IFieldReferenceOperation reference, CancellationToken cancellationToken)
    {
        if (reference.SemanticModel is not { } model || reference.Field.DeclaringSyntaxReferences is not [{ } declaration]
            || declaration.SyntaxTree != model.SyntaxTree
            || declaration.GetSyntax(cancellationToken) is not VariableDeclaratorSyntax { Initializer.Value: { } value } declarator
            || declarator.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type || reference.Field.ContainingType.DeclaringSyntaxReferences.Length != 1)
        {
            return null;
        }

        // Constructors and init accessors may set it to something else.
        foreach (SyntaxNode member in type.DescendantNodes().Where(node => node is ConstructorDeclarationSyntax or AccessorDeclarationSyntax { RawKind: (int)SyntaxKind.InitAccessorDeclaration }))
        {
            if (member.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == reference.Field.Name))
            {
                return null;
            }
        }

        return Values.Of(value, model, cancellationToken);
    }

    /// <summary>Everything that sets a local, in the order of the text; what may set it is a node of another kind than a declarator or an assignment.</summary>
    private static IEnumerable<SyntaxNode> Writes(SyntaxNode body, ILocalSymbol local, SemanticModel model, CancellationToken cancellationToken)
    {
        foreach (SyntaxNode node in body.DescendantNodes())
        {
            if (node is VariableDeclaratorSyntax declarator && declarator.Identifier.ValueText == local.Name && declarator.Initializer is not null && IsLocal(declarator))
            {
                yield return declarator;
            }
            else if (node is IdentifierNameSyntax name && name.Identifier.ValueText == local.Name && name.Parent is { } parent
                && (parent is AssignmentExpressionSyntax assignment ? assignment.Left == name : !IsRead(parent))
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellationToken).Symbol, local))
            {
                yield return parent;
            }
        }

        bool IsLocal(SyntaxNode node) => SymbolEqualityComparer.Default.Equals(model.GetDeclaredSymbol(node, cancellationToken), local);
    }

    /// <summary>Whether a mention of a name certainly does not set it.</summary>
    private static bool IsRead(SyntaxNode parent) => parent switch
    {
        ArgumentSyntax argument => argument.RefKindKeyword.IsKind(SyntaxKind.None) && !argument.Parent.IsKind(SyntaxKind.TupleExpression),
        PrefixUnaryExpressionSyntax unary => !unary.IsKind(SyntaxKind.PreIncrementExpression) && !unary.IsKind(SyntaxKind.PreDecrementExpression) && !unary.IsKind(SyntaxKind.AddressOfExpression),
        PostfixUnaryExpressionSyntax unary => unary.IsKind(SyntaxKind.SuppressNullableWarningExpression),
        RefExpressionSyntax => false,
        _ => true,
    };

    private static ExpressionSyntax? Assigned(SyntaxNode write) => write switch
    {
        VariableDeclaratorSyntax declarator => declarator.Initializer?.Value,
        AssignmentExpressionSyntax assignment when assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) => assignment.Right,
        _ => null,
    };

    /// <summary>Whether a write is a statement of a block that the reading is in, too.</summary>
    private static bool AlwaysRunsBefore(SyntaxNode write, SyntaxNode reading)
    {
        StatementSyntax? statement = write switch
        {
            VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Parent: LocalDeclarationStatementSyntax declaration } } => declaration,
            AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax expression } => expression,
            _ => null,
        };
        SyntaxNode? block = statement?.Parent is GlobalStatementSyntax global ? global.Parent : statement?.Parent;
        return block is BlockSyntax or CompilationUnitSyntax && block.Span.Contains(reading.Span) && statement!.Span.End <= reading.SpanStart;
    }

    private static bool SharesLoop(SyntaxNode one, SyntaxNode other, SyntaxNode body) => one.Ancestors().TakeWhile(node => node != body)
        .Any(node => node is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax && node.Span.Contains(other.Span));

    private static bool IsWithinFunction(SyntaxNode node, SyntaxNode body) =>
        node.Ancestors().TakeWhile(ancestor => ancestor != body).Any(ancestor => ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);

    private static bool Jumps(SyntaxNode body) => body.DescendantNodes().Any(node => node is GotoStatementSyntax or LabeledStatementSyntax);

    /// <summary>The function that a local is in.</summary>
    private static SyntaxNode? Body(SyntaxNode declaration) => declaration.Ancestors().FirstOrDefault(ancestor =>
        ancestor is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or BasePropertyDeclarationSyntax or FieldDeclarationSyntax or AnonymousFunctionExpressionSyntax
            or LocalFunctionStatementSyntax or CompilationUnitSyntax);
}
