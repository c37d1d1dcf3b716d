using System.Globalization;
using ChatGen.Generator.JsonSchemas;
using ChatGen.Generator.Model;
using ChatGen.Generator.Reading;

namespace ChatGen.Generator.Emit;

/// <summary>A record with its properties, documentation and, for options, its rules.</summary>
internal static class RecordEmitter
{
    public static string Emit(ChatSchemaModel schema, RecordModel record)
    {
        SourceWriter writer = SourceWriter.StartFile(schema.Namespace);
        if (record.Description is { } description)
        {
            CSharp.Document(writer, "summary", description);
        }

        CSharp.Deprecate(writer, record.Obsolete);
        writer.Line(CSharp.GeneratedCode);
        UsageEmitter.Mark(writer, schema, record);
        writer.Line($"[global::System.Text.Json.Serialization.JsonConverter(typeof({record.Name}JsonConverter))]");
        using (writer.Open($"public sealed partial record {record.Name}{Bases(record)}"))
        {
            EventModel? eventType = schema.Events.Types.FirstOrDefault(type => type.Record == record.Name);
            if (eventType is not null)
            {
                writer.Line("/// <inheritdoc/>");
                writer.Line($"public override global::ChatGen.ChatEventType EventType => ChatSchema.{eventType.CSharpName}Type;");
            }

            bool isFirst = eventType is null;
            foreach (PropertyModel property in record.Properties)
            {
                if (!isFirst)
                {
                    writer.Line();
                }

                isFirst = false;
                EmitProperty(writer, schema, record, property);
            }

            if (record.Name == schema.Start.Operation.Result)
            {
                writer.Line();
                writer.Line("/// <summary>Tells nothing, since the session's id admits to the session.</summary>");
                writer.Line($"public override string ToString() => \"{record.Name}\";");
            }

            if (record.IsInput)
            {
                writer.Line();
                ValidationEmitter.Emit(writer, schema, record);
            }
        }

        return writer.ToString();
    }

    /// <summary>How messages call a record and its members.</summary>
    public static MemberNames NamesOf(RecordModel record) => new(record.Name, record.Properties.Select(property => (property.JsonName, property.Name)).ToEquatableArray());

    private static string Bases(RecordModel record)
    {
        string[] bases =
        [
            .. record.IsEvent ? ["global::ChatGen.ChatEvent"] : (string[])[],
            .. record.Base is { } union ? [union] : (string[])[],
            .. record.IsInput ? [$"global::ChatGen.IChatOptions<{record.Name}>"] : (string[])[],
        ];
        return bases.Length == 0 ? "" : " : " + string.Join(", ", bases);
    }

    private static void EmitProperty(SourceWriter writer, ChatSchemaModel schema, RecordModel record, PropertyModel property)
    {
        if (property.Description is { } description)
        {
            CSharp.Document(writer, "summary", description);
        }

        if (Remarks(property) is { Length: > 0 } remarks)
        {
            CSharp.Document(writer, "remarks", remarks);
        }

        UsageEmitter.Mark(writer, record, property);
        if (property.Const is not null)
        {
            writer.Line($"public {CSharp.PropertyType(property)} {property.Name} => {CSharp.Constant(property)};");
            return;
        }

        bool isRequired = property.MustBeSet;
        if (!isRequired)
        {
            // Who must set a member cannot heed the warning.
            CSharp.Deprecate(writer, property.Obsolete);
        }

        string set = property.IsReadOnly ? "internal init" : "init";
        string initializer = property.Default is null || isRequired ? "" : $" = {CSharp.Default(property, schema)};";
        writer.Line($"public {(isRequired ? "required " : "")}{CSharp.PropertyType(property)} {property.Name} {{ get; {set}; }}{initializer}");
    }

    /// <summary>The rules in words.</summary>
    private static string Remarks(PropertyModel property)
    {
        var remarks = new List<string>();
        if (property.MandatoryWhen is { } condition)
        {
            remarks.Add($"Mandatory if {condition}.");
        }

        if (property.Default is { } value && property.Type is not BuiltInType { Kind: BuiltInKind.Boolean })
        {
            remarks.Add($"Default: {value}{Unit(property.Type)}.");
        }
        else if (property.Default is { } flag)
        {
            remarks.Add($"Default: {flag}.");
        }

        remarks.AddRange(RulesOf(property.Type, property.Rules).Select(static rule => char.ToUpperInvariant(rule[0]) + rule.Substring(1) + "."));
        Count("At least", property.MinItems, "item");
        Count("At most", property.MaxItems, "item");
        Count("At least", property.MinProperties, "member");
        Count("At most", property.MaxProperties, "member");
        if (property.UniqueItems)
        {
            remarks.Add("No equal items.");
        }

        string[] each = [.. property.Type switch
        {
            ListType list => RulesOf(ValueRuleReader.WithoutNull(list.Item), property.ElementRules),
            DictionaryType dictionary => RulesOf(ValueRuleReader.WithoutNull(dictionary.Value), property.ElementRules),
            _ => [],
        }];
        if (each.Length > 0)
        {
            remarks.Add($"Each: {string.Join(", ", each)}.");
        }

        if (property.FileLimits is { MaxSize: { } bytes })
        {
            remarks.Add($"At most {bytes} bytes.");
        }

        if (property.FileLimits is { Types.Count: > 0 } limits)
        {
            remarks.Add($"Of the types {string.Join(", ", limits.Types)}.");
        }

        if (property.IsReadOnly)
        {
            remarks.Add("Set by the backend alone.");
        }

        if (property.IsWriteOnly)
        {
            remarks.Add("Sent, and never sent back.");
        }

        if (property.Obsolete is { } why)
        {
            remarks.Add($"Deprecated: {why}");
        }

        if (property.IgnoredWith.Count > 0)
        {
            remarks.Add($"No effect together with {string.Join(" or ", property.IgnoredWith)}.");
        }

        return string.Join(" ", remarks);

        void Count(string words, int? count, string what)
        {
            if (count is { } number)
            {
                remarks.Add(Counted(words, number, what) + ".");
            }
        }
    }

    private static IEnumerable<string> RulesOf(TypeModel type, ValueRules rules)
    {
        return ((string?[])
        [
            Bound("at least", rules.Bounds.Minimum),
            Bound("at most", rules.Bounds.Maximum),
            Bound("above", rules.Bounds.ExclusiveMinimum),
            Bound("below", rules.Bounds.ExclusiveMaximum),
            rules.MultipleOf is { } divisor ? "a multiple of " + divisor : null,
            rules.MinLength is { } least ? Counted("at least", least, "character") : null,
            rules.MaxLength is { } most ? Counted("at most", most, "character") : null,
            rules.Pattern is { } pattern ? "matches " + pattern : null,
            rules.Format is { } format ? "must be " + Formats.Describe(format) : null,
        ]).OfType<string>();

        string? Bound(string words, string? bound) => bound is null ? null : $"{words} {bound}{Unit(type)}";
    }

    private static string Counted(string words, int number, string what) => $"{words} {number.ToString(CultureInfo.InvariantCulture)} {what}{(number == 1 ? "" : "s")}";

    private static string Unit(TypeModel type) => type switch
    {
        BuiltInType { Kind: BuiltInKind.Seconds } => " seconds",
        BuiltInType { Kind: BuiltInKind.Milliseconds } => " milliseconds",
        _ => "",
    };
}
