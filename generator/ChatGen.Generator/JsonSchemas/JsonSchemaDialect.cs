namespace ChatGen.Generator.JsonSchemas;

/// <summary>The drafts of JSON Schema whose meaning is known.</summary>
internal enum JsonSchemaDialect
{
    /// <summary>draft-07.</summary>
    Draft7,

    /// <summary>2020-12.</summary>
    Draft202012,
}
