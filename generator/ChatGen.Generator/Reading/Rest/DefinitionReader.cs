using ChatGen.Generator.Documents;

namespace ChatGen.Generator.Reading.Rest;

/// <summary>Reads references of the mapping to definitions.</summary>
internal static class DefinitionReader
{
    /// <summary>The record made of the definition; <see langword="null"/>, after a diagnostic, if there is none.</summary>
    public static string? Read(RestContext context, JsonNode node, string name, string orElse = "")
    {
        if (node is not JsonObjectNode { Members: [{ Name: "$ref", Value: JsonStringNode reference }] })
        {
            context.Report(node, $"'{name}' must be a reference: {{ \"$ref\": \"#/definitions/…\" }}{orElse}");
            return null;
        }

        string? definition = References.Resolve(reference, context.Schemas, context.Diagnostics, name => TypeReader.IsRecord(context.Schemas, name) ? null : "an object with properties");
        return definition is not null && context.Types.Made.Contains(definition) ? TypeReader.TypeName(context.Schemas, definition, context.Diagnostics) : null;
    }
}
