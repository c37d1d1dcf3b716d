using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.CodeFixes;

/// <summary>Fixes that change nothing but the file of the diagnostic: offered one by one, or applied wherever they fit.</summary>
internal static class TextFixes
{
    /// <summary>Offers what is found for each diagnostic.</summary>
    /// <param name="context">Takes the fixes.</param>
    /// <param name="find">Finds the ways to mend a diagnostic.</param>
    /// <param name="nestTitle">The entry of the menu that holds the nested ones.</param>
    public static async Task RegisterAsync(CodeFixContext context, Func<FixPlace, IEnumerable<TextFix>> find, string nestTitle = "")
    {
        foreach (FixPlace place in await PlacesAsync(context.Document, context.Diagnostics, context.CancellationToken).ConfigureAwait(false))
        {
            TextFix[] fixes = [.. find(place)];
            foreach (TextFix fix in fixes.Where(fix => !fix.IsNested))
            {
                context.RegisterCodeFix(Action(fix), place.Diagnostic);
            }

            var nested = fixes.Where(fix => fix.IsNested).Select(Action).ToImmutableArray();
            if (!nested.IsEmpty)
            {
                context.RegisterCodeFix(CodeAction.Create(nestTitle, nested, isInlinable: false), place.Diagnostic);
            }

            CodeAction Action(TextFix fix) => CodeAction.Create(fix.Title, _ => Task.FromResult(context.Document.WithText(place.Text.WithChanges(fix.Changes))), fix.Key);
        }
    }

    /// <summary>Applies the fix of one key to every diagnostic that it is found for.</summary>
    public static FixAllProvider All(Func<FixPlace, IEnumerable<TextFix>> find) =>
        All((places, key) => places.SelectMany(place => find(place).FirstOrDefault(fix => fix.Key == key)?.Changes ?? []));

    /// <summary>Applies the changes that mend all diagnostics of a file together.</summary>
    public static FixAllProvider All(Func<IReadOnlyList<FixPlace>, string?, IEnumerable<TextChange>> change) => FixAllProvider.Create(async (context, document, diagnostics) =>
    {
        IReadOnlyList<FixPlace> places = await PlacesAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false);
        TextChange[] changes = [.. Outermost(change(places, context.CodeActionEquivalenceKey))];
        return changes.Length == 0 ? document : document.WithText(places[0].Text.WithChanges(changes));
    });

    /// <summary>Changes in the order of the text, without those of code that another one takes away.</summary>
    private static IEnumerable<TextChange> Outermost(IEnumerable<TextChange> changes)
    {
        int end = 0;
        foreach (TextChange change in changes.Distinct().OrderBy(change => change.Span.Start).ThenByDescending(change => change.Span.Length))
        {
            if (change.Span.Start >= end)
            {
                end = change.Span.End;
                yield return change;
            }
        }
    }

    private static async Task<IReadOnlyList<FixPlace>> PlacesAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        SourceText text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        return await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is { } root
            && await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is { } model
                ? [.. diagnostics.Select(diagnostic => new FixPlace(diagnostic, root, text, model, cancellationToken))]
                : [];
    }
}
