using Microsoft.CodeAnalysis;

namespace ChatGen.Generator.Model;

/// <summary>Why a schema's <c>x-chat.extends</c> leads to no schema; its place is that member's value.</summary>
internal sealed record BaseFault(DiagnosticDescriptor Descriptor, EquatableArray<string> Arguments);
