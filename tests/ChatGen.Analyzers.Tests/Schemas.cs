namespace ChatGen.Analyzers.Tests;

/// <summary>Schemas that the tests generate from.</summary>
internal static class Schemas
{
    /// <summary>The built-in schema in the namespace Acme.Chat.</summary>
    public const string BuiltIn = """{ "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" } }""";

    /// <summary>The built-in schema with other definitions.</summary>
    /// <param name="definitions">Members of <c>definitions</c>.</param>
    public static string With(string definitions) =>
        $$"""{ "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" }, "definitions": { {{definitions}} } }""";
}
