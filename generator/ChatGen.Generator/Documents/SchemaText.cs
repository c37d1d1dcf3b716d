using ChatGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Generator.Documents;

/// <summary>The text of a schema and where it comes from.</summary>
internal sealed class SchemaText(string path, string text, bool isBuiltIn)
{
    private SourceText? _lines;

    public string Path { get; } = path;

    public string Text { get; } = text;

    /// <summary>Whether it is embedded in the generator, so that the user has no file to look at.</summary>
    public bool IsBuiltIn { get; } = isBuiltIn;

    public LocationInfo Locate(TextSpan span)
    {
        _lines ??= SourceText.From(Text);
        return new LocationInfo(Path, span, _lines.Lines.GetLinePositionSpan(span));
    }
}
