namespace ChatGen.Generator.Model;

/// <summary>One schema of the project, by value. <paramref name="Text"/> is <see langword="null"/> for the built-in schema.</summary>
internal sealed record SchemaInput(string Path, string? Text, string Namespace, string? TakenBy = null);
