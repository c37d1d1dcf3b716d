using ChatGen.Analyzers.Usage;
using Microsoft.CodeAnalysis;

namespace ChatGen.Analyzers.Configuration;

/// <summary>What kind of JSON a value of a C# type is: the compile-time twin of the runtime's <c>ChatConfigurationShape</c>.</summary>
internal enum ConfigurationKind
{
    /// <summary>It cannot be told.</summary>
    Unknown,
    Text,
    Number,
    Boolean,
    Any,
    AnyObject,
    List,
    Dictionary,
    Record,

    /// <summary>It exists only in the process.</summary>
    Service,
}

/// <summary>The kind of a type.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Part">The type of an item or of a member's value.</param>
/// <param name="Record">The record.</param>
internal readonly record struct ConfigurationShape(ConfigurationKind Kind, ITypeSymbol? Part = null, RecordInfo? Record = null)
{
    public static ConfigurationShape Of(ITypeSymbol type, RecordCatalog records)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            type = nullable.TypeArguments[0];
        }

        if (records.Find(type) is { } record)
        {
            return new(ConfigurationKind.Record, Record: record);
        }

        if (type.TypeKind == TypeKind.Enum)
        {
            return new(records.FindValues(type) is null ? ConfigurationKind.Unknown : ConfigurationKind.Text);
        }

        return type.SpecialType switch
        {
            SpecialType.System_String => new(ConfigurationKind.Text),
            SpecialType.System_Boolean => new(ConfigurationKind.Boolean),
            SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Double or SpecialType.System_Decimal => new(ConfigurationKind.Number),
            _ => OfFramework(type),
        };
    }

    private static ConfigurationShape OfFramework(ITypeSymbol type) => (type.ContainingNamespace?.ToDisplayString(), type.MetadataName) switch
    {
        ("System", "Uri" or "Guid" or "DateTimeOffset") => new(ConfigurationKind.Text),
        ("System", "TimeSpan") => new(ConfigurationKind.Number),
        ("System.Text.Json.Nodes", "JsonObject") => new(ConfigurationKind.AnyObject),
        ("System.Text.Json.Nodes", "JsonNode") => new(ConfigurationKind.Any),
        ("System.Collections.Generic", "IReadOnlyList`1") => new(ConfigurationKind.List, ((INamedTypeSymbol)type).TypeArguments[0]),
        ("System.Collections.Generic", "Dictionary`2") => new(ConfigurationKind.Dictionary, ((INamedTypeSymbol)type).TypeArguments[1]),
        ("ChatGen", "IChatTransport" or "IChatStateStorage") or ("Microsoft.Extensions.Logging", "ILogger") => new(ConfigurationKind.Service),
        _ => new(ConfigurationKind.Unknown),
    };
}
