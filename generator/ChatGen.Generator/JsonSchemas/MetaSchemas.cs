namespace ChatGen.Generator.JsonSchemas;

/// <summary>The meta-schemas that name a dialect.</summary>
internal static class MetaSchemas
{
    /// <summary>The file that describes chat schemas; editors find it by its path, and nobody else opens it.</summary>
    private const string ChatMetaSchema = "chatgen.meta.schema.json";

    public static JsonSchemaDialect? DialectOf(string metaSchema) => metaSchema.TrimEnd('#') switch
    {
        "http://json-schema.org/draft-07/schema" or "https://json-schema.org/draft-07/schema" => JsonSchemaDialect.Draft7,
        "https://json-schema.org/draft/2020-12/schema" => JsonSchemaDialect.Draft202012,
        var path when path.Split('/').Last() == ChatMetaSchema => JsonSchemaDialect.Draft7,
        _ => null,
    };
}
