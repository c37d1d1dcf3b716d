namespace ChatGen.Generator.JsonSchemas;

/// <summary>The file of an emitted validator.</summary>
internal sealed record JsonValidatorSource(string Namespace, string ClassName, string Text);
