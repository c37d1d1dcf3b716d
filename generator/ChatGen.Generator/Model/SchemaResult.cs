using ChatGen.Generator.Diagnostics;

namespace ChatGen.Generator.Model;

/// <summary>What came of reading one schema.</summary>
internal sealed record SchemaResult(ChatSchemaModel? Model, EquatableArray<DiagnosticInfo> Diagnostics);
