using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Generator.Tests;

/// <summary>A schema as the compiler sees it.</summary>
internal sealed class SchemaFile(string path, string content, string ns, string generate = "") : AdditionalText
{
    public override string Path { get; } = path;

    public string Content { get; } = content;

    public string Namespace { get; } = ns;

    /// <summary>The metadata of the item; empty if it has none.</summary>
    public string Generate { get; } = generate;

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(Content);

    public SchemaFile WithMoreWhitespace(bool inFront) => new(Path, (inFront ? "\n  " : "") + Content + "\n  \n", Namespace, Generate);

    public SchemaFile With(string content) => new(Path, content, Namespace, Generate);
}
