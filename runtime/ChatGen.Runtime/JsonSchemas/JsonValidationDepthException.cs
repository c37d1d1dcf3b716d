namespace ChatGen.JsonSchemas;

/// <summary>
/// An instance leads a recursive schema deeper than <see cref="JsonValidation.MaxDepth"/> subschemas. There is no verdict: a rejection would become an acceptance
/// under <c>not</c>.
/// </summary>
public sealed class JsonValidationDepthException : Exception
{
    internal JsonValidationDepthException()
        : base($"The document is nested too deeply for its schema: more than {JsonValidation.MaxDepth} subschemas apply within each other.")
    {
    }
}
