using ChatGen.Generator.Documents;
using ChatGen.Generator.JsonSchemas;

namespace ChatGen.Analyzers.Usage;

/// <summary>What is wrong with an instance for certain, as <c>Validate()</c> would say it.</summary>
internal static class RecordCheck
{
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

        SchemaEvaluation evaluation = new JsonSchemaEvaluator(record.Rules, record.Patterns).Evaluate(record.Subschema, instance.Node, record.Names);
        var own = new HashSet<(JsonNode Place, string Keyword)>();
        foreach (SchemaViolation violation in evaluation.Violations)
        {
            // A keyword is said once of a value, but for each member that is missing.
            bool tellsOfMember = violation.Keyword is "required" or "dependentRequired" or "dependencies";
            if (!known.Contains((violation.Place, violation.Keyword)) && (own.Add((violation.Place, violation.Keyword)) || tellsOfMember))
            {
                faults.Add(new UsageFault(violation.Place.Span, violation.Keyword, violation.Message));
            }
        }

        known.UnionWith(own);
    }

    /// <summary>Whether of each alternative something is certainly missing.</summary>
    private static bool LacksAll(RecordInstance instance) => instance.Record.Alternatives.Count > 0
        && instance.Record.Alternatives.All(names => names.Any(name => instance.Values.TryGetValue(name, out MemberValue? value) && value.Json is null));
}
