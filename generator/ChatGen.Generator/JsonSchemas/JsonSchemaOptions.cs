using ChatGen.Generator.Documents;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>How a schema is to be read.</summary>
/// <param name="Dialect">Of documents without <c>$schema</c>.</param>
/// <param name="Documents">What references may lead to, by absolute URI without a fragment.</param>
internal sealed record JsonSchemaOptions(JsonSchemaDialect Dialect, IReadOnlyDictionary<string, JsonNode> Documents)
{
    /// <summary>What relative references start from where there is no <c>$id</c>.</summary>
    public string BaseUri { get; init; } = "chatgen:/schema.json";

    /// <summary>Whether <c>format</c> is asserted and not an annotation.</summary>
    public bool AssertsFormat { get; init; }
}
