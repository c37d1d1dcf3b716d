using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ChatGen.Fuzz.Tests.Driver;

/// <summary>What the package's targets say of each schema.</summary>
internal sealed class SchemaOptions(IReadOnlyList<SchemaFile> schemas) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Values([]);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Values(new()
    {
        ["build_metadata.AdditionalFiles.ChatGenSchema"] = "true",
        ["build_metadata.AdditionalFiles.ChatGenNamespace"] = schemas.First(schema => schema.Path == textFile.Path).Namespace,
    });

    private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
