using System.Runtime.CompilerServices;
using ChatGen.Generator.Documents;
using Microsoft.CodeAnalysis;

namespace ChatGen.Analyzers.Usage;

/// <summary>Values of C# as JSON values that know the place in the code, which stands where a file would.</summary>
internal static class SyntaxSource
{
    private static readonly ConditionalWeakTable<SyntaxTree, SchemaText> s_sources = new();

    public static SchemaText Of(SyntaxTree tree) => s_sources.GetValue(tree, static tree => new SchemaText(tree.FilePath, "", isBuiltIn: false));
}
