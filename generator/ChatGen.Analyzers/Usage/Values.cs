using Microsoft.CodeAnalysis;
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
                case IParenthesizedOperation { Operand: var inner }:
                    operation = inner;
                    break;
                case IConversionOperation { OperatorMethod: null, Operand: var inner } conversion
                    when conversion.Conversion is { IsReference: true } or { IsNullable: true } || conversion.IsImplicit:
                    operation = inner;
                    break;
                default:
                    return operation;
            }
        }

        return operation;
    }

    /// <summary>Whether an expression certainly makes a value that is not null.</summary>
    public static bool IsNeverNull(IOperation operation) =>
        operation.Type is { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T }
        || Unwrap(operation) is IObjectCreationOperation or IArrayCreationOperation or IWithOperation or IAnonymousObjectCreationOperation or IInterpolatedStringOperation or IInstanceReferenceOperation;
}
