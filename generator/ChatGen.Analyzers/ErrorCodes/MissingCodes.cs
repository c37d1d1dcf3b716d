using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ChatGen.Analyzers.ErrorCodes;

/// <summary>What a diagnostic tells the code fix: the constants that a switch leaves out.</summary>
/// <param name="Type">The class of the constants, by its name in metadata.</param>
/// <param name="Names">The constants.</param>
internal sealed record MissingCodes(string Type, IReadOnlyList<string> Names)
{
    private const string TypeKey = "ErrorCodes.Type";
    private const string NamesKey = "ErrorCodes.Names";

    public static ImmutableDictionary<string, string?> Write(ErrorCodeSchema schema, IEnumerable<KnownCode> codes) => ImmutableDictionary<string, string?>.Empty
        .Add(TypeKey, MetadataName(schema.Type))
        .Add(NamesKey, string.Join(",", codes.Select(code => code.Name)));

    /// <summary>Null if the diagnostic tells nothing.</summary>
    public static MissingCodes? Read(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(TypeKey, out string? type) && type is not null && diagnostic.Properties.TryGetValue(NamesKey, out string? names) && names is not null
            ? new MissingCodes(type, names.Split(','))
            : null;

    private static string MetadataName(INamedTypeSymbol type) => type.ContainingType is { } outer
        ? $"{MetadataName(outer)}+{type.MetadataName}"
        : type.ContainingNamespace is { IsGlobalNamespace: false } ns ? $"{ns.ToDisplayString()}.{type.MetadataName}" : type.MetadataName;
}
