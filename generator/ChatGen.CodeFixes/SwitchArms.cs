using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;
using SyntaxKind = Microsoft.CodeAnalysis.CSharp.SyntaxKind;

namespace ChatGen.CodeFixes;

/// <summary>Adds arms to switches, at the end and as editors do for enumerations.</summary>
internal static class SwitchArms
{
    /// <summary>A section that breaks for each label.</summary>
    public static SwitchStatementSyntax Add(SwitchStatementSyntax statement, IEnumerable<ExpressionSyntax> labels) => statement.AddSections(
        [.. labels.Select(label => SwitchSection(SingletonList<SwitchLabelSyntax>(CaseSwitchLabel(label)), SingletonList<StatementSyntax>(BreakStatement()))
            .WithAdditionalAnnotations(Formatter.Annotation))]);

    /// <summary>An arm for each label. A comma behind the last arm, or none, stays as it is.</summary>
    public static SwitchExpressionSyntax Add(SwitchExpressionSyntax expression, IEnumerable<ExpressionSyntax> labels, ExpressionSyntax result, SyntaxTrivia newLine)
    {
        SyntaxToken comma = Token(SyntaxKind.CommaToken).WithTrailingTrivia(newLine);
        List<SyntaxNodeOrToken> arms = [.. expression.Arms.GetWithSeparators()];
        bool endsInComma = arms is [.., { IsToken: true }];
        if (arms is [.., { IsToken: false } last])
        {
            // What stands behind the arm, such as a comment, stands behind its comma.
            SyntaxTriviaList trailing = last.GetTrailingTrivia();
            arms[arms.Count - 1] = last.WithTrailingTrivia();
            arms.Add(comma.WithTrailingTrivia(trailing.Any(SyntaxKind.EndOfLineTrivia) ? trailing : trailing.Add(newLine)));
        }

        foreach (ExpressionSyntax label in labels)
        {
            arms.Add(SwitchExpressionArm(ConstantPattern(label), result).WithAdditionalAnnotations(Formatter.Annotation));
            arms.Add(comma);
        }

        if (!endsInComma)
        {
            arms.RemoveAt(arms.Count - 1);
            arms[arms.Count - 1] = arms[arms.Count - 1].WithTrailingTrivia(newLine);
        }

        return expression.WithArms(SeparatedList<SwitchExpressionArmSyntax>(arms));
    }
}
