using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Fuzz.Tests.Driver;

/// <summary>A schema as the compiler sees it.</summary>
internal sealed class SchemaFile(string path, string content, string ns) : AdditionalText
{
    public override string Path { get; } = path;

    public string Content { get; } = content;

    public string Namespace { get; } = ns;

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(Content);
}
