using ChatGen.Generator.JsonSchemas;

namespace ChatGen.Conformance;

/// <summary>A schema, an instance and its verdict.</summary>
internal sealed record ValidatorCase(JsonSchemaDialect Dialect, string Schema, string Instance, bool IsValid)
{
    public static ValidatorCase Draft7(string schema, string instance, bool isValid) => new(JsonSchemaDialect.Draft7, schema, instance, isValid);

    public static ValidatorCase Draft202012(string schema, string instance, bool isValid) => new(JsonSchemaDialect.Draft202012, schema, instance, isValid);
}
