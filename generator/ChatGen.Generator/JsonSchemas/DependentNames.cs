using ChatGen.Generator.Model;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>The names that must be there where another is, and the keyword that says so.</summary>
internal sealed record DependentNames(string Keyword, string Name, EquatableArray<string> Required);
