using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.CodeFixes;

/// <summary>Members put into initialisers and taken out, in the form that the initialiser has: on one line, or on a line each.</summary>
internal static class InitializerText
{
    /// <summary>The members that an expression sets; null if it has none in braces.</summary>
    public static InitializerExpressionSyntax? Of(SyntaxNode creation) => creation switch
    {
        BaseObjectCreationExpressionSyntax make => make.Initializer,
        WithExpressionSyntax with => with.Initializer,
        _ => null,
    };

    /// <summary>Where an initialiser sets a member; null if it does not.</summary>
    public static AssignmentExpressionSyntax? Find(InitializerExpressionSyntax? initializer, string member) =>
        initializer?.Expressions.OfType<AssignmentExpressionSyntax>().FirstOrDefault(assignment => assignment.Left is IdentifierNameSyntax name && name.Identifier.ValueText == member);

    /// <summary>Sets members that have no value yet, or <see langword="null"/>.</summary>
    /// <param name="text">The file.</param>
    /// <param name="creation">What makes the record.</param>
    /// <param name="members">Names and values.</param>
    public static IReadOnlyList<TextChange> Set(SourceText text, SyntaxNode creation, IEnumerable<(string Name, string Value)> members)
    {
        var changes = new List<TextChange>();
        var entries = new List<string>();
        foreach ((string name, string value) in members)
        {
            if (Find(Of(creation), name) is { } assignment)
            {
                changes.Add(new TextChange(assignment.Right.Span, value));
            }
            else
            {
                entries.Add($"{name} = {value}");
            }
        }

        if (entries.Count > 0)
        {
            changes.AddRange(Add(text, creation, entries));
        }

        return [.. changes.OrderBy(change => change.Span.Start)];
    }

    /// <summary>Takes members out.</summary>
    public static IEnumerable<TextChange> Remove(SourceText text, InitializerExpressionSyntax initializer, ICollection<AssignmentExpressionSyntax> members)
    {
        SeparatedSyntaxList<ExpressionSyntax> all = initializer.Expressions;
        int last = all.Count - 1;
        while (last >= 0 && IsRemoved(last))
        {
            last--;
        }

        if (last < 0 && !HasComments(initializer))
        {
            yield return new TextChange(TextSpan.FromBounds(initializer.OpenBraceToken.Span.End, initializer.CloseBraceToken.SpanStart), " ");
            yield break;
        }

        // What becomes the last one has a comma only if the last one had.
        bool losesComma = last >= 0 && last < all.Count - 1 && all.SeparatorCount < all.Count;
        if (losesComma)
        {
            yield return new TextChange(all.GetSeparator(last).Span, "");
        }

        for (int i = 0; i < all.Count; i++)
        {
            if (IsRemoved(i))
            {
                TextSpan span = TextSpan.FromBounds(all[i].SpanStart, i < all.SeparatorCount ? all.GetSeparator(i).Span.End : all[i].Span.End);
                yield return new TextChange(Widen(text, span, takesBefore: i > last), "");
            }
        }

        bool IsRemoved(int index) => all[index] is AssignmentExpressionSyntax assignment && members.Contains(assignment);
    }

    private static IEnumerable<TextChange> Add(SourceText text, SyntaxNode creation, IReadOnlyList<string> entries)
    {
        if (Of(creation) is not { } initializer)
        {
            // 'new T()' becomes 'new T { … }'; 'new()' keeps its parentheses.
            TextSpan arguments = creation is ObjectCreationExpressionSyntax { ArgumentList: { Arguments.Count: 0 } list, Type: var type } && !HasComments(list)
                ? TextSpan.FromBounds(type.Span.End, list.Span.End)
                : new TextSpan(creation.Span.End, 0);
            return [new TextChange(arguments, $" {{ {string.Join(", ", entries)} }}")];
        }

        SeparatedSyntaxList<ExpressionSyntax> all = initializer.Expressions;
        bool hasLines = LineOf(text, initializer.OpenBraceToken.SpanStart) != LineOf(text, initializer.CloseBraceToken.SpanStart);
        if (all.Count == 0)
        {
            if (!hasLines)
            {
                return [new TextChange(TextSpan.FromBounds(initializer.OpenBraceToken.Span.End, initializer.CloseBraceToken.SpanStart), $" {string.Join(", ", entries)} ")];
            }

            string indent = IndentOf(text, initializer.OpenBraceToken.SpanStart);
            string inner = EndOfLine(text) + indent + (indent.Contains('\t') ? "\t" : "    ");
            return [new TextChange(new TextSpan(initializer.OpenBraceToken.Span.End, 0), inner + string.Join("," + inner, entries))];
        }

        bool endsWithComma = all.SeparatorCount == all.Count;
        int end = endsWithComma ? all.GetSeparator(all.Count - 1).Span.End : all[all.Count - 1].Span.End;
        if (!hasLines || LineOf(text, initializer.OpenBraceToken.SpanStart) == LineOf(text, all[0].SpanStart) || LineOf(text, end) == LineOf(text, initializer.CloseBraceToken.SpanStart))
        {
            return [new TextChange(new TextSpan(end, 0), endsWithComma ? $" {string.Join(", ", entries)}," : $", {string.Join(", ", entries)}")];
        }

        // A comment behind the last member stays with it.
        string line = EndOfLine(text) + IndentOf(text, all[0].SpanStart);
        int endOfLine = text.Lines.GetLineFromPosition(end).End;
        var added = new TextChange(new TextSpan(endOfLine, 0), line + string.Join("," + line, entries) + (endsWithComma ? "," : ""));
        return endsWithComma ? [added] : [new TextChange(new TextSpan(end, 0), ","), added];
    }

    /// <summary>A member with its line if it has one, and the comment behind it there, or else with the blanks on one of its sides.</summary>
    private static TextSpan Widen(SourceText text, TextSpan span, bool takesBefore)
    {
        TextLine first = text.Lines.GetLineFromPosition(span.Start);
        TextLine last = text.Lines.GetLineFromPosition(span.End);
        string behind = text.ToString(TextSpan.FromBounds(span.End, last.End)).Trim();
        if (string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(first.Start, span.Start))) && (behind.Length == 0 || behind.StartsWith("//", StringComparison.Ordinal)))
        {
            return TextSpan.FromBounds(first.Start, last.EndIncludingLineBreak);
        }

        int start = span.Start;
        int end = span.End;
        while (takesBefore && start > first.Start && text[start - 1] is ' ' or '\t')
        {
            start--;
        }

        while (!takesBefore && end < last.End && text[end] is ' ' or '\t')
        {
            end++;
        }

        return TextSpan.FromBounds(start, end);
    }

    private static bool HasComments(SyntaxNode node) => node.DescendantTrivia().Any(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia));

    private static int LineOf(SourceText text, int position) => text.Lines.GetLineFromPosition(position).LineNumber;

    private static string IndentOf(SourceText text, int position)
    {
        string line = text.Lines.GetLineFromPosition(position).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }

    private static string EndOfLine(SourceText text)
    {
        TextLine first = text.Lines[0];
        return first.EndIncludingLineBreak > first.End ? text.ToString(TextSpan.FromBounds(first.End, first.EndIncludingLineBreak)) : "\n";
    }
}
