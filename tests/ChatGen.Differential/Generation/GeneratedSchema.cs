using System.Text.Json.Nodes;
using ChatGen.Generator.JsonSchemas;

namespace ChatGen.Differential.Generation;

/// <summary>A schema with what its references lead to, so that instances can be made for it without resolving any.</summary>
internal sealed record GeneratedSchema(JsonSchemaDialect Dialect, JsonNode Root, IReadOnlyDictionary<string, JsonNode> Targets);
