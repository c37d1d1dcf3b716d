using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.CodeFixes;

/// <summary>A diagnostic and the code that it stands in.</summary>
/// <param name="Diagnostic">The diagnostic.</param>
/// <param name="Root">The file as a tree.</param>
/// <param name="Text">The file as text.</param>
/// <param name="Model">What the code means.</param>
/// <param name="CancellationToken">Ends the search for fixes.</param>
internal sealed record FixPlace(Diagnostic Diagnostic, SyntaxNode Root, SourceText Text, SemanticModel Model, CancellationToken CancellationToken)
{
    /// <summary>The marked code, without what only surrounds it.</summary>
    public SyntaxNode Node => Root.FindNode(Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);

    /// <summary>What the analyzer tells; null if it does not.</summary>
    public string? Fact(string name) => Diagnostic.Properties.TryGetValue(name, out string? value) ? value : null;
}
