using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ChatGen.Analyzers.Usage;

/// <summary>Records that are made to be copied and changed, so that they need not be whole.</summary>
internal static class Templates
{
    /// <summary>Whether what an expression makes is copied before it is used, as far as the names in its file tell.</summary>
    public static bool IsTemplate(IOperation creation)
    {
        SyntaxNode value = Whole(creation.Syntax);
        if (value.Parent is WithExpressionSyntax with && with.Expression == value)
        {
            return true;
        }

        return NameOf(value, creation) is { } name
            && value.SyntaxTree.GetRoot().DescendantNodes().OfType<WithExpressionSyntax>().Any(with => NameOf(with.Expression) == name);
    }

    /// <summary>The largest expression that has the same value, or that holds it.</summary>
    private static SyntaxNode Whole(SyntaxNode value)
    {
        while (value.Parent is ParenthesizedExpressionSyntax or ConditionalExpressionSyntax or CastExpressionSyntax or SwitchExpressionArmSyntax or SwitchExpressionSyntax or InitializerExpressionSyntax
            or ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax or ExpressionElementSyntax or CollectionExpressionSyntax
            or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression }
            or AssignmentExpressionSyntax { Left: ImplicitElementAccessSyntax } || (value is InitializerExpressionSyntax && value.Parent is BaseObjectCreationExpressionSyntax))
        {
            value = value.Parent;
        }

        return value;
    }

    /// <summary>Under which name a value is known.</summary>
    private static string? NameOf(SyntaxNode value, IOperation creation) => value.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } => declarator.Identifier.ValueText,
        EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } => property.Identifier.ValueText,
        ArrowExpressionClauseSyntax or ReturnStatementSyntax => NameOfFunction(value),
        AssignmentExpressionSyntax { Left: ExpressionSyntax left } => NameOf(left),
        ArgumentSyntax => NameOfParameter(creation),
        _ => null,
    };

    private static string? NameOfFunction(SyntaxNode value) =>
        value.Ancestors().FirstOrDefault(node => node is MethodDeclarationSyntax or PropertyDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax) switch
        {
            MethodDeclarationSyntax method => method.Identifier.ValueText,
            PropertyDeclarationSyntax property => property.Identifier.ValueText,
            LocalFunctionStatementSyntax function => function.Identifier.ValueText,
            _ => null,
        };

    /// <summary>The parameter of a function in the same file.</summary>
    private static string? NameOfParameter(IOperation creation)
    {
        IOperation? parent = creation.Parent;
        while (parent is IConversionOperation)
        {
            parent = parent.Parent;
        }

        return parent is IArgumentOperation { Parameter: { } parameter } && parameter.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == creation.Syntax.SyntaxTree)
            ? parameter.Name
            : null;
    }

    private static string? NameOf(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        InvocationExpressionSyntax call => NameOf(call.Expression),
        ElementAccessExpressionSyntax access => NameOf(access.Expression),
        ParenthesizedExpressionSyntax inner => NameOf(inner.Expression),
        PostfixUnaryExpressionSyntax inner => NameOf(inner.Operand),
        AwaitExpressionSyntax inner => NameOf(inner.Expression),
        _ => null,
    };
}
