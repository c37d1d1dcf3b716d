using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ChatGen.Analyzers.ErrorCodes;

/// <summary>A label of a switch statement, or an arm of a switch expression; if it joins patterns by <c>or</c>, one of them.</summary>
/// <param name="Label">The constant; null if it is another pattern.</param>
/// <param name="Pattern">The pattern; null if it is a constant.</param>
/// <param name="IsConditional">Whether a <c>when</c> may keep it from what it matches.</param>
internal sealed record SwitchArm(IOperation? Label, IPatternOperation? Pattern, bool IsConditional)
{
    /// <summary>The constants that stand in it.</summary>
    public IEnumerable<IOperation> Constants => Pattern is not null ? CodePattern.Constants(Pattern) : Label is not null ? [Label] : [];

    /// <summary>The arms of a statement; null if it has a default, or labels of another kind.</summary>
    public static IReadOnlyList<SwitchArm>? Of(ISwitchOperation statement)
    {
        var arms = new List<SwitchArm>();
        foreach (ICaseClauseOperation clause in statement.Cases.SelectMany(section => section.Clauses))
        {
            switch (clause)
            {
                case ISingleValueCaseClauseOperation single:
                    arms.Add(new SwitchArm(single.Value, null, IsConditional: false));
                    break;
                case IPatternCaseClauseOperation pattern:
                    arms.AddRange(Of(pattern.Pattern, pattern.Guard));
                    break;
                default:
                    return null;
            }
        }

        return arms;
    }

    /// <summary>The arms of an expression.</summary>
    public static IReadOnlyList<SwitchArm> Of(ISwitchExpressionOperation expression) =>
        [.. expression.Arms.SelectMany(arm => Of(arm.Pattern, arm.Guard))];

    /// <summary>Whether the arm takes a value; null if that is not decided.</summary>
    public bool? Takes(CodeValue value) =>
        IsConditional ? false : Pattern is not null ? CodePattern.Matches(Pattern, value) : CodePattern.Equal(Label!, value);

    private static IEnumerable<SwitchArm> Of(IPatternOperation pattern, IOperation? guard)
    {
        bool isConditional = guard is not null and not { ConstantValue: { HasValue: true, Value: true } };
        return CodePattern.Alternatives(pattern).Select(alternative => alternative is IConstantPatternOperation constant
            ? new SwitchArm(constant.Value, null, isConditional)
            : new SwitchArm(null, alternative, isConditional));
    }
}
