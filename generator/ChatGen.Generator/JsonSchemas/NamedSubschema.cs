namespace ChatGen.Generator.JsonSchemas;

/// <summary>A subschema under a property name, or under a regular expression of .NET.</summary>
internal sealed record NamedSubschema(string Name, int Subschema);
