using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ChatGen.Analyzers.Usage;

/// <summary>What is said around a value and does not change it.</summary>
internal static class Values
{
    /// <summary>The value without parentheses and without conversions that the compiler makes or that only change the type.</summary>
    public static IOperation Unwrap(IOperation operation)
    {
        while (!operation.ConstantValue.HasValue)
        {
            switch (operation)
            {
                case IConversionOperation { Conversion.Exists: false }:
                    // The compiler refuses it, which says all.
                    return operation;
                case IParenthesizedOperation { Operand: var inner }:
                    operation = inner;
                    break;
                case IConversionOperation { OperatorMethod: null, Operand: var inner } conversion
                    when conversion.Conversion is { IsReference: true } or { IsNullable: true } || conversion.Conversion.IsIdentity || conversion.IsImplicit:
                    operation = inner;
                    break;
                default:
                    return operation;
            }
        }

        return operation;
    }

    /// <summary>The type without <c>?</c>.</summary>
    public static ITypeSymbol? Underlying(ITypeSymbol? type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [{ } inner] } ? inner : type;

    /// <summary>A constant as the number that a type makes of it; the constant itself if the type is none of numbers.</summary>
    public static object Convert(object constant, ITypeSymbol? type)
    {
        SpecialType target = Underlying(type)?.SpecialType ?? SpecialType.None;
        return (target, constant) switch
        {
            (_, bool or string) => constant,
            (SpecialType.System_Double, char value) => (double)value,
            (SpecialType.System_Decimal, char value) => (decimal)value,
            (SpecialType.System_Double, _) => System.Convert.ToDouble(constant, CultureInfo.InvariantCulture),
            (SpecialType.System_Int32 or SpecialType.System_Int64, char value) => (long)value,
            (SpecialType.System_Int32 or SpecialType.System_Int64, float or double or decimal) => Truncate(constant),
            _ => constant,
        };
    }

    private static object Truncate(object constant) =>
        System.Convert.ToDouble(constant, CultureInfo.InvariantCulture) is var value && Math.Abs(value) < long.MaxValue / 2 ? (long)value : constant;

    /// <summary>The operation of an expression, around which there may be parentheses and <c>!</c>, which have none.</summary>
    public static IOperation? Of(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (expression)
            {
                case ParenthesizedExpressionSyntax { Expression: var inner }:
                    expression = inner;
                    break;
                case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression, Operand: var inner }:
                    expression = inner;
                    break;
                default:
                    IOperation? operation = model.GetOperation(expression, cancellationToken);
                    return operation is { Parent: IConversionOperation { IsImplicit: true } conversion } ? conversion : operation;
            }
        }
    }

    /// <summary>Whether an expression certainly makes a value that is not null.</summary>
    public static bool IsNeverNull(IOperation operation) =>
        Unwrap(operation) is var value
        && (value.Type is { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T } || value.ConstantValue is { HasValue: true, Value: not null }
            || value is IObjectCreationOperation { Type.OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T } or IArrayCreationOperation or IWithOperation or IAnonymousObjectCreationOperation
                or IInterpolatedStringOperation or IInstanceReferenceOperation);
}
