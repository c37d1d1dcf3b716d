using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Generator.Documents;

/// <summary>Where something stands that the meta-schema may object to.</summary>
/// <param name="Name">Of the member that it is, or that it is a part of.</param>
/// <param name="Span">What is marked.</param>
/// <param name="Extent">What a diagnostic must have nothing to do with, to be about something else.</param>
internal sealed record MetaSchemaPlace(string Name, TextSpan Span, TextSpan Extent)
{
    public static MetaSchemaPlace OfValue(JsonMember member) => new(member.Name, member.Value.Span, ExtentOf(member));

    public static MetaSchemaPlace OfName(JsonMember member) => new(member.Name, member.NameNode.Span, ExtentOf(member));

    /// <summary>Where something is missing: at the first character of what lacks it.</summary>
    public MetaSchemaPlace Beginning()
    {
        var first = new TextSpan(Span.Start, Math.Min(1, Span.Length));
        return new MetaSchemaPlace(Name, first, first);
    }

    private static TextSpan ExtentOf(JsonMember member) => TextSpan.FromBounds(member.NameNode.Span.Start, member.Value.Span.End);
}
