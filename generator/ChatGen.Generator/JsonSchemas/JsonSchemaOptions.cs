using ChatGen.Generator.Documents;
using ChatGen.Generator.Reading;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>How a schema is to be read.</summary>
/// <param name="Dialect">Of documents without <c>$schema</c>.</param>
/// <param name="Documents">What references may lead to, by absolute URI without a fragment.</param>
internal sealed record JsonSchemaOptions(JsonSchemaDialect Dialect, IReadOnlyDictionary<string, JsonNode> Documents)
{
    /// <summary>What relative references start from where nothing else is known.</summary>
    public const string DefaultBaseUri = "chatgen:/schema.json";

    /// <summary>What relative references start from where there is no <c>$id</c>.</summary>
    public string BaseUri { get; init; } = DefaultBaseUri;

    /// <summary>Whether <c>format</c> is asserted and not an annotation.</summary>
    public bool AssertsFormat { get; init; }

    /// <summary>Whether formats that only a later draft defines are asserted as it defines them.</summary>
    public bool AssertsLaterFormats { get; init; }

    /// <summary>Whether a format that cannot be asserted is an annotation even so, and not refused.</summary>
    public bool AnnotatesUnknownFormats { get; init; }

    /// <summary>The translations of patterns, for all that is read with the same options. Not thread-safe.</summary>
    public EcmaPatternTranslations Patterns { get; } = new();
}
