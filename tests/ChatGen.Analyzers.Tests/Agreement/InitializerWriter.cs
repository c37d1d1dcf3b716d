using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatGen.Differential.Generation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ChatGen.Analyzers.Tests.Agreement;

/// <summary>JSON values as constant C# expressions of a type, in one of the many forms that C# has for it.</summary>
/// <param name="random">Chooses the forms, and values where there is none that fits.</param>
internal sealed partial class InitializerWriter(Random random)
{
    private static readonly SymbolDisplayFormat s_names = SymbolDisplayFormat.FullyQualifiedFormat;

    private readonly List<string> _statements = [];

    /// <summary>A method that returns a record.</summary>
    public string WriteMethod(string name, INamedTypeSymbol record, JsonObject? sample)
    {
        _statements.Clear();
        string value = WriteRecord(record, sample, 0);
        return _statements.Count == 0
            ? $"public static object {name}() => {value};"
            : $"public static object {name}() {{ {string.Concat(_statements)}return {value}; }}";
    }

    private string Write(ITypeSymbol type, JsonNode? sample, int depth)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            return sample is null && random.Chance(80) ? Null() : Write(nullable.TypeArguments[0], sample, depth);
        }

        if (sample is null && type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated } && random.Chance(80))
        {
            return Null();
        }

        // What the compiler warns of and takes all the same.
        if (type.IsReferenceType && random.Chance(2))
        {
            return random.Pick(["null!", "default!", $"({type.WithNullableAnnotation(NullableAnnotation.Annotated).ToDisplayString(s_names)})null!"]);
        }

        return WriteValue(type, sample, depth);
    }

    private string Null() => random.Pick(["null", "default", "null", "(null)"]);

    private string WriteValue(ITypeSymbol type, JsonNode? sample, int depth) => type switch
    {
        { SpecialType: SpecialType.System_String } => Text(sample),
        { SpecialType: SpecialType.System_Boolean } => Flag(sample),
        { SpecialType: SpecialType.System_Int32 } => Integer(sample, int.MinValue, int.MaxValue, ""),
        { SpecialType: SpecialType.System_Int64 } => Integer(sample, long.MinValue, long.MaxValue, "L"),
        { SpecialType: SpecialType.System_Double } => Double(sample),
        { SpecialType: SpecialType.System_Decimal } => Decimal(sample),
        { TypeKind: TypeKind.Enum } => Enumeration((INamedTypeSymbol)type, sample),
        INamedTypeSymbol { Name: "TimeSpan" } => Duration(sample),
        INamedTypeSymbol { Name: "Uri" } => Address(sample),
        INamedTypeSymbol { Name: "Guid" } => Uuid(sample),
        INamedTypeSymbol { Name: "DateTimeOffset" } => Moment(sample),
        INamedTypeSymbol { Name: "IReadOnlyList" } list => List(list.TypeArguments[0], sample as JsonArray, depth),
        INamedTypeSymbol { Name: "Dictionary" } dictionary => Dictionary(dictionary, sample as JsonObject, depth),
        INamedTypeSymbol { Name: "JsonObject" } => JsonEntries(sample as JsonObject),
        INamedTypeSymbol { Name: "JsonNode" } => Json(sample ?? random.Value(1)),
        INamedTypeSymbol { IsRecord: true, IsAbstract: true } union => WriteRecord(CaseOf(union, sample as JsonObject), sample as JsonObject, depth + 1),
        INamedTypeSymbol { IsRecord: true } record => WriteRecord(record, sample as JsonObject, depth + 1),
        _ => throw new InvalidOperationException($"No values of {type.ToDisplayString()} are known."),
    };

    private string WriteRecord(INamedTypeSymbol record, JsonObject? sample, int depth)
    {
        string name = record.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(s_names);
        var first = new List<string>();
        var then = new List<string>();
        bool isCopied = depth == 0 && random.Chance(10);
        foreach (IPropertySymbol property in record.GetMembers().OfType<IPropertySymbol>())
        {
            if (property.SetMethod is not { DeclaredAccessibility: Accessibility.Public } || JsonName(property) is not { } json)
            {
                continue;
            }

            JsonNode? value = null;
            bool isGiven = sample?.TryGetPropertyValue(json, out value) == true;
            if ((isGiven || property.IsRequired || random.Chance(5)) && !IsService(property.Type))
            {
                string text = Write(property.Type, value, depth);
                text = depth == 0 ? Apart(property.Type, text) : text;
                (isCopied && !property.IsRequired && random.Chance(50) ? then : first).Add($"{SymbolDisplay.ToDisplayString(property, SymbolDisplayFormat.MinimallyQualifiedFormat.WithMemberOptions(SymbolDisplayMemberOptions.None).WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers))} = {text}");
            }
        }

        string made = first.Count == 0 ? $"new {name}()" : $"new {name} {{ {string.Join(", ", first)} }}";
        return isCopied ? $"{made} with {{ {string.Join(", ", then)} }}" : made;
    }

    /// <summary>A value at another place, from where it is read.</summary>
    private string Apart(ITypeSymbol type, string value)
    {
        if (type is not { SpecialType: not SpecialType.None } && type.Name is not ("TimeSpan" or "Guid" or "DateTimeOffset") || value.Contains("null", StringComparison.Ordinal) || !random.Chance(10))
        {
            return value;
        }

        string name = "apart" + _statements.Count.ToString(CultureInfo.InvariantCulture);
        bool isConstant = type.SpecialType != SpecialType.None && random.Chance(50);
        _statements.Add($"{(isConstant ? "const " : "")}{type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(s_names)} {name} = {value}; ");
        return name;
    }

    private static string? JsonName(IPropertySymbol property) => property.GetAttributes()
        .Where(attribute => attribute.AttributeClass?.Name == "ChatMemberAttribute").Select(attribute => attribute.ConstructorArguments[0].Value as string).FirstOrDefault();

    private static bool IsService(ITypeSymbol type) => type.Name is "IChatTransport" or "IChatStateStorage" or "ILogger";

    /// <summary>The record of a hierarchy that a value is meant to be.</summary>
    private INamedTypeSymbol CaseOf(INamedTypeSymbol union, JsonObject? sample)
    {
        INamedTypeSymbol[] cases = [.. union.ContainingNamespace.GetTypeMembers().Where(type => SymbolEqualityComparer.Default.Equals(type.BaseType, union.WithNullableAnnotation(NullableAnnotation.None)))];
        string? kind = sample?["kind"] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? (string?)value : null;
        return cases.FirstOrDefault(each => kind is not null && each.Name.EndsWith(kind, StringComparison.OrdinalIgnoreCase)) ?? random.Pick(cases);
    }

    private string List(ITypeSymbol item, JsonArray? sample, int depth)
    {
        IEnumerable<JsonNode?> values = sample ?? (IEnumerable<JsonNode?>)[.. Enumerable.Range(0, random.Next(3)).Select(_ => (JsonNode?)null)];
        string items = string.Join(", ", values.Select(value => value is null && item.NullableAnnotation == NullableAnnotation.Annotated ? "null" : Write(item, value, depth + 1)));
        string type = item.ToDisplayString(s_names.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier));
        return random.Next(4) switch
        {
            0 or 1 => $"[{items}]",
            2 => $"new global::System.Collections.Generic.List<{type}> {{ {items} }}",
            _ => $"new {type}[] {{ {items} }}",
        };
    }

    private string Dictionary(INamedTypeSymbol dictionary, JsonObject? sample, int depth)
    {
        bool isIndexed = random.Chance(50);
        ITypeSymbol value = dictionary.TypeArguments[1];
        IEnumerable<string> entries = (sample ?? []).Select(entry =>
        {
            string inner = entry.Value is null && value.NullableAnnotation == NullableAnnotation.Annotated ? "null" : Write(value, entry.Value, depth + 1);
            return isIndexed ? $"[{Literal(entry.Key)}] = {inner}" : $"{{ {Literal(entry.Key)}, {inner} }}";
        });
        return $"new() {{ {string.Join(", ", entries)} }}";
    }

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, true);
}
