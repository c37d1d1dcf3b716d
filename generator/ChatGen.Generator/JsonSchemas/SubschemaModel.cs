using ChatGen.Generator.Model;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>
/// What a subschema demands, in one form for every dialect. Numbers and values are JSON text, patterns are regular expressions of .NET, subschemas are indexes into the
/// model; null is a keyword that is absent.
/// </summary>
internal sealed record SubschemaModel
{
    /// <summary>Whose names the keywords have when failures tell of them.</summary>
    public JsonSchemaDialect Dialect { get; init; }

    /// <summary>The verdict of a Boolean schema.</summary>
    public bool? Verdict { get; init; }

    public JsonTypes? Types { get; init; }

    public string? Const { get; init; }

    public EquatableArray<string>? Enum { get; init; }

    public string? Minimum { get; init; }

    public string? Maximum { get; init; }

    public string? ExclusiveMinimum { get; init; }

    public string? ExclusiveMaximum { get; init; }

    public string? MultipleOf { get; init; }

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public string? Pattern { get; init; }

    /// <summary><see cref="Pattern"/> as the schema writes it.</summary>
    public string? PatternText { get; init; }

    /// <summary>The C# method that checks the format.</summary>
    public string? Format { get; init; }

    public int? MinItems { get; init; }

    public int? MaxItems { get; init; }

    public bool UniqueItems { get; init; }

    public EquatableArray<int> PrefixItems { get; init; }

    /// <summary>For the items behind <see cref="PrefixItems"/>.</summary>
    public int? Items { get; init; }

    /// <summary>The keyword that <see cref="Items"/> stands under.</summary>
    public string ItemsKeyword { get; init; } = "items";

    public ContainsModel? Contains { get; init; }

    public int? UnevaluatedItems { get; init; }

    public int? MinProperties { get; init; }

    public int? MaxProperties { get; init; }

    public EquatableArray<string> Required { get; init; }

    public EquatableArray<NamedSubschema> Properties { get; init; }

    public EquatableArray<NamedSubschema> PatternProperties { get; init; }

    public int? AdditionalProperties { get; init; }

    public int? PropertyNames { get; init; }

    public EquatableArray<DependentNames> DependentRequired { get; init; }

    public EquatableArray<NamedSubschema> DependentSchemas { get; init; }

    public int? UnevaluatedProperties { get; init; }

    /// <summary>Where <c>$ref</c> and <c>$dynamicRef</c> lead.</summary>
    public EquatableArray<NamedSubschema> References { get; init; }

    public EquatableArray<int> AllOf { get; init; }

    public EquatableArray<int> AnyOf { get; init; }

    public EquatableArray<int> OneOf { get; init; }

    public int? Not { get; init; }

    public int? If { get; init; }

    public int? Then { get; init; }

    public int? Else { get; init; }

    /// <summary>The subschemas that apply to the instance itself and not to a part of it.</summary>
    public IEnumerable<int> InPlace =>
        References.Select(reference => reference.Subschema).Concat(AllOf).Concat(AnyOf).Concat(OneOf)
            .Concat(DependentSchemas.Select(dependent => dependent.Subschema))
            .Concat(new[] { Not, If, Then, Else }.OfType<int>());

    /// <summary>The subschemas that apply to the members and items of the instance.</summary>
    public IEnumerable<int> OfParts =>
        Properties.Concat(PatternProperties).Select(property => property.Subschema).Concat(PrefixItems)
            .Concat(new[] { AdditionalProperties, PropertyNames, UnevaluatedProperties, Items, Contains?.Subschema, UnevaluatedItems }.OfType<int>());
}
