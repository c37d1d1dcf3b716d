using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using ChatGen.Generator.Documents;
using ChatGen.Generator.JsonSchemas;
using ChatGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace ChatGen.Analyzers.Usage;

/// <summary>The records that a compilation can see, read once each from their attributes. Thread-safe.</summary>
internal sealed class RecordCatalog
{
    private const string Namespace = "ChatGen";

    private readonly ConcurrentDictionary<INamedTypeSymbol, RecordInfo?> _records = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, IReadOnlyList<string>?> _values = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<(IAssemblySymbol Assembly, string Namespace), JsonSchemaModel?> _rules = new();
    private readonly ConcurrentDictionary<string, Regex> _patterns = new(StringComparer.Ordinal);

    /// <summary>A record; null if the type is none that is checked.</summary>
    public RecordInfo? Find(ITypeSymbol? type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Class, IsRecord: true } record ? _records.GetOrAdd(record, Read) : null;

    /// <summary>The values of an enumeration in JSON; null if it is not generated.</summary>
    public IReadOnlyList<string>? FindValues(ITypeSymbol? type) => type is INamedTypeSymbol { TypeKind: TypeKind.Enum } enumeration
        ? _values.GetOrAdd(enumeration, static type => Attribute(type, "ChatValuesAttribute") is { } values ? Texts(values.ConstructorArguments[0]) : null)
        : null;

    /// <summary>An attribute of the runtime. It is known by its name: each version of the runtime has its own.</summary>
    public static AttributeData? Attribute(ISymbol symbol, string name) => symbol.GetAttributes().FirstOrDefault(attribute =>
        attribute.AttributeClass is { ContainingNamespace: { Name: Namespace, ContainingNamespace.IsGlobalNamespace: true } } type && type.Name == name);

    /// <summary>The texts of an array in an attribute.</summary>
    public static IReadOnlyList<string> Texts(TypedConstant constant) =>
        constant is { Kind: TypedConstantKind.Array, IsNull: false } ? [.. constant.Values.Select(value => value.Value).OfType<string>()] : [];

    private RecordInfo? Read(INamedTypeSymbol type)
    {
        if (Attribute(type, "ChatRecordAttribute") is not { ConstructorArguments: [{ Value: int subschema }, { } definition] } record
            || _rules.GetOrAdd((type.ContainingAssembly, type.ContainingNamespace.ToDisplayString()), static key => ReadRules(key.Assembly, key.Namespace)) is not { } rules
            || subschema >= rules.Subschemas.Count)
        {
            return null;
        }

        var arguments = record.NamedArguments.ToDictionary(argument => argument.Key, argument => argument.Value);
        return new RecordInfo(type, rules, subschema, [.. type.GetMembers().OfType<IPropertySymbol>().Select(ReadMember).OfType<RecordMember>()])
        {
            Definition = definition.Value as string,
            Alternatives = arguments.TryGetValue("Alternatives", out TypedConstant alternatives) ? [.. Texts(alternatives).Select(names => names.Split(','))] : [],
            Start = arguments.TryGetValue("Start", out TypedConstant start) ? start.Value as INamedTypeSymbol : null,
            Patterns = _patterns,
        };
    }

    private static RecordMember? ReadMember(IPropertySymbol property)
    {
        if (Attribute(property, "ChatMemberAttribute") is not { ConstructorArguments: [{ Value: string name }] } member)
        {
            return null;
        }

        var arguments = member.NamedArguments.ToDictionary(argument => argument.Key, argument => argument.Value);
        return new RecordMember(property, name, arguments.TryGetValue("Default", out TypedConstant json) && json.Value is string text ? JsonParser.Parse(text) : null)
        {
            IsReadOnly = Is("IsReadOnly"),
            IsEmptyDefault = Is("IsEmptyDefault"),
            IsMilliseconds = Is("IsMilliseconds"),
            IsSameAtRestore = Is("IsSameAtRestore"),
            IgnoredWith = arguments.TryGetValue("IgnoredWith", out TypedConstant names) ? Texts(names) : [],
        };

        bool Is(string flag) => arguments.TryGetValue(flag, out TypedConstant value) && value.Value is true;
    }

    private static JsonSchemaModel? ReadRules(IAssemblySymbol assembly, string ns)
    {
        foreach (AttributeData attribute in assembly.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "ChatSubschemasAttribute", ContainingNamespace: { Name: Namespace, ContainingNamespace.IsGlobalNamespace: true } }
                && attribute.ConstructorArguments is [{ Value: string name }, { Kind: TypedConstantKind.Array, IsNull: false } texts] && name == ns)
            {
                return ReadRules(Texts(texts));
            }
        }

        return null;
    }

    /// <summary>Null for what another version has written.</summary>
    private static JsonSchemaModel? ReadRules(IReadOnlyList<string> texts)
    {
        try
        {
            return new JsonSchemaModel(texts.Select(SubschemaText.Read).ToEquatableArray(), []);
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}
