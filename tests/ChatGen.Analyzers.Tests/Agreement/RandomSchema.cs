using System.Text;
using System.Text.Json.Nodes;
using ChatGen.Generator.JsonSchemas;
using Microsoft.CodeAnalysis.CSharp;

namespace ChatGen.Analyzers.Tests.Agreement;

/// <summary>A chat schema with a command for each of many options.</summary>
/// <param name="Namespace">Where its records are.</param>
/// <param name="Dialect">The dialect.</param>
/// <param name="Options">The options.</param>
internal sealed record RandomSchema(string Namespace, JsonSchemaDialect Dialect, IReadOnlyList<RandomOptions> Options)
{
    public string Path => Namespace + ".chat.json";

    public static RandomSchema Create(int seed, int number)
    {
        JsonSchemaDialect dialect = number % 2 == 0 ? JsonSchemaDialect.Draft7 : JsonSchemaDialect.Draft202012;
        int first = number * AgreementSettings.CommandsPerSchema;
        return new RandomSchema(
            FormattableString.Invariant($"Acme.Chat{number}"), dialect,
            [.. Enumerable.Range(first, AgreementSettings.CommandsPerSchema).Select(index => RandomOptionsGenerator.Create(seed, index, dialect))]);
    }

    /// <summary>The schema, with the options and their definitions on a line of their own, so that a problem tells whose it is.</summary>
    public string Text()
    {
        string uri = Dialect == JsonSchemaDialect.Draft7 ? "http://json-schema.org/draft-07/schema#" : "https://json-schema.org/draft/2020-12/schema";
        var text = new StringBuilder();
        text.Append("{ \"$schema\": \"").Append(uri).Append("\", \"$id\": \"").Append(Namespace).Append("\", \"x-chat\": { \"extends\": \"genesys-gwe-8.5\", \"transports\": { \"rest\": null, \"cometd\": { \"operations\": {");
        text.AppendJoin(", ", Options.Select(options => $"\"{Command(options)}\": \"{Command(options)}\""));
        text.Append(" } } }, \"commands\": {");
        text.AppendJoin(", ", Options.Select(options => $"\"{Command(options)}\": {{ \"options\": {{ \"$ref\": \"#/definitions/{options.Name}\" }} }}"));
        text.Append(" } }, \"definitions\": {");
        foreach (RandomOptions options in Options)
        {
            text.Append('\n');
            foreach ((string name, JsonNode? definition) in options.Definitions)
            {
                text.Append(SymbolDisplay.FormatLiteral(options.Name + name, true)).Append(": ").Append(Renamed(options, definition!)).Append(", ");
            }

            text.Append(SymbolDisplay.FormatLiteral(options.Name, true)).Append(": ").Append(Renamed(options, options.Schema)).Append(options == Options[^1] ? "" : ",");
        }

        return text.Append("\n} }").ToString();
    }

    /// <summary>Whose line of the text it is; null if it is no one's.</summary>
    public RandomOptions? OfLine(int line) => line >= 1 && line <= Options.Count ? Options[line - 1] : null;

    private static string Command(RandomOptions options) => char.ToLowerInvariant(options.Name[0]) + options.Name[1..^"Options".Length];

    private static string Renamed(RandomOptions options, JsonNode schema) =>
        schema.ToJsonString().Replace("\"#/definitions/Definition", $"\"#/definitions/{options.Name}Definition", StringComparison.Ordinal);
}
