using ChatGen.Generator.Documents;

namespace ChatGen.Conformance;

/// <summary>A schema with its tests.</summary>
internal sealed record SuiteCase(SuiteSet Set, string File, string Description, SchemaText Source, JsonNode Schema, IReadOnlyList<SuiteTest> Tests)
{
    public string Name => $"{File} | {Description}";
}
