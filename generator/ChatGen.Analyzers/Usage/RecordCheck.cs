using ChatGen.Generator.Documents;
using ChatGen.Generator.JsonSchemas;
using ChatGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace ChatGen.Analyzers.Usage;

/// <summary>What is wrong with an instance for certain, as <c>Validate()</c> would say it.</summary>
internal static class RecordCheck
{
    private const int MaxAliases = 20;

    private static readonly HashSet<string> s_ofNumbers = new(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"], StringComparer.Ordinal);
    private static readonly HashSet<string> s_ofTexts = new(["minLength", "maxLength", "pattern", "format"], StringComparer.Ordinal);
    private static readonly HashSet<string> s_ofLists = new(["minItems", "maxItems"], StringComparer.Ordinal);
    private static readonly HashSet<string> s_ofEnumerations = new(["enum"], StringComparer.Ordinal);
    private static readonly HashSet<string> s_none = [];

    /// <summary>Formats that have C# types; a text of one is a text because something else is said of it.</summary>
    private static readonly string[] s_ofOwnTypes = ["such as 2026-01-31T12:00:00Z", "a UUID", "an absolute URI"];

    /// <summary>Everything that is wrong, at the places where it stands.</summary>
    public static IEnumerable<UsageFault> Check(RecordInstance instance)
    {
        var faults = new List<UsageFault>();
        var known = new HashSet<(JsonNode Place, string Keyword)>();
        Add(instance, faults, known);
        return faults;
    }

    private static void Add(RecordInstance instance, List<UsageFault> faults, HashSet<(JsonNode Place, string Keyword)> known)
    {
        faults.AddRange(instance.Faults);
        // What an inner record says of itself is not said again by what holds it.
        foreach (RecordInstance inner in instance.Inner)
        {
            Add(inner, faults, known);
        }

        RecordInfo record = instance.Record;
        if (LacksAll(instance))
        {
            known.Add((instance.Node, "anyOf"));
            faults.Add(new UsageFault(instance.Node.Span, "required", AlternativeWords.Of(record.Type.Name, record.Alternatives)));
        }

        AddOfMembers(instance, faults, known);
        SchemaEvaluation evaluation = new JsonSchemaEvaluator(record.Rules, record.Patterns).Evaluate(record.Subschema, instance.Node, record.Names);
        var own = new HashSet<(JsonNode Place, string Keyword)>();
        foreach (SchemaViolation violation in evaluation.Violations)
        {
            // A keyword is said once of a value, but for each member that is missing.
            bool tellsOfMember = violation.Keyword is "required" or "dependentRequired" or "dependencies";
            // What the backend alone sets is not there yet.
            if (violation.Keyword == "required" && violation.Place == instance.Node && record.Members.Any(member => member.IsReadOnly && violation.Message == KeywordMessages.Required(member.Name)))
            {
                continue;
            }

            if (IsExplained(instance, violation, known.Concat(own)))
            {
                own.Add((violation.Place, violation.Keyword));
                continue;
            }

            if (!known.Contains((violation.Place, violation.Keyword)) && (own.Add((violation.Place, violation.Keyword)) || tellsOfMember))
            {
                faults.Add(new UsageFault(violation.Place.Span, violation.Keyword, violation.Message));
            }
        }

        known.UnionWith(own);
    }

    /// <summary>
    /// The rules of members whose schema is a choice between another one and <c>null</c>. <c>Validate()</c> knows them as rules of the C# member, so that it says more than
    /// that the choice fails.
    /// </summary>
    private static void AddOfMembers(RecordInstance instance, List<UsageFault> faults, HashSet<(JsonNode Place, string Keyword)> known)
    {
        RecordInfo record = instance.Record;
        var subschemas = record.Rules.Subschemas[record.Subschema].Properties.ToDictionary(property => property.Name, property => property.Subschema, StringComparer.Ordinal);
        foreach (RecordMember member in record.Members)
        {
            if (instance.Node[member.JsonName] is { } value and not (JsonUnknownNode or JsonNullNode or JsonObjectNode)
                && subschemas.TryGetValue(member.JsonName, out int subschema) && AliasIn(record.Rules, subschema) is int target)
            {
                var names = new MemberNames(member.Name, EquatableArray<(string Json, string Member)>.Empty);
                foreach (SchemaViolation violation in new JsonSchemaEvaluator(record.Rules, record.Patterns).Evaluate(target, value, names).Violations)
                {
                    // That a URI is one, its C# type demands wherever the schema says so.
                    bool isOwn = Says(record.Rules.Subschemas[target], violation.Keyword) || (violation.Keyword == "format" && Values.Underlying(member.Symbol.Type) is { Name: "Uri" });
                    if (violation.Place == value && isOwn && IsRuleOf(member, violation) && known.Add((value, violation.Keyword)))
                    {
                        faults.Add(new UsageFault(value.Span, violation.Keyword, violation.Message));
                    }
                }
            }
        }
    }

    /// <summary>Whether a subschema has a keyword itself, and not what it refers to.</summary>
    private static bool Says(SubschemaModel model, string keyword) => keyword switch
    {
        "minimum" => model.Minimum is not null,
        "maximum" => model.Maximum is not null,
        "exclusiveMinimum" => model.ExclusiveMinimum is not null,
        "exclusiveMaximum" => model.ExclusiveMaximum is not null,
        "minLength" => model.MinLength is not null,
        "maxLength" => model.MaxLength is not null,
        "pattern" => model.Pattern is not null,
        "format" => model.Format is not null,
        "minItems" => model.MinItems is not null,
        "maxItems" => model.MaxItems is not null,
        _ => model.Enum is not null,
    };

    /// <summary>Whether <c>Validate()</c> checks a keyword as a rule of the C# member, and not by its JSON.</summary>
    private static bool IsRuleOf(RecordMember member, SchemaViolation violation)
    {
        ITypeSymbol? type = Values.Underlying(member.Symbol.Type);
        HashSet<string> rules = type switch
        {
            { SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Double or SpecialType.System_Decimal } or { Name: "TimeSpan" } => s_ofNumbers,
            { SpecialType: SpecialType.System_String } or { Name: "Uri" } => s_ofTexts,
            { TypeKind: TypeKind.Enum } => s_ofEnumerations,
            { Name: "IReadOnlyList" } => s_ofLists,
            _ => s_none,
        };
        return rules.Contains(violation.Keyword) && !(violation.Keyword == "format" && type is { SpecialType: SpecialType.System_String } && s_ofOwnTypes.Any(violation.Message.EndsWith));
    }

    /// <summary>Whether what a choice is made for is known to break a rule of its own, which says more.</summary>
    private static bool IsExplained(RecordInstance instance, SchemaViolation choice, IEnumerable<(JsonNode Place, string Keyword)> known) =>
        choice.Keyword is "anyOf" or "oneOf" && choice.Place != instance.Node
        && (instance.Record.Members.FirstOrDefault(member => instance.Node[member.JsonName] == choice.Place) is { } member
                && known.Any(each => each.Place == choice.Place && IsRuleOf(member, choice with { Keyword = each.Keyword, Message = "" }))
            || instance.Inner.Any(inner => Holds(choice.Place, inner.Node) && Check(inner).Any())
            || instance.Faults.Any(fault => fault.Place != choice.Place.Span && choice.Place is JsonArrayNode or JsonObjectNode && choice.Place.Span.Contains(fault.Place)));

    private static bool Holds(JsonNode value, JsonNode part) => value == part || value switch
    {
        JsonArrayNode array => array.Items.Any(item => Holds(item, part)),
        JsonObjectNode members => members.Members.Any(member => Holds(member.Value, part)),
        _ => false,
    };

    /// <summary>What a subschema stands for if it allows <c>null</c> beside it.</summary>
    private static int? AliasIn(JsonSchemaModel rules, int subschema)
    {
        bool isNullable = false;
        for (int i = 0; i < MaxAliases; i++)
        {
            SubschemaModel model = rules.Subschemas[subschema];
            int[] all = [.. model.References.Select(reference => reference.Subschema), .. model.AllOf, .. model.OneOf, .. model.AnyOf];
            int[] others = [.. all.Where(each => !IsNull(rules.Subschemas[each]))];
            if (others.Length != 1 || all.Length > 2 || (all.Length == 2 && model.OneOf.Count != 2 && model.AnyOf.Count != 2)
                || Rest(model with { References = Empty<NamedSubschema>(), AllOf = Empty<int>(), OneOf = Empty<int>(), AnyOf = Empty<int>() }))
            {
                return isNullable ? subschema : null;
            }

            isNullable |= all.Length == 2;
            subschema = others[0];
        }

        return null;

        static bool IsNull(SubschemaModel model) => model.Types == JsonTypes.Null && !Rest(model with { Types = null });

        static bool Rest(SubschemaModel model) => SubschemaText.Write(model with { Dialect = default }) != "{}";

        static EquatableArray<T> Empty<T>()
            where T : IEquatable<T> => EquatableArray<T>.Empty;
    }

    /// <summary>Whether of each alternative something is certainly missing.</summary>
    private static bool LacksAll(RecordInstance instance) => instance.Record.Alternatives.Count > 0
        && instance.Record.Alternatives.All(names => names.Any(name => instance.Values.TryGetValue(name, out MemberValue? value) && value.Json is null));
}
