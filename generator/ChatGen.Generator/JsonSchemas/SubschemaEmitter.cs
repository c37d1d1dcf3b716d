using System.Globalization;
using ChatGen.Generator.Emit;
using ChatGen.Generator.Model;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>The body of the method of one subschema: cheap checks first, <c>unevaluated*</c> last.</summary>
internal sealed class SubschemaEmitter(SourceWriter writer, ValidatorFields fields, Func<int, bool, string> method, SubschemaModel schema, bool isCollected)
{
    /// <summary>The parameter that takes what the caller is to know as evaluated.</summary>
    public const string Collected = "collected";

    private const string Kind = "global::System.Text.Json.JsonValueKind.";
    private const string Runtime = "global::ChatGen.JsonSchemas.";

    private readonly bool _hasUnevaluated = schema.UnevaluatedItems is not null || schema.UnevaluatedProperties is not null;

    private bool Collects => isCollected || _hasUnevaluated;

    /// <summary>A schema with <c>unevaluated*</c> must see its own annotations and not its caller's.</summary>
    private string Evaluation => _hasUnevaluated ? "evaluation" : Collected;

    public void Emit()
    {
        if (schema.Verdict is bool verdict)
        {
            writer.Line(verdict ? "return true;" : "return false;");
            return;
        }

        writer.Line($"{Runtime}JsonValidation.Enter(ref depth);");
        if (_hasUnevaluated)
        {
            writer.Line($"var {Evaluation} = new {Runtime}JsonEvaluation();");
        }

        EmitValues();
        EmitNumbers();
        EmitStrings();
        EmitObject();
        EmitArray();
        EmitInPlace();
        EmitUnevaluated();
        if (_hasUnevaluated && isCollected)
        {
            writer.Line($"{Collected}.Add({Evaluation});");
        }

        writer.Line("return true;");
    }

    private void EmitValues()
    {
        if (schema.Types is JsonTypes types)
        {
            FailIf("!(" + Types(types) + ")");
        }

        if (schema.Const is string value)
        {
            FailIf("!" + IsEqual(value));
        }

        if (schema.Enum is EquatableArray<string> values)
        {
            FailIf(values.Count == 0 ? "true" : $"!({string.Join(" || ", values.Select(IsEqual))})");
        }
    }

    private static string Types(JsonTypes types)
    {
        var kinds = new List<string>();
        Add(JsonTypes.Null, "Null");
        Add(JsonTypes.Boolean, "True");
        Add(JsonTypes.Boolean, "False");
        Add(JsonTypes.Number, "Number");
        Add(JsonTypes.String, "String");
        Add(JsonTypes.Array, "Array");
        Add(JsonTypes.Object, "Object");
        string any = kinds.Count == 0 ? "" : "instance.ValueKind is " + string.Join(" or ", kinds);
        if ((types & (JsonTypes.Integer | JsonTypes.Number)) != JsonTypes.Integer)
        {
            return any;
        }

        return (any.Length == 0 ? "" : any + " || ") + $"(instance.ValueKind == {Kind}Number && {Runtime}JsonNumber.Of(instance).IsInteger)";

        void Add(JsonTypes type, string kind)
        {
            if ((types & type) != 0)
            {
                kinds.Add(Kind + kind);
            }
        }
    }

    private string IsEqual(string json) => $"{Runtime}JsonEquality.Comparer.Equals(instance, {fields.Value(json)})";

    private void EmitNumbers()
    {
        if (schema is { Minimum: null, Maximum: null, ExclusiveMinimum: null, ExclusiveMaximum: null, MultipleOf: null })
        {
            return;
        }

        using (writer.Open($"if (instance.ValueKind == {Kind}Number)"))
        {
            writer.Line($"{Runtime}JsonNumber number = {Runtime}JsonNumber.Of(instance);");
            Bound("<", schema.Minimum);
            Bound(">", schema.Maximum);
            Bound("<=", schema.ExclusiveMinimum);
            Bound(">=", schema.ExclusiveMaximum);
            if (schema.MultipleOf is string divisor)
            {
                FailIf($"!number.IsMultipleOf({fields.Number(divisor)})");
            }
        }

        void Bound(string comparison, string? bound)
        {
            if (bound is not null)
            {
                FailIf($"number {comparison} {fields.Number(bound)}");
            }
        }
    }

    private void EmitStrings()
    {
        if (schema is { MinLength: null, MaxLength: null, Pattern: null, Format: null })
        {
            return;
        }

        using (writer.Open($"if (instance.ValueKind == {Kind}String)"))
        {
            writer.Line($"string text = {Runtime}JsonStrings.Value(instance);");
            if (schema.MinLength is int minimum)
            {
                FailIf($"{Runtime}JsonStrings.Length(text) < {Text(minimum)}");
            }

            if (schema.MaxLength is int maximum)
            {
                FailIf($"{Runtime}JsonStrings.Length(text) > {Text(maximum)}");
            }

            if (schema.Pattern is string pattern)
            {
                FailIf($"!{fields.Pattern(pattern)}.IsMatch(text)");
            }

            if (schema.Format is string format)
            {
                FailIf($"!{format}(text)");
            }
        }
    }

    private void EmitObject()
    {
        string[] flagged =
        [
            .. schema.Required
                .Concat(schema.DependentRequired.SelectMany(dependent => dependent.Required.Concat([dependent.Name])))
                .Concat(schema.DependentSchemas.Select(dependent => dependent.Name))
                .Distinct(StringComparer.Ordinal),
        ];
        bool reads = flagged.Length > 0 || schema.Properties.Count > 0 || schema.PatternProperties.Count > 0
            || schema.AdditionalProperties is not null || schema.PropertyNames is not null;
        if (!reads && schema.MinProperties is null && schema.MaxProperties is null)
        {
            return;
        }

        using (writer.Open($"if (instance.ValueKind == {Kind}Object)"))
        {
            if (schema.MinProperties is int minimum)
            {
                FailIf($"instance.GetPropertyCount() < {Text(minimum)}");
            }

            if (schema.MaxProperties is int maximum)
            {
                FailIf($"instance.GetPropertyCount() > {Text(maximum)}");
            }

            for (int i = 0; i < flagged.Length; i++)
            {
                writer.Line($"bool has{Text(i)} = false;");
            }

            if (reads)
            {
                EmitMembers(flagged);
            }

            foreach (string name in schema.Required)
            {
                FailIf("!" + Flag(name));
            }

            foreach (DependentNames dependent in schema.DependentRequired.Where(dependent => dependent.Required.Count > 0))
            {
                FailIf($"{Flag(dependent.Name)} && !({string.Join(" && ", dependent.Required.Select(Flag))})");
            }

            foreach (NamedSubschema dependent in schema.DependentSchemas)
            {
                FailIf($"{Flag(dependent.Name)} && !{InPlace(dependent.Subschema)}");
            }
        }

        string Flag(string name) => "has" + Text(Array.IndexOf(flagged, name));
    }

    private void EmitMembers(string[] flagged)
    {
        bool marks = Collects && (schema.Properties.Count > 0 || schema.PatternProperties.Count > 0) && schema.AdditionalProperties is null;
        using (writer.Open("foreach (global::System.Text.Json.JsonProperty property in instance.EnumerateObject())"))
        {
            writer.Line($"string name = {Runtime}JsonStrings.Name(property);");
            bool isEvaluatedAsked = schema.AdditionalProperties is not null || marks;
            if (isEvaluatedAsked)
            {
                writer.Line("bool isEvaluated = false;");
            }

            if (schema.PropertyNames is int propertyNames)
            {
                FailIf($"!{method(propertyNames, false)}({Runtime}JsonStrings.NameElement(property), depth)");
            }

            string[] cases = [.. flagged.Concat(schema.Properties.Select(property => property.Name)).Distinct(StringComparer.Ordinal)];
            if (cases.Length > 0)
            {
                using (writer.Open("switch (name)"))
                {
                    foreach (string name in cases)
                    {
                        writer.Line($"case {CSharp.Literal(name)}:");
                        writer.Indented(() => EmitCase(name, Array.IndexOf(flagged, name), isEvaluatedAsked));
                    }
                }
            }

            foreach (NamedSubschema pattern in schema.PatternProperties)
            {
                using (writer.Open($"if ({fields.Pattern(pattern.Name)}.IsMatch(name))"))
                {
                    FailIf($"!{OfValue(pattern.Subschema)}");
                    if (isEvaluatedAsked)
                    {
                        writer.Line("isEvaluated = true;");
                    }
                }
            }

            if (schema.AdditionalProperties is int additional)
            {
                FailIf($"!isEvaluated && !{OfValue(additional)}");
            }

            if (marks)
            {
                using (writer.Open("if (isEvaluated)"))
                {
                    writer.Line($"{Evaluation}.AddProperty(name);");
                }
            }
        }

        if (Collects && schema.AdditionalProperties is not null)
        {
            writer.Line($"{Evaluation}.AddAllProperties();");
        }
    }

    private void EmitCase(string name, int flag, bool isEvaluatedAsked)
    {
        if (flag >= 0)
        {
            writer.Line($"has{Text(flag)} = true;");
        }

        foreach (NamedSubschema property in schema.Properties.Where(property => property.Name == name))
        {
            FailIf($"!{OfValue(property.Subschema)}");
            if (isEvaluatedAsked)
            {
                writer.Line("isEvaluated = true;");
            }
        }

        writer.Line("break;");
    }

    private string OfValue(int subschema) => $"{method(subschema, false)}(property.Value, depth)";

    private void EmitArray()
    {
        bool reads = schema.PrefixItems.Count > 0 || schema.Items is not null || schema.Contains is not null;
        if (!reads && schema is { MinItems: null, MaxItems: null, UniqueItems: false })
        {
            return;
        }

        using (writer.Open($"if (instance.ValueKind == {Kind}Array)"))
        {
            if (schema.MinItems is int minimum)
            {
                FailIf($"instance.GetArrayLength() < {Text(minimum)}");
            }

            if (schema.MaxItems is int maximum)
            {
                FailIf($"instance.GetArrayLength() > {Text(maximum)}");
            }

            if (schema.UniqueItems)
            {
                FailIf($"!{Runtime}JsonEquality.AreUnique(instance)");
            }

            if (reads)
            {
                EmitItems();
            }
        }
    }

    private void EmitItems()
    {
        if (schema.Contains is not null)
        {
            writer.Line("int contained = 0;");
        }

        writer.Line("int index = 0;");
        using (writer.Open($"foreach (global::System.Text.Json.JsonElement item in instance.EnumerateArray())"))
        {
            for (int i = 0; i < schema.PrefixItems.Count; i++)
            {
                FailIf($"index == {Text(i)} && !{method(schema.PrefixItems[i], false)}(item, depth)");
            }

            if (schema.Items is int items)
            {
                FailIf((schema.PrefixItems.Count == 0 ? "" : $"index >= {Text(schema.PrefixItems.Count)} && ") + $"!{method(items, false)}(item, depth)");
            }

            if (schema.Contains is ContainsModel contains)
            {
                using (writer.Open($"if ({method(contains.Subschema, false)}(item, depth))"))
                {
                    writer.Line("contained++;");
                    if (Collects)
                    {
                        writer.Line($"{Evaluation}.AddItem(index);");
                    }
                }
            }

            writer.Line("index++;");
        }

        if (schema.Contains is { Minimum: > 0 } atLeast)
        {
            FailIf($"contained < {Text(atLeast.Minimum)}");
        }

        if (schema.Contains is { Maximum: int atMost })
        {
            FailIf($"contained > {Text(atMost)}");
        }

        if (Collects && schema.Items is not null)
        {
            writer.Line($"{Evaluation}.AddAllItems();");
        }
        else if (Collects && schema.PrefixItems.Count > 0)
        {
            writer.Line($"{Evaluation}.AddLeadingItems({Text(schema.PrefixItems.Count)});");
        }
    }

    /// <summary>A call whose failure fails this method too, so that it may write straight into what is collected.</summary>
    private string InPlace(int subschema) => Collects ? Call(subschema, Evaluation) : $"{method(subschema, false)}(instance, depth)";

    private string Call(int subschema, string evaluation) => $"{method(subschema, true)}(instance, depth, {evaluation})";

    private void EmitInPlace()
    {
        foreach (int subschema in schema.AllOf)
        {
            FailIf("!" + InPlace(subschema));
        }

        if (schema.AnyOf.Count > 0)
        {
            EmitAnyOf();
        }

        if (schema.OneOf.Count > 0)
        {
            EmitOneOf();
        }

        if (schema.Not is int not)
        {
            FailIf($"{method(not, false)}(instance, depth)");
        }

        if (schema.If is int condition && (schema.Then is not null || schema.Else is not null || Collects))
        {
            EmitIf(condition);
        }
    }

    private void EmitAnyOf()
    {
        if (!Collects)
        {
            FailIf($"!({string.Join(" || ", schema.AnyOf.Select(InPlace))})");
            return;
        }

        writer.Line("bool isAny = false;");
        for (int i = 0; i < schema.AnyOf.Count; i++)
        {
            EmitBranch(schema.AnyOf[i], "any" + Text(i), "isAny = true;");
        }

        FailIf("!isAny");
    }

    private void EmitOneOf()
    {
        writer.Line("int matching = 0;");
        for (int i = 0; i < schema.OneOf.Count; i++)
        {
            EmitBranch(schema.OneOf[i], "one" + Text(i), "matching++;");
        }

        FailIf("matching != 1");
    }

    private void EmitIf(int condition)
    {
        writer.Line("bool isIf = false;");
        EmitBranch(condition, "condition", "isIf = true;");
        if (schema.Then is int then)
        {
            FailIf("isIf && !" + InPlace(then));
        }

        if (schema.Else is int otherwise)
        {
            FailIf("!isIf && !" + InPlace(otherwise));
        }
    }

    /// <summary>A call that may fail without failing this method, and leaves no marks if it does.</summary>
    private void EmitBranch(int subschema, string local, string success)
    {
        if (Collects)
        {
            writer.Line($"var {local} = new {Runtime}JsonEvaluation();");
        }

        using (writer.Open($"if ({(Collects ? Call(subschema, local) : $"{method(subschema, false)}(instance, depth)")})"))
        {
            writer.Line(success);
            if (Collects)
            {
                writer.Line($"{Evaluation}.Add({local});");
            }
        }
    }

    private void EmitUnevaluated()
    {
        if (schema.UnevaluatedProperties is int properties)
        {
            using (writer.Open($"if (instance.ValueKind == {Kind}Object)"))
            {
                using (writer.Open("foreach (global::System.Text.Json.JsonProperty property in instance.EnumerateObject())"))
                {
                    FailIf($"!{Evaluation}.HasProperty({Runtime}JsonStrings.Name(property)) && !{OfValue(properties)}");
                }

                writer.Line($"{Evaluation}.AddAllProperties();");
            }
        }

        if (schema.UnevaluatedItems is int items)
        {
            using (writer.Open($"if (instance.ValueKind == {Kind}Array)"))
            {
                writer.Line("int position = 0;");
                using (writer.Open("foreach (global::System.Text.Json.JsonElement item in instance.EnumerateArray())"))
                {
                    FailIf($"!{Evaluation}.HasItem(position) && !{method(items, false)}(item, depth)");
                    writer.Line("position++;");
                }

                writer.Line($"{Evaluation}.AddAllItems();");
            }
        }
    }

    private void FailIf(string condition)
    {
        using (writer.Open($"if ({condition})"))
        {
            writer.Line("return false;");
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
