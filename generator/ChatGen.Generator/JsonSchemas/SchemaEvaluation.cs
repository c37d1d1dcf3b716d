namespace ChatGen.Generator.JsonSchemas;

/// <summary>What came of evaluating an instance at compile time.</summary>
/// <param name="IsDecided">Whether everything could be evaluated. If not, nothing can be said of the rest: it is neither valid nor invalid.</param>
/// <param name="Violations">What is broken for certain, decided or not.</param>
internal sealed record SchemaEvaluation(bool IsDecided, IReadOnlyList<SchemaViolation> Violations)
{
    public bool IsValid => IsDecided && Violations.Count == 0;
}
