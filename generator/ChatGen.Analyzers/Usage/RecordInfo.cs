using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using ChatGen.Generator.JsonSchemas;
using ChatGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace ChatGen.Analyzers.Usage;

/// <summary>A generated record that is checked, as its attributes describe it.</summary>
/// <param name="Type">The record.</param>
/// <param name="Rules">The rules of its namespace.</param>
/// <param name="Subschema">Which of them it is checked against.</param>
/// <param name="Members">The members, in the order of the schema.</param>
internal sealed record RecordInfo(INamedTypeSymbol Type, JsonSchemaModel Rules, int Subschema, IReadOnlyList<RecordMember> Members)
{
    private readonly Dictionary<string, RecordMember> _byName = Members.ToDictionary(member => member.Name, StringComparer.Ordinal);

    /// <summary>The name of the definition in the schema; null if the record is made of an inner schema.</summary>
    public string? Definition { get; init; }

    /// <summary>Members of which one must be given, or several together.</summary>
    public IReadOnlyList<string[]> Alternatives { get; init; } = [];

    /// <summary>Of the options that restore a session: those that start one.</summary>
    public INamedTypeSymbol? Start { get; init; }

    /// <summary>The patterns of the rules, for all evaluations.</summary>
    public required ConcurrentDictionary<string, Regex> Patterns { get; init; }

    /// <summary>How messages call the record and its members.</summary>
    public MemberNames Names { get; } = new(Type.Name, Members.Select(member => (member.JsonName, member.Name)).ToEquatableArray());

    /// <summary>Whether a constructor that somebody has written may set members.</summary>
    /// <remarks>Metadata does not tell the compiler's own constructors from others; those without parameters are named by an attribute.</remarks>
    public bool HasOwnConstructor { get; } = IsNamed(Type) || Type.InstanceConstructors.Any(constructor =>
        !constructor.IsImplicitlyDeclared && !(constructor.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, Type))
        && !(constructor.Parameters.IsEmpty && constructor.DeclaringSyntaxReferences.IsEmpty));

    private static bool IsNamed(INamedTypeSymbol type) => RecordCatalog.Attribute(type.ContainingAssembly, "ChatConstructorsAttribute") is { ConstructorArguments: [{ } records] }
        && RecordCatalog.Texts(records).Contains(type.ToDisplayString());

    public RecordMember? Find(string name) => _byName.TryGetValue(name, out RecordMember? member) ? member : null;
}
