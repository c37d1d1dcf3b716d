using ChatGen.Generator.JsonSchemas;

namespace ChatGen.Differential.Generation;

/// <summary>What one document has, where ajv cannot be asked about two things at once; the README says why.</summary>
internal sealed record SchemaFeatures(JsonSchemaDialect Dialect, bool HasUnevaluated, bool HasDynamicReferences)
{
    public bool IsDraft7 => Dialect == JsonSchemaDialect.Draft7;

    /// <summary>To ajv, <c>contains</c> has evaluated all items, and not only those that it matches.</summary>
    public bool HasContains => !HasUnevaluated;

    public static SchemaFeatures Draw(Random random, JsonSchemaDialect dialect)
    {
        bool isNew = dialect == JsonSchemaDialect.Draft202012;
        bool hasUnevaluated = isNew && random.Chance(35);
        return new SchemaFeatures(dialect, hasUnevaluated, isNew && !hasUnevaluated && random.Chance(12));
    }
}
