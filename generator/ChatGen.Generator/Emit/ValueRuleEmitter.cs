using System.Globalization;
using ChatGen.Generator.JsonSchemas;
using ChatGen.Generator.Model;
using ChatGen.Generator.Reading;

namespace ChatGen.Generator.Emit;

/// <summary>The rules of a value, one line each.</summary>
/// <param name="writer">Where to.</param>
/// <param name="arguments">The first arguments of every rule: the list of failures and the member's names.</param>
/// <param name="pattern">The field that has the pattern.</param>
/// <param name="at">The last argument of every rule of an element: its index or key; empty for the member itself.</param>
internal sealed class ValueRuleEmitter(SourceWriter writer, string arguments, string pattern, string at = "")
{
    private const string Rules = "global::ChatGen.ChatRules";

    /// <param name="type">The C# type, which is not nullable.</param>
    /// <param name="value">The value.</param>
    /// <param name="isNullableValue">Whether the value is of a nullable value type.</param>
    /// <param name="rules">The rules.</param>
    public void Emit(TypeModel type, string value, bool isNullableValue, ValueRules rules)
    {
        string nullable = isNullableValue ? "?" : "";
        string number = type switch
        {
            BuiltInType { Kind: BuiltInKind.Seconds } => $"{value}{nullable}.TotalSeconds",
            BuiltInType { Kind: BuiltInKind.Milliseconds } => $"{value}{nullable}.TotalMilliseconds",
            _ => value,
        };
        EmitNumber("Minimum", type, number, rules.Bounds.Minimum);
        EmitNumber("Maximum", type, number, rules.Bounds.Maximum);
        EmitNumber("ExclusiveMinimum", type, number, rules.Bounds.ExclusiveMinimum);
        EmitNumber("ExclusiveMaximum", type, number, rules.Bounds.ExclusiveMaximum);
        EmitNumber("MultipleOf", type, number, rules.MultipleOf);

        string text = type is BuiltInType { Kind: BuiltInKind.Uri } ? $"{value}?.OriginalString" : value;
        if (rules.IsAbsoluteUri)
        {
            Emit("AbsoluteUri", value);
        }

        EmitLength("MinLength", text, rules.MinLength);
        EmitLength("MaxLength", text, rules.MaxLength);
        if (rules.Pattern is { } expression)
        {
            IReadOnlyList<string> prefixes = PatternPrefixes.Of(expression);
            Emit(
                prefixes.Count == 0 ? "Pattern" : "Prefix",
                prefixes.Count == 0 ? $"{text}, {pattern}" : $"{text}, {CSharp.Literal(expression)}, {string.Join(", ", prefixes.Select(CSharp.Literal))}");
        }

        if (rules.Format is not null)
        {
            Emit("Format", $"{value}, global::ChatGen.ChatFormat.{Formats.Member(rules.Format)}");
        }
    }

    private void Emit(string rule, string values) => writer.Line($"{Rules}.{rule}({arguments}, {values}{(at.Length == 0 ? "" : $", at: {at}")});");

    private void EmitNumber(string rule, TypeModel type, string value, string? number)
    {
        if (number is not null)
        {
            Emit(rule, $"{value}, {Literal(type, number)}");
        }
    }

    private void EmitLength(string rule, string value, int? length)
    {
        if (length is { } limit)
        {
            Emit(rule, $"{value}, {limit.ToString(CultureInfo.InvariantCulture)}");
        }
    }

    private static string Literal(TypeModel type, string number) => type switch
    {
        BuiltInType { Kind: BuiltInKind.Decimal } => KeywordMessages.Number(number) + "m",
        BuiltInType { Kind: BuiltInKind.Int32 or BuiltInKind.Int64 } => number + (long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? "L" : "m"),
        _ => CSharp.Number(number),
    };
}
