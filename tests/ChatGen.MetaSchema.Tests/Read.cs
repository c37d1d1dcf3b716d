using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;
using ChatGen.Generator.Reading;
using Xunit;

namespace ChatGen.MetaSchema.Tests;

/// <summary>What the generator makes of a text, without a compiler.</summary>
internal static class Read
{
    private const string Path = "/work/acme.chat.json";

    /// <summary>What the meta-schema objects to.</summary>
    public static IReadOnlyList<MetaSchemaObjection> Validate(string text) => ValidateUnder(text, TestContext.Current.CancellationToken);

    /// <summary>The same under another token than that of the test.</summary>
    public static IReadOnlyList<MetaSchemaObjection> ValidateUnder(string text, CancellationToken cancellationToken)
    {
        var source = new SchemaText(Path, text, isBuiltIn: false);
        return MetaSchemaCheck.Validate((JsonObjectNode)JsonParser.Parse(source, new DiagnosticBag(source), out _), cancellationToken);
    }

    /// <summary>What the generator reports.</summary>
    public static IReadOnlyList<DiagnosticInfo> Diagnostics(string text) => Diagnostics([new SchemaInput(Path, text, "Acme.Chat")], Path);

    /// <summary>What the generator reports of one of several schemas.</summary>
    public static IReadOnlyList<DiagnosticInfo> Diagnostics(IEnumerable<SchemaInput> schemas, string path) =>
        [.. SchemaReader.Read(SchemaLinker.Link(schemas.Select(SchemaLinker.ReadHeader)).Single(linked => linked.Schema.Path == path), TestContext.Current.CancellationToken).Diagnostics];
}
