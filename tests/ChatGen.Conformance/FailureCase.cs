using ChatGen.Generator.JsonSchemas;

namespace ChatGen.Conformance;

/// <summary>A schema, an instance and the failures that are to be reported, each as <c>path keyword: message</c>.</summary>
internal sealed record FailureCase(JsonSchemaDialect Dialect, string Schema, string Instance, string[] Failures)
{
    public static FailureCase Draft7(string schema, string instance, params string[] failures) => new(JsonSchemaDialect.Draft7, schema, instance, failures);

    public static FailureCase Draft202012(string schema, string instance, params string[] failures) => new(JsonSchemaDialect.Draft202012, schema, instance, failures);
}
