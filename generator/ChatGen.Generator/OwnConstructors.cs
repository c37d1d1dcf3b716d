using ChatGen.Generator.Emit;
using ChatGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ChatGen.Generator;

/// <summary>Records to which the user's part adds a constructor without parameters: in metadata it looks like the compiler's, so the usage analyzer has to be told.</summary>
internal static class OwnConstructors
{
    /// <summary>Whether a node is such a constructor, of whatever record.</summary>
    public static bool IsOne(SyntaxNode node) =>
        node is ConstructorDeclarationSyntax { ParameterList.Parameters.Count: 0, Parent: RecordDeclarationSyntax } constructor && !constructor.Modifiers.Any(SyntaxKind.StaticKeyword);

    /// <summary>The record of such a constructor, with its namespace.</summary>
    public static string RecordOf(SyntaxNode constructor)
    {
        IEnumerable<string> names = constructor.Ancestors().Select(node => node switch
        {
            TypeDeclarationSyntax type => type.Identifier.ValueText,
            BaseNamespaceDeclarationSyntax ns => ns.Name.ToString(),
            _ => "",
        }).Where(name => name.Length > 0);
        return string.Join(".", names.Reverse());
    }

    /// <summary>What the analyzer is told; null if there is nothing to tell.</summary>
    public static string? Emit(IEnumerable<string> records, IEnumerable<ChatSchemaModel> models)
    {
        var generated = new HashSet<string>(models.SelectMany(model => model.Records.Where(record => record.Subschema is not null).Select(record => $"{model.Namespace}.{record.Name}")), StringComparer.Ordinal);
        string[] own = [.. records.Where(generated.Contains).Distinct(StringComparer.Ordinal).OrderBy(name => name, StringComparer.Ordinal)];
        if (own.Length == 0)
        {
            return null;
        }

        SourceWriter writer = SourceWriter.StartFileOfNoNamespace();
        writer.Line($"[assembly: global::ChatGen.ChatConstructors({string.Join(", ", own.Select(CSharp.Literal))})]");
        return writer.ToString();
    }
}
