using ChatGen.Generator.Documents;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>A keyword that an instance breaks.</summary>
/// <param name="Place">Where: the value, or the name of a member that must not be there.</param>
/// <param name="Keyword">The keyword.</param>
/// <param name="Message">The words of emitted validators.</param>
internal sealed record SchemaViolation(JsonNode Place, string Keyword, string Message);
