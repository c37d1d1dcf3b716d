using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Generator.Diagnostics;

/// <summary>A place in a schema file, by value.</summary>
internal sealed record LocationInfo(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public Location ToLocation() => Location.Create(Path, Span, Lines);
}
