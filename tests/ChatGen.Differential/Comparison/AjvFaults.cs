namespace ChatGen.Differential.Comparison;

/// <summary>
/// Combinations of keywords that ajv 8.17.1 is known to judge wrongly, so that its verdict says nothing there. The cases of the default seed have none on which the judges differ, and the
/// test sees to that.
/// </summary>
internal static class AjvFaults
{
    /// <summary>Its validators throw where <c>patternProperties</c> evaluate a member and a branch that may evaluate members was not taken.</summary>
    private const string PatternsOfBranch = "Cannot set properties of undefined";

    private static readonly string[] s_branching = ["\"if\"", "\"anyOf\"", "\"oneOf\"", "\"not\"", "\"dependentSchemas\"", "\"dependencies\"", "\"$ref\"", "\"$dynamicRef\""];

    /// <summary>Whether a difference may come of one of them.</summary>
    public static bool MayExplain(Difference difference)
    {
        string schema = difference.Case.Schema;
        string instance = difference.Case.Instances[0];

        // Of an empty array it takes the verdict that is left over from an array before, or skips what follows a tuple.
        return (Has(schema, "\"contains\"") && Has(instance, "[]"))
            // What branches and recursive references have evaluated it forgets, or takes for evaluated although they fail.
            || (Has(schema, "\"unevaluated") && s_branching.Any(keyword => Has(schema, keyword)));
    }

    /// <summary>Whether a schema was refused for one of them.</summary>
    public static bool MayExplain(string judge, string reason) => judge == "ajv" && reason.StartsWith(PatternsOfBranch, StringComparison.Ordinal);

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.Ordinal);
}
