using ChatGen.Generator.Documents;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Analyzers.Usage;

/// <summary>The value of a member in one instance.</summary>
/// <param name="Member">The member.</param>
/// <param name="Json">The value as it is written to JSON; null if nothing is written.</param>
internal sealed record MemberValue(RecordMember Member, JsonNode? Json)
{
    /// <summary>The expression that sets the member; null if nothing does.</summary>
    public SyntaxNode? Syntax { get; init; }

    /// <summary>Whether there is a value, as far as the compiler's analysis of null can tell.</summary>
    public bool IsGiven { get; init; }

    /// <summary>Where it is set.</summary>
    public TextSpan Span => Syntax?.Span ?? Json?.Span ?? default;

    /// <summary>Whether it is known to be what it would be if nobody set it.</summary>
    public bool IsDefault => Json is null || (Member.Default is { } standard && JsonText.Write(standard) == JsonText.Write(Json));
}
