using Microsoft.CodeAnalysis;

namespace ChatGen.Analyzers.ErrorCodes;

/// <summary>The error codes of one schema, as its attribute and its constants tell of them.</summary>
internal sealed class ErrorCodeSchema
{
    private readonly IReadOnlyList<(int From, int To)> _ranges;
    private readonly HashSet<CodeValue> _known;

    private ErrorCodeSchema(INamedTypeSymbol type, IReadOnlyList<(int From, int To)> ranges)
    {
        Type = type;
        _ranges = ranges;
        Codes = [.. type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue)
            .Select(field => CodeValue.Of(field.ConstantValue) is { } value ? new KnownCode(field.Name, value) : null).OfType<KnownCode>()];
        _known = [.. Codes.Select(code => code.Value)];
    }

    /// <summary>The class of the constants.</summary>
    public INamedTypeSymbol Type { get; }

    /// <summary>The codes that have names, in the order of the schema.</summary>
    public IReadOnlyList<KnownCode> Codes { get; }

    /// <summary>Null for an attribute that another version has written, or whose class is not there.</summary>
    public static ErrorCodeSchema? Read(AttributeData attribute)
    {
        if (attribute.ConstructorArguments is not [{ Value: INamedTypeSymbol { TypeKind: TypeKind.Class } type }, { Kind: TypedConstantKind.Array, IsNull: false } bounds]
            || bounds.Values.Length % 2 != 0 || bounds.Values.Any(bound => bound.Value is not int))
        {
            return null;
        }

        var ranges = new List<(int From, int To)>();
        for (int i = 0; i < bounds.Values.Length; i += 2)
        {
            ranges.Add(((int)bounds.Values[i].Value!, (int)bounds.Values[i + 1].Value!));
        }

        return new ErrorCodeSchema(type, ranges);
    }

    /// <summary>Whether the schema names the code.</summary>
    public bool IsKnown(CodeValue value) => _known.Contains(value);

    /// <summary>Whether the schema names the code or a range that it is in.</summary>
    public bool IsExpected(CodeValue value) =>
        IsKnown(value) || (value.Number is { } number && _ranges.Any(range => number >= range.From && number <= range.To));
}
