using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ChatGen.Analyzers.ErrorCodes;

/// <summary>Finds where code looks at the value of an error code.</summary>
internal static class CodeProperty
{
    /// <summary>Which value an expression is; null if it is none, or not as it stands in the code.</summary>
    public static CodeMember? Of(IOperation? operation) => Unwrap(operation) switch
    {
        IPropertyReferenceOperation property when IsCode(property.Property.ContainingType) => property.Property.Name switch
        {
            "Number" => CodeMember.Number,
            "Text" => CodeMember.Text,
            _ => null,
        },
        IConditionalAccessOperation access => Of(access.WhenNotNull),
        IConditionalAccessInstanceOperation instance => Of(Receiver(instance)),
        _ => null,
    };

    /// <summary>The constant that an expression is; null if it is none with which codes are compared.</summary>
    public static CodeValue? Constant(IOperation? operation) =>
        operation is { ConstantValue: { HasValue: true, Value: var value } } ? CodeValue.Of(value)
            : operation is IConversionOperation { OperatorMethod: null } conversion && KeepsValue(conversion.Type) ? Constant(conversion.Operand) : null;

    /// <summary>The constant by its name, if it is referred to.</summary>
    public static IFieldSymbol? Field(IOperation? operation) => operation switch
    {
        IFieldReferenceOperation field => field.Field,
        IConversionOperation conversion => Field(conversion.Operand),
        _ => null,
    };

    /// <summary>Whether a type is that of error codes. It is known by its name: each version of the runtime has its own.</summary>
    public static bool IsCode(ITypeSymbol? type) =>
        type is { Name: "ChatErrorCode", TypeKind: TypeKind.Struct, ContainingType: null, ContainingNamespace: { Name: "ChatGen", ContainingNamespace.IsGlobalNamespace: true } };

    private static IOperation? Unwrap(IOperation? operation)
    {
        while (operation is IConversionOperation { OperatorMethod: null } conversion && KeepsValue(conversion.Type))
        {
            operation = conversion.Operand;
        }

        return operation;
    }

    /// <summary>Whether a number or a text is the same after a conversion.</summary>
    private static bool KeepsValue(ITypeSymbol? type) => type switch
    {
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => KeepsValue(nullable.TypeArguments[0]),
        { SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_String or SpecialType.System_Object } => true,
        _ => false,
    };

    /// <summary>What stands in front of the <c>?.</c> that an expression goes on from.</summary>
    private static IOperation? Receiver(IConditionalAccessInstanceOperation instance)
    {
        IOperation child = instance;
        while (child.Parent is { } parent)
        {
            if (parent is IConditionalAccessOperation access && access.WhenNotNull == child)
            {
                return access.Operation;
            }

            child = parent;
        }

        return null;
    }
}
