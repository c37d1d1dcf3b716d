using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Generator.Diagnostics;

/// <summary>Something that is wrong, at the node that is wrong, which may be one of a base.</summary>
internal sealed record SchemaFault(DiagnosticDescriptor Descriptor, SchemaText Source, TextSpan Span, EquatableArray<string> Arguments)
{
    /// <summary>What it is and where it begins, for comparing the readings of a schema and of its base.</summary>
    public (string Id, string Path, int Start) Place => (Descriptor.Id, Source.Path, Span.Start);

    /// <summary>What the message is about.</summary>
    public string Subject => Arguments.Count == 0 ? "" : Arguments[0];
}
