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
            remarks.Add($"Default: {value}{Unit(property)}.");
        }
        else if (property.Default is { } flag)
        {
            remarks.Add($"Default: {flag}.");
        }

        Bound("At least", property.Bounds.Minimum);
        Bound("At most", property.Bounds.Maximum);
        Bound("Above", property.Bounds.ExclusiveMinimum);
        Bound("Below", property.Bounds.ExclusiveMaximum);
        Count("At least", property.MinLength, "character");
        Count("At most", property.MaxLength, "character");
        Count("At least", property.MinItems, "item");
        Count("At most", property.MaxItems, "item");
        if (property.FileLimits is { MaxSize: { } bytes })
        {
            remarks.Add($"At most {bytes} bytes.");
        }

        if (property.FileLimits is { Types.Count: > 0 } limits)
        {
            remarks.Add($"Of the types {string.Join(", ", limits.Types)}.");
        }

        if (property.Pattern is { } pattern)
        {
            remarks.Add($"Matches {pattern}.");
        }

        if (property.Format is { } format)
        {
            remarks.Add($"Must be {Formats.Describe(format)}.");
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

        void Bound(string words, string? bound)
        {
            if (bound is not null)
            {
                remarks.Add($"{words} {bound}{Unit(property)}.");
            }
        }

        void Count(string words, int? count, string what)
        {
            if (count is { } number)
            {
                remarks.Add($"{words} {number.ToString(CultureInfo.InvariantCulture)} {what}{(number == 1 ? "" : "s")}.");
            }
        }
    }

    private static string Unit(PropertyModel property) => property.Type switch
    {
        BuiltInType { Kind: BuiltInKind.Seconds } => " seconds",
        BuiltInType { Kind: BuiltInKind.Milliseconds } => " milliseconds",
        _ => "",
    };
}
