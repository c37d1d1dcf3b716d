using ChatGen.Analyzers.Usage;
using Microsoft.CodeAnalysis;

namespace ChatGen.Analyzers.Configuration;

/// <summary>The options that a compilation can see, by operation and by name. Immutable, so thread-safe.</summary>
internal sealed class OptionsCatalog
{
    private readonly IReadOnlyList<Entry> _entries;

    private OptionsCatalog(IReadOnlyList<Entry> entries) => _entries = entries;

    public bool IsEmpty => _entries.Count == 0;

    public IEnumerable<string> Namespaces => _entries.Select(entry => entry.Namespace).Distinct(StringComparer.Ordinal);

    public IEnumerable<string> Operations => _entries.SelectMany(entry => entry.Operations).Distinct(StringComparer.Ordinal);

    public IEnumerable<string> Names => _entries.Select(entry => entry.Type.Name).Distinct(StringComparer.Ordinal);

    /// <summary>Reads a compilation. What it references counts only if it has no options of its own.</summary>
    public static OptionsCatalog Read(Compilation compilation)
    {
        Entry[] own = [.. Read(compilation.Assembly)];
        return new OptionsCatalog(own.Length > 0 ? own : [.. compilation.SourceModule.ReferencedAssemblySymbols.SelectMany(Read)]);
    }

    /// <summary>The options of one namespace.</summary>
    public OptionsCatalog Within(string ns) => new([.. _entries.Where(entry => entry.Namespace == ns)]);

    /// <summary>The options of an operation, whose name is a key.</summary>
    public IReadOnlyList<INamedTypeSymbol> OfOperation(string key) =>
        [.. _entries.Where(entry => entry.Operations.Contains(key, StringComparer.OrdinalIgnoreCase)).Select(entry => entry.Type)];

    /// <summary>The options of a name.</summary>
    public IReadOnlyList<INamedTypeSymbol> OfName(string name) => [.. _entries.Where(entry => entry.Type.Name == name).Select(entry => entry.Type)];

    private static IEnumerable<Entry> Read(IAssemblySymbol assembly)
    {
        foreach (AttributeData attribute in assembly.GetAttributes())
        {
            if (attribute is not { AttributeClass: { Name: "ChatSubschemasAttribute", ContainingNamespace: { Name: "ChatGen", ContainingNamespace.IsGlobalNamespace: true } }, ConstructorArguments: [{ Value: string ns }, ..] }
                || Find(assembly.GlobalNamespace, ns) is not { } found)
            {
                continue;
            }

            foreach (INamedTypeSymbol type in found.GetTypeMembers())
            {
                if (type.IsRecord && RecordCatalog.Attribute(type, "ChatRecordAttribute") is { } record)
                {
                    TypedConstant operations = record.NamedArguments.FirstOrDefault(argument => argument.Key == "Operations").Value;
                    yield return new Entry(ns, type, RecordCatalog.Texts(operations));
                }
            }
        }
    }

    private static INamespaceSymbol? Find(INamespaceSymbol root, string ns)
    {
        INamespaceSymbol? found = root;
        foreach (string part in ns.Split('.'))
        {
            found = found?.GetNamespaceMembers().FirstOrDefault(member => member.Name == part);
        }

        return found;
    }

    private sealed record Entry(string Namespace, INamedTypeSymbol Type, IReadOnlyList<string> Operations);
}
