using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ChatGen.Analyzers.ErrorCodes;

/// <summary>What patterns over the value of a code mean.</summary>
internal static class CodePattern
{
    /// <summary>The patterns of which one must match: what <c>or</c> joins, which may be as long as the schema has codes.</summary>
    public static IEnumerable<IPatternOperation> Alternatives(IPatternOperation pattern)
    {
        var open = new Stack<IPatternOperation>([pattern]);
        while (open.Count > 0)
        {
            if (open.Pop() is var next && next is IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } either)
            {
                open.Push(either.RightPattern);
                open.Push(either.LeftPattern);
            }
            else
            {
                yield return next;
            }
        }
    }

    /// <summary>The constants that stand in a pattern as such.</summary>
    public static IEnumerable<IOperation> Constants(IPatternOperation pattern) => Alternatives(pattern).SelectMany(alternative => alternative switch
    {
        IConstantPatternOperation constant => [constant.Value],
        INegatedPatternOperation negated => Constants(negated.Pattern),
        IBinaryPatternOperation both => Constants(both.LeftPattern).Concat(Constants(both.RightPattern)),
        _ => [],
    });

    /// <summary>Whether a value matches; null if that is not decided.</summary>
    public static bool? Matches(IPatternOperation pattern, CodeValue value)
    {
        switch (pattern)
        {
            case IDiscardPatternOperation:
                return true;
            case IConstantPatternOperation constant:
                return Equal(constant.Value, value);
            case IRelationalPatternOperation relational:
                return Compare(relational, value);
            case INegatedPatternOperation negated:
                return !Matches(negated.Pattern, value);
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } either:
                // The operators of bool? are those of three-valued logic.
                return Matches(either.LeftPattern, value) | Matches(either.RightPattern, value);
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } both:
                return Matches(both.LeftPattern, value) & Matches(both.RightPattern, value);
            case IDeclarationPatternOperation declaration:
                return declaration.MatchesNull || IsOwn(declaration, declaration.MatchedType) ? true : null;
            case ITypePatternOperation type:
                return IsOwn(type, type.MatchedType) ? true : null;
            case IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true, PropertySubpatterns.IsEmpty: true } recursive:
                return IsOwn(recursive, recursive.MatchedType) ? true : null;
            default:
                return null;
        }
    }

    /// <summary>Whether a label equals a value; null if that is not decided.</summary>
    public static bool? Equal(IOperation label, CodeValue value) =>
        CodeProperty.Constant(label) is { } constant ? constant == value : IsNull(label) ? false : null;

    private static bool IsNull(IOperation label) => label switch
    {
        { ConstantValue: { HasValue: true, Value: var constant } } => constant is null,
        // The null of a type that is no constant's, such as int?.
        IConversionOperation { OperatorMethod: null } conversion => IsNull(conversion.Operand),
        _ => false,
    };

    /// <summary>Whether a pattern asks for no other type than the value has, where it is not null.</summary>
    private static bool IsOwn(IPatternOperation pattern, ITypeSymbol? type) =>
        SymbolEqualityComparer.Default.Equals(type, pattern.InputType is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : pattern.InputType);

    private static bool? Compare(IRelationalPatternOperation relational, CodeValue value)
    {
        if (value.Number is not { } number || CodeProperty.Constant(relational.Value)?.Number is not { } bound)
        {
            return null;
        }

        return relational.OperatorKind switch
        {
            BinaryOperatorKind.LessThan => number < bound,
            BinaryOperatorKind.LessThanOrEqual => number <= bound,
            BinaryOperatorKind.GreaterThan => number > bound,
            BinaryOperatorKind.GreaterThanOrEqual => number >= bound,
            _ => null,
        };
    }
}
