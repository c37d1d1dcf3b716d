using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>From a schema to the C# of its validator.</summary>
internal static class JsonValidator
{
    /// <summary>The method of a validator of one schema that collects failures.</summary>
    public const string Validate = "Validate";

    /// <summary>The validator of a schema with <c>IsValid</c> and <see cref="Validate"/>, or null if a diagnostic says why there is none.</summary>
    /// <param name="schema">An object or a Boolean.</param>
    /// <param name="options">The dialect and the documents that references may lead to.</param>
    /// <param name="diagnostics">Takes what is wrong or cannot be done exactly.</param>
    /// <param name="ns">A namespace.</param>
    /// <param name="className">The name of the class.</param>
    public static JsonValidatorSource? Emit(JsonNode schema, JsonSchemaOptions options, DiagnosticBag diagnostics, string ns, string className) =>
        JsonSchemaReader.Read(schema, options, diagnostics) is JsonSchemaModel model
            ? new JsonValidatorSource(ns, className, JsonValidatorEmitter.Emit(model, ns, className, [Validate], emitsVerdict: true))
            : null;
}
