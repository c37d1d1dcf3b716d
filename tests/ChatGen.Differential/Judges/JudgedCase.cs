using ChatGen.Generator.JsonSchemas;

namespace ChatGen.Differential.Judges;

/// <summary>A schema and instances, as JSON text: every judge reads them by itself.</summary>
internal sealed record JudgedCase(JsonSchemaDialect Dialect, string Schema, IReadOnlyList<string> Instances);
