using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using ChatGen.Analyzers.Diagnostics;
using ChatGen.Analyzers.Usage;
using ChatGen.Generator.Documents;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.CodeFixes;

/// <summary>
/// Replaces a value that is none of those allowed (CHAT2005), or a text that matches none of the words of its pattern (CHAT2004), by the nearest one, or by another if there
/// are few.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReplaceByAllowedValueFix))]
public sealed class ReplaceByAllowedValueFix : CodeFixProvider
{
    private const int MaxListed = 5;

    // Words and nothing else, so that the pattern is an enumeration in disguise.
    private static readonly Regex s_words = new(@"^\^\((?:\?:)?([\w -]+(?:\|[\w -]+)*)\)\$\z", RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100));

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Descriptors.WrongForm.Id, Descriptors.NotAllowed.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => TextFixes.All((places, key) => places.SelectMany(place =>
        // A value that was chosen is the nearest one elsewhere.
        Find(place).FirstOrDefault(fix => key == fix.Key || key == KeyOf(fix.Changes[0].NewText))?.Changes ?? []));

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context) => TextFixes.RegisterAsync(context, Find, "Change to another allowed value");

    private static IEnumerable<TextFix> Find(FixPlace place)
    {
        if (place.Fact(DiagnosticFacts.Rule) is not { } rule || Expressions.At(place) is not { } expression || Expressions.TypeOf(place, expression) is not { } type
            || place.Model.GetConstantValue(expression, place.CancellationToken) is not { HasValue: true, Value: { } given })
        {
            yield break;
        }

        (string Text, double Distance)[] values =
        [
            .. Allowed(place.Fact(DiagnosticFacts.Keyword), JsonParser.Parse(rule))
                .Select(value => (Text: Literal(place, expression, type, value), Distance: Distance(given, value)))
                .Where(value => value.Text is not null)
                .OrderBy(value => value.Distance)
                .Select(value => (value.Text!, value.Distance)),
        ];
        for (int i = 0; i < values.Length && (i == 0 || values.Length <= MaxListed); i++)
        {
            string key = i == 0 ? nameof(ReplaceByAllowedValueFix) : KeyOf(values[i].Text);
            yield return new TextFix($"Change to '{values[i].Text.Trim('"')}'", key, [new TextChange(expression.Span, values[i].Text)]) { IsNested = i > 0 };
        }
    }

    private static string KeyOf(string? text) => $"{nameof(ReplaceByAllowedValueFix)}:{text}";

    private static IEnumerable<JsonNode> Allowed(string? keyword, JsonNode rule) => (keyword, rule) switch
    {
        ("enum", JsonArrayNode values) => values.Items,
        ("const", _) => [rule],
        ("pattern", JsonStringNode pattern) => s_words.Match(pattern.Value) is { Success: true } words
            ? words.Groups[1].Value.Split('|').Select(word => new JsonStringNode(rule.Source, rule.Span, word))
            : [],
        _ => [],
    };

    /// <summary>A JSON value in C#; null if the type has no constant for it.</summary>
    private static string? Literal(FixPlace place, ExpressionSyntax expression, ITypeSymbol type, JsonNode value) => (type, value) switch
    {
        ({ TypeKind: TypeKind.Enum }, JsonStringNode name) => Member(type, new RecordCatalog().FindValues(type), name.Value) is { } member
            ? $"{type.ToMinimalDisplayString(place.Model, expression.SpanStart)}.{member}"
            : null,
        ({ SpecialType: SpecialType.System_String }, JsonStringNode text) => SymbolDisplay.FormatLiteral(text.Value, quote: true),
        ({ SpecialType: SpecialType.System_Boolean }, JsonBooleanNode flag) => flag.Value ? "true" : "false",
        ({ SpecialType: SpecialType.System_Double or SpecialType.System_Single or SpecialType.System_Decimal }, JsonNumberNode number) when Read(number) is { } real => Expressions.Number(type, real),
        (_, JsonNumberNode number) when Expressions.IsInteger(type) && Read(number) is { } integer && integer % 1 == 0 => Expressions.Number(type, integer),
        _ => null,
    };

    private static string? Member(ITypeSymbol type, IReadOnlyList<string>? values, string value) => type.GetMembers().OfType<IFieldSymbol>()
        .FirstOrDefault(field => field.ConstantValue is int index && values is not null && index >= 0 && index < values.Count && values[index] == value)?.Name;

    private static decimal? Read(JsonNumberNode number) => decimal.TryParse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) ? value : null;

    private static double Distance(object given, JsonNode value) => (given, value) switch
    {
        (string text, JsonStringNode other) => Distance(text.ToLowerInvariant(), other.Value.ToLowerInvariant()),
        (not (string or bool or char), JsonNumberNode number) when double.TryParse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double other) =>
            Math.Abs(Convert.ToDouble(given, CultureInfo.InvariantCulture) - other),
        // Numbers tell nothing of names: the first one.
        _ => 0,
    };

    /// <summary>How many characters have to be put in, left out or replaced.</summary>
    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[right.Length];
    }
}
