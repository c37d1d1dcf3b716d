using ChatGen.Generator.Documents;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>The meta-schemas that name a dialect.</summary>
internal static class MetaSchemas
{
    public static JsonSchemaDialect? DialectOf(string metaSchema) => metaSchema.TrimEnd('#') switch
    {
        "http://json-schema.org/draft-07/schema" or "https://json-schema.org/draft-07/schema" => JsonSchemaDialect.Draft7,
        "https://json-schema.org/draft/2020-12/schema" => JsonSchemaDialect.Draft202012,
        _ when MetaSchema.IsAt(metaSchema) => JsonSchemaDialect.Draft7,
        _ => null,
    };
}
