using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Analyzers.Usage;

/// <summary>A rule that code breaks for certain.</summary>
/// <param name="Place">Where.</param>
/// <param name="Keyword">The keyword of JSON Schema.</param>
/// <param name="Message">The words of <c>Validate()</c>.</param>
internal sealed record UsageFault(TextSpan Place, string Keyword, string Message);
