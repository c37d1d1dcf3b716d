using ChatGen.Generator.JsonSchemas;
using ChatGen.Generator.Model;
using ChatGen.Generator.Reading;

namespace ChatGen.Generator.Emit;

/// <summary>The rules of a record, one line each; how they are checked and worded is the runtime's.</summary>
internal static class ValidationEmitter
{
    public const string FailureList = "global::System.Collections.Generic.List<global::ChatGen.ChatValidationFailure>?";

    private const string Rules = "global::ChatGen.ChatRules";

    public static void Emit(SourceWriter writer, ChatSchemaModel schema, RecordModel record)
    {
        var patterns = record.Properties
            .SelectMany(property => ((string Name, string? Pattern)[])[(PatternField(property), property.Rules.Pattern), (ElementPatternField(property), property.ElementRules.Pattern)])
            .Where(field => field.Pattern is { } pattern && PatternPrefixes.Of(pattern).Count == 0)
            .ToList();
        foreach ((string name, string? pattern) in patterns)
        {
            writer.Line($"private static readonly global::ChatGen.ChatPattern {name} = new({PatternArguments(pattern!)});");
        }

        if (patterns.Count > 0)
        {
            writer.Line();
        }

        // A hierarchy that only the backend sends is not validated, though one of its records may be part of options as well.
        bool hasBase = record.Base is { } union && schema.Unions.Any(each => each.Name == union && each.IsInput);
        EmitEntries(writer, record.Name, hasBase, record.JsonRules is not null);
        if (hasBase)
        {
            // Else there would be two defaults, that of the hierarchy and that of the record.
            const string Annotations = "global::System.ComponentModel.DataAnnotations";
            writer.Line();
            writer.Line($"global::System.Collections.Generic.IEnumerable<{Annotations}.ValidationResult> {Annotations}.IValidatableObject.Validate({Annotations}.ValidationContext validationContext) => global::ChatGen.ChatOptions.ResultsOf<{record.Name}>(Validate());");
        }

        writer.Line();
        using (writer.Open($"internal {(hasBase ? "override " : "")}void Validate(ref {FailureList} failures)"))
        {
            if (record.NeedsJsonRules)
            {
                writer.Line("int before = failures?.Count ?? 0;");
            }

            foreach (EquatableArray<EquatableArray<string>> alternatives in Alternatives(record))
            {
                EmitAlternatives(writer, record, alternatives);
            }

            PresenceEmitter.Emit(writer, record);
            foreach (PropertyModel property in record.Properties)
            {
                EmitRules(writer, schema, property);
            }

            if (record.NeedsJsonRules)
            {
                writer.Line($"{Rules}.Json(ref failures, before, this, {record.Name}JsonConverter.{(JsonEmitter.HasUnsent(record) ? "WriteAllMembers" : "WriteMembers")}, ChatJsonRules.{record.Name}{Unsettable(record)});");
            }
        }
    }

    /// <summary>What is called from outside: on a value, and on its JSON.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="name">The type.</param>
    /// <param name="hasBase">Whether a base has the same.</param>
    /// <param name="hasJsonRules">Whether the schema's own validator has an entry for the type.</param>
    public static void EmitEntries(SourceWriter writer, string name, bool hasBase = false, bool hasJsonRules = false)
    {
        string rules = hasJsonRules ? $", ChatJsonRules.{name}" : "";
        string hides = hasBase ? "new " : "";
        writer.Line("/// <summary>Reads a value from JSON in UTF-8 and checks every rule of the schema.</summary>");
        writer.Line("/// <exception cref=\"global::ChatGen.ChatValidationException\">The JSON breaks a rule, or is none.</exception>");
        writer.Line($"public static {hides}{name} Parse(global::System.ReadOnlySpan<byte> utf8Json) => global::ChatGen.ChatOptions.Parse<{name}>(utf8Json, {name}JsonConverter.ReadValue{rules});");
        writer.Line();
        writer.Line("/// <summary>Reads a value from JSON in UTF-8 and checks every rule of the schema.</summary>");
        writer.Line($"public static bool TryParse(global::System.ReadOnlySpan<byte> utf8Json, [global::System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out {name}? value, out global::ChatGen.ChatValidationResult result) =>");
        writer.Line($"    global::ChatGen.ChatOptions.TryParse(utf8Json, {name}JsonConverter.ReadValue, out value, out result{rules});");
        if (hasBase)
        {
            return;
        }

        writer.Line();
        writer.Line("/// <summary>Checks every rule of the schema. The client does so before it sends anything.</summary>");
        using (writer.Open("public global::ChatGen.ChatValidationResult Validate()"))
        {
            writer.Line($"{FailureList} failures = null;");
            writer.Line("Validate(ref failures);");
            writer.Line("return new global::ChatGen.ChatValidationResult(failures);");
        }
    }

    /// <summary>Members that are mandatory and the backend's to set.</summary>
    private static string Unsettable(RecordModel record) =>
        string.Concat(record.Properties.Where(property => property.IsReadOnly).Select(property => $", {CSharp.Literal(property.Name)}"));

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
        var absentable = new HashSet<string>(record.Properties.Where(property => property.IsNullable).Select(property => property.Name), StringComparer.Ordinal);
        var conditions = new List<string>();
        foreach (EquatableArray<string> alternative in alternatives)
        {
            string[] names = [.. alternative.Where(absentable.Contains)];
            if (names.Length == 0)
            {
                return;
            }

            conditions.Add(string.Join(" || ", names.Select(name => $"{name} is null")));
        }

        string condition = string.Join(" && ", conditions.Select(part => part.Contains("||") ? $"({part})" : part));
        using (writer.Open($"if ({condition})"))
        {
            writer.Line($"{Rules}.Fail(ref failures, \"$\", \"anyOf\", {CSharp.Literal(AlternativeWords.Of(record.Name, [.. alternatives.Select(alternative => (IReadOnlyList<string>)alternative)]))});");
        }

        writer.Line();
    }

    private static void EmitRules(SourceWriter writer, ChatSchemaModel schema, PropertyModel property)
    {
        string arguments = $"ref failures, {CSharp.Literal(property.JsonName)}, {CSharp.Literal(property.Name)}";
        if (property.Const is not null)
        {
            return;
        }

        bool mayBeNull = property.IsNullable || !property.Type.IsValueType;
        if (mayBeNull && !property.IsNullable && property.Type is not BuiltInType { Kind: BuiltInKind.JsonNode } && !property.EmptyAsDefault)
        {
            writer.Line($"{Rules}.NotNull({arguments}, {property.Name});");
        }

        if (property.Type is BuiltInType { Kind: BuiltInKind.Double })
        {
            writer.Line($"{Rules}.Finite({arguments}, {property.Name});");
        }
        else if ((property.Type is ListType { Item: var each } && IsDouble(each)) || (property.Type is DictionaryType { Value: var held } && IsDouble(held)))
        {
            writer.Line($"{Rules}.FiniteItems({arguments}, {property.Name});");
        }

        new ValueRuleEmitter(writer, arguments, PatternField(property)).Emit(property.Type, property.Name, mayBeNull && property.Type.IsValueType, property.Rules);
        Count("MinItems", $"{property.Name}?.Count", property.MinItems);
        Count("MaxItems", $"{property.Name}?.Count", property.MaxItems);
        Count("MinProperties", $"{property.Name}?.Count", property.MinProperties);
        Count("MaxProperties", $"{property.Name}?.Count", property.MaxProperties);
        if (property.UniqueItems)
        {
            writer.Line($"{Rules}.UniqueItems({arguments}, {property.Name});");
        }

        EmitElementRules(writer, property, arguments);
        if (property.Type is ListType { Item: not NullableType and { } item } && !item.IsValueType && item is not BuiltInType { Kind: BuiltInKind.JsonNode })
        {
            writer.Line($"{Rules}.NoNulls({arguments}, {property.Name});");
        }
        else if (property.Type is DictionaryType { Value: not NullableType and { } value } && !value.IsValueType && value is not BuiltInType { Kind: BuiltInKind.JsonNode })
        {
            writer.Line($"{Rules}.NoNullValues({arguments}, {property.Name});");
        }

        if (property.FileLimits is { } limits)
        {
            writer.Line($"{Rules}.File({arguments}, {property.Name}, {(limits.MaxSize is { } bytes ? bytes + "L" : "null")}, {CSharp.Literal(string.Join(", ", limits.Types))});");
        }

        EmitNested(writer, schema, property, arguments);

        static bool IsDouble(TypeModel type) => (type is NullableType nullable ? nullable.Item : type) is BuiltInType { Kind: BuiltInKind.Double };

        void Count(string rule, string value, int? count)
        {
            if (count is { } limit)
            {
                writer.Line($"{Rules}.{rule}({arguments}, {value}, {limit});");
            }
        }
    }

    private static string PatternField(PropertyModel property) => "s_pattern" + property.Name;

    private static string ElementPatternField(PropertyModel property) => "s_elementPattern" + property.Name;

    private static void EmitElementRules(SourceWriter writer, PropertyModel property, string arguments)
    {
        TypeModel? element = property.Type switch
        {
            ListType list => list.Item,
            DictionaryType dictionary => dictionary.Value,
            _ => null,
        };
        if (element is null)
        {
            return;
        }

        TypeModel type = ValueRuleReader.WithoutNull(element);
        if (property.ElementRules == ValueRules.None)
        {
            return;
        }

        bool isList = property.Type is ListType;
        EmitLoop(writer, property, () => new ValueRuleEmitter(writer, arguments, ElementPatternField(property), isList ? "i" : "entry.Key")
            .Emit(type, isList ? $"{property.Name}[i]" : "entry.Value", element is NullableType && type.IsValueType, property.ElementRules));
    }

    /// <summary>A loop over the items <c>[i]</c> of a list or the entries <c>entry</c> of a dictionary.</summary>
    private static void EmitLoop(SourceWriter writer, PropertyModel property, Action emit)
    {
        using (writer.Open($"if ({property.Name} is not null)"))
        using (writer.Open(property.Type is ListType ? $"for (int i = 0; i < {property.Name}.Count; i++)" : $"foreach (var entry in {property.Name})"))
        {
            emit();
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
                    writer.Line("int count = failures?.Count ?? 0;");
                    writer.Line($"{property.Name}.Validate(ref failures);");
                    writer.Line($"{Rules}.Within(failures, count, {CSharp.Literal("." + property.JsonName)});");
                }

                break;
            case ListType { Item: RecordType or NullableType { Item: RecordType } }:
                EmitLoop(writer, property, () =>
                {
                    writer.Line("int count = failures?.Count ?? 0;");
                    writer.Line($"{property.Name}[i]?.Validate(ref failures);");
                    writer.Line($"{Rules}.Within(failures, count, {CSharp.Literal("." + property.JsonName)}, i);");
                });

                break;
            case DictionaryType { Value: RecordType or NullableType { Item: RecordType } }:
                EmitLoop(writer, property, () =>
                {
                    writer.Line("int count = failures?.Count ?? 0;");
                    writer.Line("entry.Value?.Validate(ref failures);");
                    writer.Line($"{Rules}.Within(failures, count, {CSharp.Literal("." + property.JsonName)}, entry.Key);");
                });

                break;
            default:
                break;
        }
    }
}
