using Microsoft.CodeAnalysis;

namespace ChatGen.Analyzers.ErrorCodes;

/// <summary>The error codes of every schema that a compilation can see. Immutable.</summary>
internal sealed class ErrorCodeCatalog
{
    private const string Attribute = "ChatErrorCodesAttribute";
    private const string Namespace = "ChatGen";

    private ErrorCodeCatalog(IReadOnlyList<ErrorCodeSchema> schemas, bool isComplete)
    {
        Schemas = schemas;
        IsComplete = isComplete;
    }

    /// <summary>The schemas.</summary>
    public IReadOnlyList<ErrorCodeSchema> Schemas { get; }

    /// <summary>Whether every schema can be read and names codes. Of a backend whose schema names none, all may come.</summary>
    public bool IsComplete { get; }

    /// <summary>Null if there are no generated error codes.</summary>
    public static ErrorCodeCatalog? Read(Compilation compilation)
    {
        // Attributes of assemblies are read only where they can be: most references are of .NET.
        var declaring = new HashSet<string>(
            compilation.GetTypesByMetadataName($"{Namespace}.{Attribute}").Select(type => type.ContainingAssembly.Identity.Name), StringComparer.Ordinal);
        if (declaring.Count == 0)
        {
            return null;
        }

        ErrorCodeSchema?[] schemas =
        [
            .. compilation.SourceModule.ReferencedAssemblySymbols.Where(Refers).Prepend(compilation.Assembly)
                .SelectMany(assembly => assembly.GetAttributes()).Where(IsOfCodes).Select(ErrorCodeSchema.Read),
        ];
        return schemas.Length == 0 ? null : new([.. schemas.OfType<ErrorCodeSchema>()], schemas.All(schema => schema is { Codes.Count: > 0 }));

        bool Refers(IAssemblySymbol assembly) =>
            declaring.Contains(assembly.Identity.Name) || assembly.Modules.Any(module => module.ReferencedAssemblies.Any(reference => declaring.Contains(reference.Name)));
    }

    /// <summary>Whether a value is no code of any schema, which is certain only if all are known.</summary>
    public bool IsUnexpected(CodeValue value) =>
        // Nothing has the number 0 and no text: codes of the other kind, and that of no error.
        IsComplete && value is not ({ Number: 0 } or { Text: "" }) && !Schemas.Any(schema => schema.IsExpected(value));

    /// <summary>Whether a text is like none, upper and lower case being the same.</summary>
    public bool IsUnexpectedInAnyCase(CodeValue value) => IsUnexpected(value)
        && !Schemas.Any(schema => schema.Codes.Any(code => string.Equals(code.Value.Text, value.Text, StringComparison.OrdinalIgnoreCase)));

    private static bool IsOfCodes(AttributeData attribute) =>
        attribute.AttributeClass is { Name: Attribute, ContainingNamespace: { Name: Namespace, ContainingNamespace.IsGlobalNamespace: true } };
}
