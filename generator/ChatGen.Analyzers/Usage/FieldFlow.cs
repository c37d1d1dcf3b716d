using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ChatGen.Analyzers.Usage;

/// <summary>
/// What a field that can change holds where it is read, where that is plain: a statement of the same block has set it, and nothing runs in between but what is known not to set it.
/// </summary>
internal static class FieldFlow
{
    /// <summary>The expression that was assigned last; null if it is not plain.</summary>
    public static IOperation? ValueOf(IFieldReferenceOperation reference, CancellationToken cancellationToken)
    {
        if (reference.SemanticModel is not { } model || reference.Field.IsVolatile || reference.Instance is not (null or IInstanceReferenceOperation)
            || reference.Syntax.FirstAncestorOrSelf<StatementSyntax>(statement => statement.Parent is BlockSyntax) is not { Parent: BlockSyntax block } reading
            || reference.Syntax.Ancestors().TakeWhile(node => node != block).Any(node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
            || !LeavesAlone(reading, reference, model, cancellationToken))
        {
            return null;
        }

        for (int i = block.Statements.IndexOf(reading) - 1; i >= 0; i--)
        {
            StatementSyntax statement = block.Statements[i];
            if (model.GetOperation(statement, cancellationToken) is IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { Target: IFieldReferenceOperation target } assignment }
                && IsSame(target, reference))
            {
                return assignment.Syntax is AssignmentExpressionSyntax { Right: { } value } ? Values.Of(value, model, cancellationToken) : null;
            }

            if (!LeavesAlone(statement, reference, model, cancellationToken))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Whether what a statement does before the field is read cannot set it: it runs no code that is not seen.</summary>
    private static bool LeavesAlone(StatementSyntax statement, IFieldReferenceOperation reference, SemanticModel model, CancellationToken cancellationToken) =>
        model.GetOperation(statement, cancellationToken) is { } operation
        && operation.DescendantsAndSelf().Where(each => each.Syntax.Span.End <= reference.Syntax.SpanStart).All(each => each switch
        {
            IInvocationOperation { TargetMethod: { IsStatic: true } method } => IsOfSystem(method.ContainingType),
            IObjectCreationOperation { Type: var type } => IsOfSystem(type) || type is { IsRecord: true },
            IPropertyReferenceOperation { Property: var property } => IsOfSystem(property.ContainingType) || property.ContainingType.IsRecord,
            IFieldReferenceOperation field => !IsSame(field, reference),
            IArgumentOperation { Parameter.RefKind: not RefKind.None } => false,
            IInvocationOperation or IAwaitOperation or IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IIncrementOrDecrementOperation or IReturnOperation { Kind: OperationKind.YieldReturn }
                or ILabeledOperation or IBranchOperation { BranchKind: BranchKind.GoTo } or ILocalFunctionOperation or IEventReferenceOperation or IBinaryOperation { OperatorMethod: not null }
                or IConversionOperation { OperatorMethod: not null } or IInvalidOperation => false,
            _ => true,
        });

    private static bool IsSame(IFieldReferenceOperation target, IFieldReferenceOperation reference) => SymbolEqualityComparer.Default.Equals(target.Field, reference.Field);

    private static bool IsOfSystem(ITypeSymbol? type)
    {
        INamespaceSymbol? ns = type?.ContainingNamespace;
        while (ns is { ContainingNamespace.IsGlobalNamespace: false })
        {
            ns = ns.ContainingNamespace;
        }

        return ns?.Name == "System";
    }
}
