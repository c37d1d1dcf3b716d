using System.Text.Json;

namespace ChatGen;

/// <summary>What must hold: each template yields one of its values. <c>null</c> stands for absent, <c>"*"</c> for anything that is there.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed class TemplateCondition
{
    public static readonly TemplateCondition None = new([]);

    private readonly (TextTemplate Template, JsonElement[] Allowed)[] _terms;

    private TemplateCondition((TextTemplate, JsonElement[])[] terms) => _terms = terms;

    public bool IsEmpty => _terms.Length == 0;

    public static TemplateCondition Parse(JsonElement json, IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> tables) => new([.. json.EnumerateObject().Select(term =>
        (TextTemplate.Parse(term.Name, tables), term.Value.ValueKind == JsonValueKind.Array ? [.. term.Value.EnumerateArray().Select(value => value.Clone())] : new[] { term.Value.Clone() }))]);

    public bool Holds(ITemplateScope scope)
    {
        foreach ((TextTemplate template, JsonElement[] allowed) in _terms)
        {
            TemplateValue value = template.Evaluate(scope);
            if (!Array.Exists(allowed, candidate => Fits(value, candidate)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Fits(TemplateValue value, JsonElement allowed) => allowed.ValueKind switch
    {
        JsonValueKind.Null => value.IsAbsent,
        JsonValueKind.String when allowed.ValueEquals(TemplateFilter.AnyValue) => !value.IsAbsent,
        JsonValueKind.String => value.String is { } text && allowed.ValueEquals(text),
        _ => !value.IsAbsent && value.Json.ValueKind == allowed.ValueKind && JsonElement.DeepEquals(value.Json, allowed),
    };
}
