using System.Collections.Immutable;
using System.Globalization;
using ChatGen.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.CodeFixes;

/// <summary>Replaces a value that is out of bounds (CHAT2003) by the nearest one that is within: the bound, or the longest text.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ClampToBoundFix))]
public sealed class ClampToBoundFix : CodeFixProvider
{
    private static readonly (string Method, decimal Seconds)[] s_units =
        [("FromDays", 86400), ("FromHours", 3600), ("FromMinutes", 60), ("FromSeconds", 1), ("FromMilliseconds", 0.001m)];

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Descriptors.OutOfBounds.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => TextFixes.All(Find);

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context) => TextFixes.RegisterAsync(context, Find);

    private static IEnumerable<TextFix> Find(FixPlace place)
    {
        if (place.Fact(DiagnosticFacts.Keyword) is { } keyword
            && place.Fact(DiagnosticFacts.Rule) is { } rule
            && Expressions.At(place) is { } expression
            && decimal.TryParse(rule, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal bound)
            && Expressions.TypeOf(place, expression) is { } type)
        {
            if (keyword == "maxLength" && type.SpecialType == SpecialType.System_String && Expressions.TextOf(place, expression) is { } text)
            {
                string cut = SymbolDisplay.FormatLiteral(Cut(text, (int)bound), quote: true);
                yield return Fix($"Cut to {rule} character{(rule == "1" ? "" : "s")}", cut);
            }
            else if (Within(place, expression, type, keyword, bound) is { } value)
            {
                yield return Fix($"Change to '{value}'", value);
            }
        }

        TextFix Fix(string title, string value) => new(title, nameof(ClampToBoundFix), [new TextChange(place.Diagnostic.Location.SourceSpan, value)]);
    }

    private static string? Within(FixPlace place, ExpressionSyntax expression, ITypeSymbol type, string keyword, decimal bound)
    {
        bool isTime = Expressions.IsSystem(type, "TimeSpan");
        bool isInteger = Expressions.IsInteger(type);
        decimal? value = (keyword, isInteger) switch
        {
            ("minimum", true) => decimal.Ceiling(bound),
            ("maximum", true) => decimal.Floor(bound),
            ("minimum" or "maximum", false) => bound,
            ("exclusiveMinimum", true) => decimal.Floor(bound) + 1,
            ("exclusiveMaximum", true) => decimal.Ceiling(bound) - 1,
            // Between the bound and any number there is another.
            _ => null,
        };
        if (value is not { } number)
        {
            return null;
        }

        return isTime ? Time(place, expression, type, place.Fact(DiagnosticFacts.Unit) == "milliseconds" ? number / 1000 : number)
            : isInteger || type.SpecialType is SpecialType.System_Double or SpecialType.System_Single or SpecialType.System_Decimal ? Expressions.Number(type, number)
            : null;
    }

    /// <summary>A time span in the unit of the one that it replaces, if it is a whole number of it.</summary>
    private static string Time(FixPlace place, ExpressionSyntax expression, ITypeSymbol type, decimal seconds)
    {
        string name = type.ToMinimalDisplayString(place.Model, expression.SpanStart);
        if (seconds == 0)
        {
            return $"{name}.Zero";
        }

        string? own = expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } ? access.Name.Identifier.ValueText : null;
        (string method, decimal unit) = s_units.Where(each => seconds % each.Seconds == 0 && (each.Method == own || each.Method is "FromSeconds" or "FromMilliseconds"))
            .OrderBy(each => each.Method != own).FirstOrDefault();
        return method is null
            ? $"{name}.FromTicks({(seconds * TimeSpan.TicksPerSecond).ToString("0", CultureInfo.InvariantCulture)})"
            : $"{name}.{method}({Trim(seconds / unit)})";

        static string Trim(decimal number) => number.ToString("0.#############################", CultureInfo.InvariantCulture);
    }

    /// <summary>The beginning of a text, of so many characters as JSON Schema counts them.</summary>
    private static string Cut(string text, int length)
    {
        int end = 0;
        for (int taken = 0; taken < length && end < text.Length; taken++)
        {
            end += char.IsSurrogatePair(text, end) ? 2 : 1;
        }

        return text.Substring(0, end);
    }
}
