using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using Microsoft.CodeAnalysis;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>Finds what is legal in a schema and cannot be meant: values that their own schema refuses, bounds that exclude each other, alternatives that are never chosen.</summary>
internal sealed class SchemaContradictions
{
    // Each value is compared with all others.
    private const int MaxValues = 200;

    // What is said of a value may name all others, and nobody reads that a thousand times.
    private const int MaxSaid = 1_000_000;

    private static readonly (string Lower, string Upper, bool IsStrict)[] s_bounds =
    [
        ("minimum", "maximum", false), ("exclusiveMinimum", "maximum", true), ("minimum", "exclusiveMaximum", true), ("exclusiveMinimum", "exclusiveMaximum", true),
        ("minLength", "maxLength", false), ("minItems", "maxItems", false), ("minProperties", "maxProperties", false), ("minContains", "maxContains", false),
    ];

    private readonly JsonSchemaModel _model;
    private readonly JsonSchemaEvaluator _evaluator;
    private readonly DiagnosticBag _diagnostics;
    private int _said;

    private SchemaContradictions(JsonSchemaModel model, DiagnosticBag diagnostics)
    {
        _model = model;
        _evaluator = new JsonSchemaEvaluator(model);
        _diagnostics = diagnostics;
    }

    /// <param name="model">Schemas without a mistake of their own.</param>
    /// <param name="nodes">The node of each subschema.</param>
    /// <param name="diagnostics">Takes what is found.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static void Find(JsonSchemaModel model, IReadOnlyList<JsonNode> nodes, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var contradictions = new SchemaContradictions(model, diagnostics);
        var seen = new HashSet<JsonNode>();
        for (int i = 0; i < nodes.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (nodes[i] is JsonObjectNode node && seen.Add(node) && !SchemaKeywords.HidesSiblings(node, model.Subschemas[i].Dialect))
            {
                contradictions.Check(i, node);
            }
        }
    }

    private void Check(int subschema, JsonObjectNode node)
    {
        foreach (string keyword in (string[])["default", "const"])
        {
            CheckValue(Descriptors.ValueBreaksSchema, subschema, keyword, node[keyword]);
        }

        foreach (string keyword in (string[])["examples", "enum"])
        {
            foreach (JsonNode value in node[keyword] is JsonArrayNode { Items.Count: <= MaxValues } values ? values.Items : [])
            {
                CheckValue(Descriptors.UnusableValue, subschema, keyword, value);
            }
        }

        foreach ((string lower, string upper, bool isStrict) in s_bounds)
        {
            if (node[lower] is JsonNumberNode least && node[upper] is JsonNumberNode most
                && ExactNumber.Parse(least.Text) is { } from && ExactNumber.Parse(most.Text) is { } to && from.CompareTo(to) is var order && (isStrict ? order >= 0 : order > 0))
            {
                _diagnostics.Add(Descriptors.ContradictoryBounds, most, lower, upper);
            }
        }

        CheckBranches("anyOf", node, _model.Subschemas[subschema].Types);
        CheckBranches("oneOf", node, _model.Subschemas[subschema].Types);
    }

    private void CheckValue(DiagnosticDescriptor descriptor, int subschema, string keyword, JsonNode? value)
    {
        if (value is not null && _said < MaxSaid && _evaluator.Evaluate(subschema, value).Violations is [SchemaViolation violation, ..])
        {
            _said += violation.Message.Length;
            _diagnostics.Add(descriptor, violation.Place, keyword, violation.Message, violation.Keyword);
        }
    }

    private void CheckBranches(string keyword, JsonObjectNode node, JsonTypes? around)
    {
        if (node[keyword] is not JsonArrayNode { Items.Count: <= MaxValues } branches)
        {
            return;
        }

        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonNode branch in branches.Items)
        {
            string? why = branch is JsonBooleanNode { Value: false } ? "'false' is never valid"
                : !known.Add(JsonText.Write(branch)) ? "it is the same as an earlier one"
                : around is { } outer && TypesOf(branch) is { } inner && !Overlap(outer, inner) ? "it wants another type than the schema around it"
                : null;
            if (why is not null)
            {
                _diagnostics.Add(Descriptors.UnreachableBranch, branch.Source, new(branch.Span.Start, branch is JsonObjectNode ? 1 : branch.Span.Length), keyword, why);
            }
        }
    }

    private static JsonTypes? TypesOf(JsonNode branch) => branch is JsonObjectNode node && node["$ref"] is null
        ? new KeywordValues(node, new Refusals(new DiagnosticBag(node.Source))).Types("type")
        : null;

    /// <summary>An integer is a number.</summary>
    private static bool Overlap(JsonTypes one, JsonTypes other) => (Widen(one) & Widen(other)) != 0;

    private static JsonTypes Widen(JsonTypes types) => (types & JsonTypes.Number) != 0 ? types | JsonTypes.Integer : types;
}
