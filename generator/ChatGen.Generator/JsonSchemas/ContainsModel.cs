namespace ChatGen.Generator.JsonSchemas;

/// <summary><c>contains</c>: how many items must match a subschema.</summary>
internal sealed record ContainsModel(int Subschema, int Minimum, int? Maximum);
