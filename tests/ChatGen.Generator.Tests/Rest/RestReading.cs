using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;
using ChatGen.Generator.Reading;
using Xunit;

namespace ChatGen.Generator.Tests.Rest;

/// <summary>Reads schemas with a REST mapping, without a compiler. Places are marked as in <c>[|"here"|]</c>.</summary>
internal static class RestReading
{
    private const string Path = "/work/acme.chat.json";

    /// <summary>A variant of the built-in schema.</summary>
    /// <param name="rest">Members of <c>transports.rest</c>.</param>
    /// <param name="chat">Further members of <c>x-chat</c>, each followed by a comma.</param>
    /// <param name="definitions">Definitions.</param>
    public static string Variant(string rest, string chat = "", string definitions = "") => $$"""
        { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme",
          "x-chat": { "extends": "genesys-gwe-8.5", {{chat}}
            "transports": { "rest": { {{rest}} } } },
          "definitions": { {{definitions}} } }
        """;

    /// <summary>What is reported of a schema: id, place and message.</summary>
    public static IReadOnlyList<DiagnosticInfo> Diagnostics(string schema) => [.. Read(schema).Diagnostics];

    /// <summary>What is made of a schema.</summary>
    public static SchemaResult Read(string schema) =>
        SchemaReader.Read(SchemaLinker.Link([SchemaLinker.ReadHeader(new SchemaInput(Path, schema, "Acme.Chat"))]).Single(), TestContext.Current.CancellationToken);

    /// <summary>Asserts that one thing is wrong, where it is marked.</summary>
    public static void AssertReports(string id, string message, string markedSchema)
    {
        int start = markedSchema.IndexOf("[|", StringComparison.Ordinal);
        int end = markedSchema.IndexOf("|]", start + 2, StringComparison.Ordinal) - 2;
        string schema = markedSchema.Remove(end + 2, 2).Remove(start, 2);

        DiagnosticInfo found = Assert.Single(Diagnostics(schema));

        Assert.Equal($"{id}: {message}", $"{found.Descriptor.Id}: {found.ToDiagnostic().GetMessage(null)}");
        Assert.Equal(markedSchema[(start + 2)..(end + 2)], schema.Substring(found.Location!.Span.Start, found.Location.Span.Length));
        Assert.Equal(start, found.Location.Span.Start);
        string before = schema[..start];
        Assert.Equal((before.Count(character => character == '\n'), start - (before.LastIndexOf('\n') + 1)), (found.Location.Lines.Start.Line, found.Location.Lines.Start.Character));
        Assert.Equal(Path, found.Location.Path);
    }
}
