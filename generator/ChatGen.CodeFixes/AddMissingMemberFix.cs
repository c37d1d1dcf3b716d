using System.Collections.Immutable;
using ChatGen.Analyzers.Diagnostics;
using ChatGen.Analyzers.Usage;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ChatGen.CodeFixes;

/// <summary>Adds what options lack (CHAT2001), with a value to be replaced: one fix for each alternative.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddMissingMemberFix))]
public sealed class AddMissingMemberFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Descriptors.MissingMember.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => TextFixes.All(Find);

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context) => TextFixes.RegisterAsync(context, Find);

    private static IEnumerable<TextFix> Find(FixPlace place)
    {
        if (place.Fact(DiagnosticFacts.Missing) is not { Length: > 0 } missing
            || place.Node.AncestorsAndSelf().FirstOrDefault(node => node is BaseObjectCreationExpressionSyntax or WithExpressionSyntax) is not { } creation
            || InstanceReader.PlaceOf(creation) != place.Diagnostic.Location.SourceSpan
            || place.Model.GetTypeInfo(creation, place.CancellationToken).Type is not INamedTypeSymbol type)
        {
            yield break;
        }

        var placeholder = new Placeholder(place.Model, creation.SpanStart);
        foreach (string[] names in missing.Split([';'], StringSplitOptions.RemoveEmptyEntries).Select(names => names.Split(',')))
        {
            (string Name, string? Value)[] members = [.. names.Select(name => (name, placeholder.Of(type, name)))];
            if (members.All(member => member.Value is not null))
            {
                string title = $"Add {string.Join(" and ", names.Select(name => $"'{name}'"))}";
                yield return new TextFix(title, $"{nameof(AddMissingMemberFix)}:{string.Join(",", names)}", InitializerText.Set(place.Text, creation, members.Select(member => (member.Name, member.Value!))));
            }
        }
    }
}
