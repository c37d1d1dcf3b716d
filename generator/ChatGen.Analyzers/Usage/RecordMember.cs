using ChatGen.Generator.Documents;
using Microsoft.CodeAnalysis;

namespace ChatGen.Analyzers.Usage;

/// <summary>A member of a record that is checked.</summary>
/// <param name="Symbol">The property.</param>
/// <param name="JsonName">The name in JSON.</param>
/// <param name="Default">The value of a member that nobody sets; null if there is none.</param>
internal sealed record RecordMember(IPropertySymbol Symbol, string JsonName, JsonNode? Default)
{
    public string Name => Symbol.Name;

    /// <summary>Whether the backend alone sets the member.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Whether an empty text stands for the default.</summary>
    public bool IsEmptyDefault { get; init; }

    /// <summary>Whether a time span is counted in milliseconds and not in seconds.</summary>
    public bool IsMilliseconds { get; init; }

    /// <summary>Whether starting and restoring a session ask for the same value.</summary>
    public bool IsSameAtRestore { get; init; }

    /// <summary>Members together with which this one has no effect.</summary>
    public IReadOnlyList<string> IgnoredWith { get; init; } = [];

    /// <summary>Whether a value may be missing, by the C# type.</summary>
    public bool IsNullable => Symbol.Type.NullableAnnotation == NullableAnnotation.Annotated || Symbol.Type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
}
