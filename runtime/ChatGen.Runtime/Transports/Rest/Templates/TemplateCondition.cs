using System.Text.Json;

namespace ChatGen;

/// <summary>What must hold: each template yields one of its values, which may be templates too. <c>null</c> stands for absent, <c>"*"</c> for anything that is there.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed class TemplateCondition
{
    public static readonly TemplateCondition None = new([]);

    private readonly (TextTemplate Template, Allowed[] Values)[] _terms;

    private TemplateCondition((TextTemplate, Allowed[])[] terms) => _terms = terms;

    public bool IsEmpty => _terms.Length == 0;

    public static TemplateCondition Parse(JsonElement json, IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> tables) => new([.. json.EnumerateObject().Select(term =>
        (TextTemplate.Parse(term.Name, tables), term.Value.ValueKind == JsonValueKind.Array ? [.. term.Value.EnumerateArray().Select(value => Allowed.Of(value, tables))] : new[] { Allowed.Of(term.Value, tables) }))]);

    public bool Holds(ITemplateScope scope)
    {
        foreach ((TextTemplate template, Allowed[] allowed) in _terms)
        {
            TemplateValue value = template.Evaluate(scope);
            if (!Array.Exists(allowed, candidate => candidate.Fits(value, scope)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A value that a term may have: a constant, or a template if it is a string.</summary>
    private readonly record struct Allowed(JsonElement Constant, TextTemplate? Template)
    {
        public static Allowed Of(JsonElement value, IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> tables) =>
            value.ValueKind == JsonValueKind.String && !value.ValueEquals(TemplateFilter.AnyValue) ? new(default, TextTemplate.Parse(value.GetString()!, tables)) : new(value.Clone(), null);

        public bool Fits(TemplateValue value, ITemplateScope scope)
        {
            if (Template is not null)
            {
                TemplateValue wanted = Template.Evaluate(scope);
                return !value.IsAbsent && !wanted.IsAbsent && value.ToJson() == wanted.ToJson();
            }

            return Constant.ValueKind switch
            {
                JsonValueKind.Null => value.IsAbsent,
                JsonValueKind.String => !value.IsAbsent,
                _ => !value.IsAbsent && value.Json.ValueKind == Constant.ValueKind && JsonElement.DeepEquals(value.Json, Constant),
            };
        }
    }
}
