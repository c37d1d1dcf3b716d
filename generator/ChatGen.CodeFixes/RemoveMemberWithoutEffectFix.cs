using System.Collections.Immutable;
using ChatGen.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.CodeFixes;

/// <summary>Removes a member that has no effect (CHAT2010), where the marked initialiser itself sets it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveMemberWithoutEffectFix))]
public sealed class RemoveMemberWithoutEffectFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Descriptors.NoEffect.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => TextFixes.All((places, _) => places
        .Select(place => (place.Text, Member: FindMember(place)))
        .Where(found => found.Member is not null)
        .GroupBy(found => (InitializerExpressionSyntax)found.Member!.Parent!)
        .SelectMany(group => InitializerText.Remove(group.First().Text, group.Key, new HashSet<AssignmentExpressionSyntax>(group.Select(found => found.Member!)))));

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context) => TextFixes.RegisterAsync(context, Find);

    private static IEnumerable<TextFix> Find(FixPlace place)
    {
        if (FindMember(place) is { Parent: InitializerExpressionSyntax initializer } member)
        {
            TextChange[] changes = [.. InitializerText.Remove(place.Text, initializer, [member])];
            yield return new TextFix($"Remove '{place.Fact(DiagnosticFacts.Member)}'", nameof(RemoveMemberWithoutEffectFix), changes);
        }
    }

    /// <summary>The assignment of the member, which is the marked one or stands beside it.</summary>
    private static AssignmentExpressionSyntax? FindMember(FixPlace place) => place.Fact(DiagnosticFacts.Member) is { } name
        ? InitializerText.Find(
            place.Node.AncestorsAndSelf().OfType<AssignmentExpressionSyntax>().Select(assignment => assignment.Parent).OfType<InitializerExpressionSyntax>().FirstOrDefault(), name)
        : null;
}
