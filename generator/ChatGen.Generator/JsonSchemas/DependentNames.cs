using ChatGen.Generator.Model;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>The names that must be there where another is.</summary>
internal sealed record DependentNames(string Name, EquatableArray<string> Required);
