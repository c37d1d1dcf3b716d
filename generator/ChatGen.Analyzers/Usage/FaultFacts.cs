using System.Globalization;
using ChatGen.Analyzers.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.JsonSchemas;

namespace ChatGen.Analyzers.Usage;

/// <summary>What code fixes need to know of a broken rule: the rule, the value that breaks it, and what is missing.</summary>
internal static class FaultFacts
{
    // References can lead in a circle.
    private const int MaxDepth = 32;

    /// <summary>The facts of a fault, by their names in <see cref="DiagnosticFacts"/>.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Of(RecordInstance instance, UsageFault fault)
    {
        if (Missing(instance, fault) is { } missing)
        {
            yield return new(DiagnosticFacts.Missing, missing);
        }
        else if (Find(instance.Record, instance.Record.Subschema, instance.Node, "", fault, 0) is { } found)
        {
            yield return new(DiagnosticFacts.Rule, found.Rule);
            yield return new(DiagnosticFacts.Value, JsonText.Write(found.Value));
            yield return new(DiagnosticFacts.Path, found.Path);
        }
    }

    /// <summary>How long a text is for JSON Schema: in characters, of which those beyond U+FFFF are one each.</summary>
    public static int LengthOf(string text)
    {
        int length = text.Length;
        for (int i = 1; i < text.Length; i++)
        {
            length -= char.IsSurrogatePair(text, i - 1) ? 1 : 0;
        }

        return length;
    }

    /// <summary>The members to add: those of an alternative separated by commas, alternatives by semicolons.</summary>
    private static string? Missing(RecordInstance instance, UsageFault fault)
    {
        RecordInfo record = instance.Record;
        if (Descriptors.OfKeyword(fault.Keyword) != Descriptors.MissingMember || fault.Place != instance.Node.Span)
        {
            return null;
        }

        if (record.Alternatives.Count > 0 && fault.Message == AlternativeWords.Of(record.Type.Name, record.Alternatives))
        {
            return string.Join(";", record.Alternatives.Select(names => string.Join(",", names.Where(name => instance.Values.TryGetValue(name, out MemberValue? value) && value.Json is null))));
        }

        return record.Members.FirstOrDefault(member => fault.Message == KeywordMessages.Required(member.Name)
            || record.Members.Any(other => fault.Message == KeywordMessages.DependentRequired(other.Name, member.Name)))?.Name;
    }

    /// <summary>The rule that a value breaks, among those that hold in any case.</summary>
    private static (string Rule, JsonNode Value, string Path)? Find(RecordInfo record, int subschema, JsonNode node, string path, UsageFault fault, int depth)
    {
        if (depth > MaxDepth)
        {
            return null;
        }

        SubschemaModel schema = record.Rules.Subschemas[subschema];
        if (node.Span == fault.Place && RuleOf(schema, fault.Keyword, node) is { } rule)
        {
            return (rule, node, path);
        }

        foreach ((int inner, JsonNode part, string name) in Parts(schema, node).Where(part => part.Node.Span.Contains(fault.Place)))
        {
            if (Find(record, inner, part, $"{path}/{name}", fault, depth + 1) is { } found)
            {
                return found;
            }
        }

        foreach (int inner in schema.References.Select(reference => reference.Subschema).Concat(schema.AllOf))
        {
            if (Find(record, inner, node, path, fault, depth + 1) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static IEnumerable<(int Subschema, JsonNode Node, string Name)> Parts(SubschemaModel schema, JsonNode node)
    {
        switch (node)
        {
            case JsonObjectNode value:
                foreach (JsonMember member in value.Members)
                {
                    int? property = schema.Properties.Where(property => property.Name == member.Name).Select(property => (int?)property.Subschema).FirstOrDefault();
                    if ((property ?? (schema.PatternProperties.Count == 0 ? schema.AdditionalProperties : null)) is int inner)
                    {
                        yield return (inner, member.Value, member.Name.Replace("~", "~0").Replace("/", "~1"));
                    }
                }

                break;
            case JsonArrayNode array:
                for (int i = 0; i < array.Items.Count; i++)
                {
                    if ((i < schema.PrefixItems.Count ? schema.PrefixItems[i] : schema.Items) is int inner)
                    {
                        yield return (inner, array.Items[i], i.ToString(CultureInfo.InvariantCulture));
                    }
                }

                break;
            default:
                break;
        }
    }

    /// <summary>The value of a keyword, as JSON, if a value breaks it.</summary>
    private static string? RuleOf(SubschemaModel schema, string keyword, JsonNode node) => (keyword, node) switch
    {
        ("minimum", JsonNumberNode number) => Bound(schema.Minimum, number, sign => sign < 0),
        ("maximum", JsonNumberNode number) => Bound(schema.Maximum, number, sign => sign > 0),
        ("exclusiveMinimum", JsonNumberNode number) => Bound(schema.ExclusiveMinimum, number, sign => sign <= 0),
        ("exclusiveMaximum", JsonNumberNode number) => Bound(schema.ExclusiveMaximum, number, sign => sign >= 0),
        ("minLength", JsonStringNode text) => Count(schema.MinLength, schema.MinLength > LengthOf(text.Value)),
        ("maxLength", JsonStringNode text) => Count(schema.MaxLength, schema.MaxLength < LengthOf(text.Value)),
        ("minItems", JsonArrayNode array) => Count(schema.MinItems, schema.MinItems > array.Items.Count),
        ("maxItems", JsonArrayNode array) => Count(schema.MaxItems, schema.MaxItems < array.Items.Count),
        ("pattern", JsonStringNode) => schema.PatternText is { } pattern ? JsonText.Quote(pattern) : null,
        ("const", _) => schema.Const,
        ("enum", _) => schema.Enum is { } values ? $"[{string.Join(",", values)}]" : null,
        _ => null,
    };

    private static string? Bound(string? bound, JsonNumberNode number, Func<int, bool> isBroken) =>
        bound is not null && ExactNumber.Parse(number.Text) is { } own && ExactNumber.Parse(bound) is { } other && isBroken(own.CompareTo(other)) ? bound : null;

    private static string? Count(int? bound, bool isBroken) => isBroken ? bound?.ToString(CultureInfo.InvariantCulture) : null;
}
