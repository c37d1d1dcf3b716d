using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Model;
using Microsoft.CodeAnalysis.Text;
using NJsonSchema.Validation;

namespace ChatGen.Generator.Documents;

/// <summary>
/// Checks the text of a schema against the meta-schema, and reports what the readers have not found. They say better what is wrong, so where one
/// of them says something, this says nothing.
/// </summary>
internal static class MetaSchemaCheck
{
    // NJsonSchema looks for the place of an item among all of its siblings, so that its time grows with the square of their number.
    private const int MaxTokens = 20_000;

    // Its object model makes some of its parts when they are first asked for.
    private static readonly object s_gate = new();

    /// <summary>What the readers report and what they do not.</summary>
    /// <param name="document">The schema over its bases; its own text is checked.</param>
    /// <param name="reported">What the readers report, as it is shown.</param>
    /// <param name="diagnostics">What they have found, some of which is the base's to report.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public static EquatableArray<DiagnosticInfo> Complete(
        SchemaDocument document, EquatableArray<DiagnosticInfo> reported, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        SchemaText source = document.Own.Source;
        if (!document.IsWhole || source.IsBuiltIn)
        {
            return reported;
        }

        var found = new MetaSchemaSpans(
        [
            .. reported.Where(other => other.Location?.Path == source.Path).Select(other => other.Location!.Span),
            .. diagnostics.Faults.Where(fault => fault.Source == source).Select(fault => fault.Span),
        ]);
        var further = new List<DiagnosticInfo>();
        int end = 0;
        foreach (MetaSchemaObjection objection in Validate(document.Own, cancellationToken)
            .OrderBy(objection => objection.Place.Extent.Start).ThenByDescending(objection => objection.Place.Extent.Length))
        {
            TextSpan extent = objection.Place.Extent;
            if (extent.End > end && !found.Touch(extent))
            {
                end = extent.End;
                further.Add(new DiagnosticInfo(
                    Descriptors.BreaksMetaSchema, source.Locate(objection.Place.Span), new[] { objection.Place.Name, objection.Problem }.ToEquatableArray()));
            }
        }

        return further.Count == 0 ? reported : reported.Concat(further).ToEquatableArray();
    }

    /// <summary>What the meta-schema objects to in a document, in no order; nothing in one that is too large.</summary>
    public static IReadOnlyList<MetaSchemaObjection> Validate(JsonObjectNode root, CancellationToken cancellationToken)
    {
        if (MetaSchemaTokens.Of(root, MaxTokens, cancellationToken) is not { } tokens)
        {
            return [];
        }

        ICollection<ValidationError> errors;
        try
        {
            lock (s_gate)
            {
                errors = new JsonSchemaValidator(new JsonSchemaValidatorSettings()).Validate(tokens, MetaSchema.Schema);
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The readers have read the document. That NJsonSchema cannot is no reason to withhold what they made of it, nor is it the author's mistake.
            return [];
        }

        return [.. MetaSchemaObjection.Of(errors)];
    }
}
