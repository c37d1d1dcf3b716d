namespace ChatGen.Generator.JsonSchemas;

/// <summary>A subschema under a property name, a regular expression of .NET or a keyword.</summary>
internal sealed record NamedSubschema(string Name, int Subschema);
