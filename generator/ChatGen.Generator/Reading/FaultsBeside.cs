using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using Microsoft.CodeAnalysis;

namespace ChatGen.Generator.Reading;

/// <summary>What a second check found, except at, within and around the places where something is reported already. Both may be many.</summary>
internal static class FaultsBeside
{
    /// <summary>Adds it.</summary>
    /// <param name="diagnostics">What is reported already, and takes the rest.</param>
    /// <param name="other">What was found.</param>
    /// <param name="except">What is left out.</param>
    public static void Add(DiagnosticBag diagnostics, DiagnosticBag other, DiagnosticDescriptor? except)
    {
        Dictionary<string, MetaSchemaSpans> known = diagnostics.Faults.GroupBy(fault => fault.Source.Path, StringComparer.Ordinal)
            .ToDictionary(faults => faults.Key, faults => new MetaSchemaSpans(faults.Select(fault => fault.Span)), StringComparer.Ordinal);
        foreach (SchemaFault fault in other.Faults.Where(fault => fault.Descriptor != except))
        {
            if (!known.TryGetValue(fault.Source.Path, out MetaSchemaSpans? spans) || !spans.Meet(fault.Span))
            {
                diagnostics.Add(fault.Descriptor, fault.Source, fault.Span, [.. fault.Arguments]);
            }
        }
    }
}
