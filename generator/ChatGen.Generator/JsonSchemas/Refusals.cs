using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using Microsoft.CodeAnalysis;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>
/// What speaks against one schema. The bag alone cannot tell: it keeps one of equal diagnostics, so that a schema refused before would be accepted the second time.
/// </summary>
internal sealed class Refusals(DiagnosticBag diagnostics)
{
    public bool Any { get; private set; }

    public void Add(DiagnosticDescriptor descriptor, JsonNode node, params string[] arguments)
    {
        Any = true;
        diagnostics.Add(descriptor, node, arguments);
    }
}
