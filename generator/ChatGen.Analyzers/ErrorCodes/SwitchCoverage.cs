using Microsoft.CodeAnalysis;

namespace ChatGen.Analyzers.ErrorCodes;

/// <summary>Which codes a switch leaves out.</summary>
internal static class SwitchCoverage
{
    /// <summary>The codes that no arm takes, and the schema that they are of; null if that is not decided.</summary>
    public static (ErrorCodeSchema Schema, IReadOnlyList<KnownCode> Codes)? Missing(ErrorCodeCatalog catalog, CodeMember member, IReadOnlyList<SwitchArm> arms)
    {
        if (SchemaOf(catalog, arms) is not { } schema)
        {
            return null;
        }

        // Most arms are constants, and those are not compared with each code.
        var constants = new HashSet<CodeValue>(arms.Where(arm => !arm.IsConditional).Select(arm => CodeProperty.Constant(arm.Label)).OfType<CodeValue>());
        SwitchArm[] others = [.. arms.Where(arm => CodeProperty.Constant(arm.Label) is null)];
        var missing = new List<KnownCode>();
        foreach (KnownCode code in schema.Codes.Where(code => code.Value.Member == member))
        {
            bool? isTaken = constants.Contains(code.Value);
            foreach (SwitchArm arm in others)
            {
                isTaken |= arm.Takes(code.Value);
            }

            switch (isTaken)
            {
                case null:
                    return null;
                case false:
                    missing.Add(code);
                    break;
            }
        }

        return (schema, missing);
    }

    /// <summary>The only schema, or the only one whose constants are labels; null if there are several.</summary>
    private static ErrorCodeSchema? SchemaOf(ErrorCodeCatalog catalog, IReadOnlyList<SwitchArm> arms)
    {
        if (catalog.IsComplete && catalog.Schemas.Count == 1)
        {
            return catalog.Schemas[0];
        }

        IOperation[] labels = [.. arms.SelectMany(arm => arm.Constants)];
        ErrorCodeSchema[] used = [.. catalog.Schemas.Where(schema =>
            labels.Any(label => SymbolEqualityComparer.Default.Equals(CodeProperty.Field(label)?.ContainingType, schema.Type)))];

        // A number that only another schema knows tells that the switch is about both.
        return used is [var schema] && labels.All(label => CodeProperty.Constant(label) is not { } value || schema.IsKnown(value) || !catalog.Schemas.Any(other => other.IsKnown(value)))
            ? schema
            : null;
    }
}
