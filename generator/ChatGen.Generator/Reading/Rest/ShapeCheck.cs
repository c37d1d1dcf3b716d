using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;
using ChatGen.Rest;

namespace ChatGen.Generator.Reading.Rest;

/// <summary>Compares a template with the definition of what it makes.</summary>
/// <param name="context">The definitions.</param>
/// <param name="what">What is made, as part of a sentence.</param>
/// <param name="besides">Members that the whole has besides those of its definition.</param>
internal sealed class ShapeCheck(RestContext context, string what, params string[] besides)
{
    /// <summary>Reports what the definition does not have, what it needs, and values that it does not allow.</summary>
    public void Check(JsonNode template, TypeModel type) => Check(template, type, what, besides);

    private void Check(JsonNode template, TypeModel type, string owner, IReadOnlyList<string> others)
    {
        switch (type is NullableType nullable ? nullable.Item : type)
        {
            case var _ when template is JsonNullNode || IsPlaceholder(template):
                break;
            case RecordType { Name: var name } when context.Record(name) is { } record:
                CheckRecord(template, record, owner, others);
                break;
            case ListType list:
                if (template is not JsonArrayNode array)
                {
                    Report(template, owner, "an array");
                    break;
                }

                foreach (JsonNode item in array.Items)
                {
                    Check(item, list.Item, owner, []);
                }

                break;
            case DictionaryType dictionary:
                if (template is not JsonObjectNode map)
                {
                    Report(template, owner, "an object");
                    break;
                }

                foreach (JsonMember member in map.Members)
                {
                    Check(member.Value, dictionary.Value, $"{owner}.{member.Name}", []);
                }

                break;
            case EnumType { Name: var name } when context.Enum(name) is { } values:
                if (template is not JsonStringNode text)
                {
                    Report(template, owner, "a string");
                }
                else if (IsConstant(text) && !values.Values.Any(value => value.Json == text.Value))
                {
                    context.Report(text, $"'{text.Value}' is no value of {owner}; {Suggestion.For(text.Value, values.Values.Select(value => value.Json))}");
                }

                break;
            case BuiltInType { Kind: var kind }:
                CheckBuiltIn(template, kind, owner);
                break;
        }
    }

    private void CheckRecord(JsonNode template, RecordModel record, string owner, IReadOnlyList<string> others)
    {
        if (template is not JsonObjectNode value)
        {
            Report(template, owner, "an object");
            return;
        }

        foreach (JsonMember member in value.Members)
        {
            PropertyModel? property = record.Properties.FirstOrDefault(property => property.JsonName == member.Name);
            if (property is not null)
            {
                string name = $"'{member.Name}' of {owner}";
                Check(member.Value, property.Type, name, []);
                if (property.Const is { } constant && member.Value is JsonStringNode text && IsConstant(text) && text.Value != constant)
                {
                    context.Report(text, $"{Capital(name)} is always '{constant}'");
                }
            }
            else if (record.Properties.Count > 0 && !others.Contains(member.Name))
            {
                context.Report(member.NameNode, $"{Capital(owner)} has no '{member.Name}'; {Suggestion.For(member.Name, record.Properties.Select(other => other.JsonName))}");
            }
        }

        foreach (PropertyModel missing in record.Properties.Where(property => property.IsRequired && value[property.JsonName] is null))
        {
            context.Diagnostics.Add(Descriptors.InvalidMapping, value.Source, new(value.Span.Start, Math.Min(1, value.Span.Length)), $"{Capital(owner)} needs '{missing.JsonName}'");
        }
    }

    private void CheckBuiltIn(JsonNode template, BuiltInKind kind, string owner)
    {
        string? expected = kind switch
        {
            BuiltInKind.Boolean => template is JsonBooleanNode ? null : "a Boolean",
            BuiltInKind.Int32 or BuiltInKind.Int64 => template is JsonNumberNode number && number.Text.IndexOfAny(['.', 'e', 'E']) < 0 ? null : "an integer",
            BuiltInKind.Double or BuiltInKind.Decimal or BuiltInKind.Seconds or BuiltInKind.Milliseconds => template is JsonNumberNode ? null : "a number",
            BuiltInKind.String or BuiltInKind.Uri or BuiltInKind.DateTimeOffset or BuiltInKind.Guid => template is JsonStringNode ? null : "a string",
            BuiltInKind.ErrorCode => template is JsonStringNode or JsonNumberNode ? null : "an error code",
            BuiltInKind.JsonObject or BuiltInKind.ChatEvent => template is JsonObjectNode ? null : "an object",
            _ => null,
        };
        if (expected is not null)
        {
            Report(template, owner, expected);
        }
        else if (kind == BuiltInKind.ErrorCode)
        {
            ErrorCodeCheck.Check(context, template);
        }
    }

    private void Report(JsonNode node, string owner, string expected) => context.Report(node, $"{Capital(owner)} must be {expected}, or a placeholder");

    /// <summary>Whether a value is what a placeholder yields, which is not known here.</summary>
    private static bool IsPlaceholder(JsonNode node) => node is JsonStringNode text && TemplateSyntax.Parse(text.Value, out _) is null or { Single: not null };

    private static bool IsConstant(JsonStringNode text) => TemplateSyntax.Parse(text.Value, out _) is { } template && template.Parts.All(part => part.Placeholder is null);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text.Substring(1);
}
