using System.Globalization;
using ChatGen.Analyzers.Usage;
using ChatGen.Generator.Documents;
using ChatGen.Generator.JsonSchemas;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ChatGen.CodeFixes;

/// <summary>Values for members that somebody has to fill in: they compile, and where it is easy they are allowed.</summary>
/// <param name="model">What the code means.</param>
/// <param name="position">Where the values will stand.</param>
internal sealed class Placeholder(SemanticModel model, int position)
{
    // Records that need records.
    private const int MaxDepth = 4;

    private readonly RecordCatalog _catalog = new();

    /// <summary>A value of a member; null if it cannot be set.</summary>
    public string? Of(INamedTypeSymbol type, string member) =>
        type.GetMembers(member).OfType<IPropertySymbol>().FirstOrDefault() is { SetMethod: not null } property ? Of(property, 0) : null;

    private string Of(IPropertySymbol property, int depth)
    {
        SubschemaModel[] rules = _catalog.Find(property.ContainingType) is { } record && record.Members.FirstOrDefault(member => member.Name == property.Name) is { } member
            ? [.. RulesOf(record, member.JsonName)]
            : [];
        return Of(property.Type, rules, depth);
    }

    private string Of(ITypeSymbol type, IReadOnlyList<SubschemaModel> rules, int depth)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [{ } inner] })
        {
            type = inner;
        }

        string? allowed = rules.Select(rule => rule.Const ?? (rule.Enum is { Count: > 0 } values ? values[0] : null)).FirstOrDefault(value => value is not null);
        switch (type.SpecialType)
        {
            case SpecialType.System_String:
                return SymbolDisplay.FormatLiteral(allowed is not null && JsonParser.Parse(allowed) is JsonStringNode text ? text.Value : "", quote: true);
            case SpecialType.System_Boolean:
                return allowed ?? "false";
            case SpecialType.System_Int32 or SpecialType.System_Int64:
                return Number(rules)?.ToString(CultureInfo.InvariantCulture) ?? "0";
            case SpecialType.System_Double:
                return (Number(rules) ?? 0).ToString(CultureInfo.InvariantCulture);
            case SpecialType.System_Decimal:
                return (Number(rules) ?? 0).ToString(CultureInfo.InvariantCulture) + "m";
        }

        string name = type.ToMinimalDisplayString(model, NullableFlowState.NotNull, position);
        if (type.TypeKind == TypeKind.Enum)
        {
            return type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.HasConstantValue) is { } first ? $"{name}.{first.Name}" : "default";
        }

        return type.ToDisplayString(NullableFlowState.NotNull) switch
        {
            "System.Uri" => $"new {name}(\"https://example.com\")",
            "System.TimeSpan" => $"{name}.Zero",
            "System.Guid" => $"{name}.NewGuid()",
            "System.DateTimeOffset" => $"{name}.UtcNow",
            _ when type is IArrayTypeSymbol || (type.TypeKind == TypeKind.Interface && type.OriginalDefinition.Name is "IReadOnlyList" or "IReadOnlyCollection" or "IEnumerable" or "IList") => "[]",
            _ when type is INamedTypeSymbol { TypeKind: TypeKind.Class, IsAbstract: false } made && made.InstanceConstructors.Any(constructor =>
                constructor.DeclaredAccessibility == Accessibility.Public && constructor.Parameters.All(parameter => parameter.IsOptional)) => Make(made, depth),
            _ when type is { IsValueType: true } => "default",
            _ => InScope(type) ?? "default!",
        };
    }

    private string Make(INamedTypeSymbol type, int depth)
    {
        IPropertySymbol[] required = [.. type.GetMembers().OfType<IPropertySymbol>().Where(property => property.IsRequired)];
        return required.Length == 0 ? "new()"
            : depth == MaxDepth ? "default!"
            : $"new() {{ {string.Join(", ", required.Select(property => $"{property.Name} = {Of(property, depth + 1)}"))} }}";
    }

    /// <summary>A parameter or local of the type: a transport that somebody has made already.</summary>
    private string? InScope(ITypeSymbol type) => model.LookupSymbols(position)
        .Where(symbol => symbol is IParameterSymbol || (symbol is ILocalSymbol local && local.Locations.All(location => location.SourceSpan.End < position)))
        .Where(symbol => model.Compilation.HasImplicitConversion(TypeOf(symbol), type))
        .Select(symbol => symbol.Name)
        .FirstOrDefault();

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol is IParameterSymbol parameter ? parameter.Type : ((ILocalSymbol)symbol).Type;

    /// <summary>The least number that is allowed and not negative, or else the largest one; null if that is not easy to tell.</summary>
    private static decimal? Number(IReadOnlyList<SubschemaModel> rules)
    {
        decimal value = 0;
        foreach (SubschemaModel rule in rules)
        {
            if (Read(rule.Minimum) is { } minimum && value < minimum)
            {
                value = decimal.Ceiling(minimum);
            }

            if (Read(rule.ExclusiveMinimum) is { } above && value <= above)
            {
                value = decimal.Floor(above) + 1;
            }
        }

        foreach (SubschemaModel rule in rules)
        {
            if (Read(rule.Maximum) is { } maximum && value > maximum)
            {
                value = decimal.Floor(maximum);
            }

            if (Read(rule.ExclusiveMaximum) is { } below && value >= below)
            {
                value = decimal.Ceiling(below) - 1;
            }
        }

        return value;

        static decimal? Read(string? json) => json is not null && decimal.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? number : null;
    }

    private static IEnumerable<SubschemaModel> RulesOf(RecordInfo record, string property)
    {
        var seen = new HashSet<int>();
        var open = new Queue<(int Subschema, bool IsMember)>([(record.Subschema, false)]);
        while (open.Count > 0)
        {
            (int number, bool isMember) = open.Dequeue();
            SubschemaModel schema = record.Rules.Subschemas[number];
            if (!seen.Add(number))
            {
                continue;
            }

            if (isMember)
            {
                yield return schema;
            }
            else
            {
                foreach (NamedSubschema found in schema.Properties.Where(each => each.Name == property))
                {
                    open.Enqueue((found.Subschema, true));
                }
            }

            foreach (int inner in schema.References.Select(reference => reference.Subschema).Concat(schema.AllOf))
            {
                open.Enqueue((inner, isMember));
            }
        }
    }
}
