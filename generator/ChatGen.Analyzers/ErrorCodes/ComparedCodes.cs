using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ChatGen.Analyzers.ErrorCodes;

/// <summary>Finds constants with which codes are compared.</summary>
internal static class ComparedCodes
{
    /// <summary>Those of <c>==</c> and <c>!=</c>.</summary>
    public static IEnumerable<IOperation> Of(IBinaryOperation comparison)
    {
        if (comparison.OperatorKind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals)
        {
            return OfPair(comparison.LeftOperand, comparison.RightOperand);
        }

        return [];
    }

    /// <summary>Those of <c>new ChatErrorCode(…)</c>. What is said of a code besides declares it, and compares with nothing.</summary>
    public static IEnumerable<IOperation> Of(IObjectCreationOperation creation) =>
        CodeProperty.IsCode(creation.Type) && creation.Arguments.All(argument => argument.Parameter is { Ordinal: 0 } || argument.ArgumentKind == ArgumentKind.DefaultValue)
            ? creation.Arguments.Where(argument => argument.Parameter is { Ordinal: 0 }).Select(argument => argument.Value)
            : [];

    /// <summary>Those of <c>Equals</c>, of a number or a text or static.</summary>
    /// <param name="call">The call.</param>
    /// <param name="ignoresCase">Whether texts are compared without a look at their case.</param>
    public static IEnumerable<IOperation> Of(IInvocationOperation call, out bool ignoresCase)
    {
        ignoresCase = false;
        if (call.TargetMethod is not { Name: "Equals", ContainingType: { } type } || !IsComparable(type))
        {
            return [];
        }

        List<IOperation> operands = [.. call.Arguments.OrderBy(argument => argument.Parameter?.Ordinal).Select(argument => argument.Value)];
        if (call.Instance is not null)
        {
            operands.Insert(0, call.Instance);
        }

        if (operands is [_, _, { } comparison])
        {
            // StringComparison.Ordinal and OrdinalIgnoreCase; what is equal in a culture is not known here.
            if (comparison is not { Type.Name: "StringComparison", ConstantValue: { HasValue: true, Value: 4 or 5 } })
            {
                return [];
            }

            ignoresCase = comparison.ConstantValue.Value is 5;
            operands.RemoveAt(2);
        }

        return operands is [{ } left, { } right] ? OfPair(left, right) : [];
    }

    private static IEnumerable<IOperation> OfPair(IOperation left, IOperation right) =>
        CodeProperty.Of(left) is not null ? [right] : CodeProperty.Of(right) is not null ? [left] : [];

    private static bool IsComparable(INamedTypeSymbol type) =>
        type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_String or SpecialType.System_Object
        || type is { Name: "IEquatable", Arity: 1, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };
}
