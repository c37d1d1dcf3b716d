using System.Globalization;
using ChatGen.Generator.Model;
using ChatGen.Generator.Reading;

namespace ChatGen.Generator.Emit;

/// <summary>The rules of a record, one line each; how they are checked and worded is the runtime's.</summary>
internal static class ValidationEmitter
{
    private const string Rules = "global::ChatGen.ChatRules";

    public static void Emit(SourceWriter writer, ChatSchemaModel schema, RecordModel record)
    {
        var patterns = record.Properties.Where(property => property.Pattern is { } pattern && PatternPrefixes.Of(pattern).Count == 0).ToList();
        foreach (PropertyModel property in patterns)
        {
            writer.Line($"private static readonly global::ChatGen.ChatPattern s_pattern{property.Name} = new({PatternArguments(property.Pattern!)});");
        }

        if (patterns.Count > 0)
        {
            writer.Line();
        }

        writer.Line("/// <summary>Checks every rule of the schema. The client does so before it sends anything.</summary>");
        using (writer.Open("public global::ChatGen.ChatValidationResult Validate()"))
        {
            writer.Line("global::System.Collections.Generic.List<global::ChatGen.ChatValidationFailure>? failures = null;");
            writer.Line("Validate(ref failures);");
            writer.Line("return new global::ChatGen.ChatValidationResult(failures);");
        }

        writer.Line();
        using (writer.Open("internal void Validate(ref global::System.Collections.Generic.List<global::ChatGen.ChatValidationFailure>? failures)"))
        {
            foreach (EquatableArray<EquatableArray<string>> alternatives in Alternatives(record))
            {
                EmitAlternatives(writer, record, alternatives);
            }

            foreach (PropertyModel property in record.Properties)
            {
                EmitRules(writer, schema, property);
            }
        }
    }

    private static string PatternArguments(string pattern)
    {
        string translated = Translate(pattern);
        return translated == pattern ? CSharp.Literal(pattern) : $"{CSharp.Literal(pattern)}, {CSharp.Literal(translated)}";
    }

    // The reader has refused what has no translation.
    private static string Translate(string pattern) => EcmaPattern.TryTranslate(pattern, out string translated, out string? problem)
        ? translated
        : throw new InvalidOperationException(problem);

    private static IEnumerable<EquatableArray<EquatableArray<string>>> Alternatives(RecordModel record) =>
        record.Alternatives.Count > 0 ? [record.Alternatives] : [];

    private static void EmitAlternatives(SourceWriter writer, RecordModel record, EquatableArray<EquatableArray<string>> alternatives)
    {
        // A member whose C# type always has a value is always there.
        bool IsAbsentable(string name) => record.Properties.First(property => property.Name == name) is { IsNullable: true };

        var conditions = new List<string>();
        foreach (EquatableArray<string> alternative in alternatives)
        {
            string[] names = [.. alternative.Where(IsAbsentable)];
            if (names.Length == 0)
            {
                return;
            }

            conditions.Add(string.Join(" || ", names.Select(name => $"{name} is null")));
        }

        string condition = string.Join(" && ", conditions.Select(part => part.Contains("||") ? $"({part})" : part));
        using (writer.Open($"if ({condition})"))
        {
            writer.Line($"{Rules}.Fail(ref failures, \"$\", \"anyOf\", {CSharp.Literal(Words(record.Name, alternatives))});");
        }

        writer.Line();
    }

    private static string Words(string record, EquatableArray<EquatableArray<string>> alternatives)
    {
        string[] all = [.. alternatives.Select(alternative => string.Join(" and ", alternative.Select(name => $"'{name}'")))];
        return all.Length == 1
            ? $"'{record}' needs {all[0]}"
            : $"'{record}' needs {all[0]} unless {string.Join(" or ", all.Skip(1))} {(all.Length == 2 && alternatives[1].Count == 1 ? "is" : "are")} given";
    }

    private static void EmitRules(SourceWriter writer, ChatSchemaModel schema, PropertyModel property)
    {
        string arguments = $"ref failures, {CSharp.Literal(property.JsonName)}, {CSharp.Literal(property.Name)}";
        bool mayBeNull = property.IsNullable || !CSharp.IsValueType(property.Type);
        if (mayBeNull && !property.IsNullable && property.Type is not BuiltInType { Kind: BuiltInKind.JsonNode } && !property.EmptyAsDefault)
        {
            writer.Line($"{Rules}.NotNull({arguments}, {property.Name});");
        }

        string nullable = mayBeNull && CSharp.IsValueType(property.Type) ? "?" : "";
        string number = property.Type switch
        {
            BuiltInType { Kind: BuiltInKind.Seconds } => $"{property.Name}{nullable}.TotalSeconds",
            BuiltInType { Kind: BuiltInKind.Milliseconds } => $"{property.Name}{nullable}.TotalMilliseconds",
            _ => property.Name,
        };
        bool isInteger = property.Type is BuiltInType { Kind: BuiltInKind.Int32 or BuiltInKind.Int64 };
        Bound("Minimum", property.Bounds.Minimum);
        Bound("Maximum", property.Bounds.Maximum);
        Bound("ExclusiveMinimum", property.Bounds.ExclusiveMinimum);
        Bound("ExclusiveMaximum", property.Bounds.ExclusiveMaximum);

        string text = property.Type is BuiltInType { Kind: BuiltInKind.Uri } ? $"{property.Name}?.OriginalString" : property.Name;
        if (property.Type is BuiltInType { Kind: BuiltInKind.Uri })
        {
            writer.Line($"{Rules}.AbsoluteUri({arguments}, {property.Name});");
        }

        Count("MinLength", text, property.MinLength);
        Count("MaxLength", text, property.MaxLength);
        if (property.Pattern is { } pattern)
        {
            IReadOnlyList<string> prefixes = PatternPrefixes.Of(pattern);
            writer.Line(prefixes.Count == 0
                ? $"{Rules}.Pattern({arguments}, {text}, s_pattern{property.Name});"
                : $"{Rules}.Prefix({arguments}, {text}, {CSharp.Literal(pattern)}, {string.Join(", ", prefixes.Select(CSharp.Literal))});");
        }

        if (property.Format is not null)
        {
            writer.Line($"{Rules}.Format({arguments}, {property.Name}, global::ChatGen.ChatFormat.{Formats.Member(property.Format)});");
        }

        Count("MinItems", $"{property.Name}?.Count", property.MinItems);
        Count("MaxItems", $"{property.Name}?.Count", property.MaxItems);
        EmitNested(writer, schema, property, arguments);

        void Bound(string rule, string? bound)
        {
            if (bound is not null)
            {
                writer.Line($"{Rules}.{rule}({arguments}, {number}, {(isInteger ? Integer(bound) : CSharp.Number(bound))});");
            }
        }

        static string Integer(string bound) => bound + (long.TryParse(bound, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? "L" : "m");

        void Count(string rule, string value, int? count)
        {
            if (count is { } limit)
            {
                writer.Line($"{Rules}.{rule}({arguments}, {value}, {limit});");
            }
        }
    }

    private static void EmitNested(SourceWriter writer, ChatSchemaModel schema, PropertyModel property, string arguments)
    {
        switch (property.Type)
        {
            case EnumType { IsOpen: false } type:
                writer.Line($"{Rules}.Enum({arguments}, (int{(property.IsNullable ? "?" : "")}){property.Name}, {type.Name}Json.Values);");
                break;
            case RecordType:
                using (writer.Open($"if ({property.Name} is not null)"))
                {
                    writer.Line("int before = failures?.Count ?? 0;");
                    writer.Line($"{property.Name}.Validate(ref failures);");
                    writer.Line($"{Rules}.Within(failures, before, {CSharp.Literal("." + property.JsonName)});");
                }

                break;
            case ListType { Item: RecordType }:
                using (writer.Open($"for (int i = 0; i < ({property.Name}?.Count ?? 0); i++)"))
                {
                    writer.Line("int before = failures?.Count ?? 0;");
                    writer.Line($"{property.Name}![i]?.Validate(ref failures);");
                    writer.Line($"{Rules}.Within(failures, before, {CSharp.Literal("." + property.JsonName)}, i);");
                }

                break;
            default:
                break;
        }
    }
}
