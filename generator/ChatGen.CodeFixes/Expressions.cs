using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ChatGen.CodeFixes;

/// <summary>The expression that a diagnostic marks, and what can stand in its place.</summary>
internal static class Expressions
{
    /// <summary>The marked expression; null if something else is marked.</summary>
    public static ExpressionSyntax? At(FixPlace place)
    {
        SyntaxNode node = place.Node;
        while (node is not ExpressionSyntax && node.Parent is { } parent && parent.Span == node.Span)
        {
            node = parent;
        }

        return node as ExpressionSyntax is { } expression && expression.Span == place.Diagnostic.Location.SourceSpan ? expression : null;
    }

    /// <summary>What the expression has to be, or is itself where that is no type of constants.</summary>
    public static ITypeSymbol? TypeOf(FixPlace place, ExpressionSyntax expression)
    {
        TypeInfo info = place.Model.GetTypeInfo(expression, place.CancellationToken);
        ITypeSymbol? converted = info.ConvertedType is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [{ } inner] } ? inner : info.ConvertedType;
        return converted is { SpecialType: not (SpecialType.None or SpecialType.System_Object) } or { TypeKind: TypeKind.Enum } || IsSystem(converted, "TimeSpan") || info.Type is null ? converted : info.Type;
    }

    /// <summary>The value of a constant text.</summary>
    public static string? TextOf(FixPlace place, ExpressionSyntax expression) =>
        place.Model.GetConstantValue(expression, place.CancellationToken) is { HasValue: true, Value: string text } ? text : null;

    public static bool IsInteger(ITypeSymbol type) => type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64;

    public static bool IsSystem(ITypeSymbol? type, string name) => type is { ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } && type.Name == name;

    /// <summary>A number as a literal of a type.</summary>
    public static string Number(ITypeSymbol type, decimal value) => value.ToString("0.#############################", CultureInfo.InvariantCulture) + (type.SpecialType, value % 1 == 0) switch
    {
        (SpecialType.System_Decimal, false) => "m",
        (SpecialType.System_Single, false) => "f",
        _ => "",
    };
}
