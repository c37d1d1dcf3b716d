using ChatGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace ChatGen.Generator.Diagnostics;

/// <summary>A diagnostic by value, so that it can travel through the pipeline.</summary>
internal sealed record DiagnosticInfo(DiagnosticDescriptor Descriptor, LocationInfo? Location, EquatableArray<string> Arguments)
{
    /// <summary>What the message is about.</summary>
    public string Subject => Arguments.Count == 0 ? "" : Arguments[0];

    public Diagnostic ToDiagnostic() => Diagnostic.Create(Descriptor, Location?.ToLocation(), [.. Arguments]);
}
