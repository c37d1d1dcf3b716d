namespace ChatGen.Generator.JsonSchemas;

/// <summary>Keywords that apply subschemas to the instance itself, and those that see what these have evaluated.</summary>
internal sealed partial class SubschemaEmitter
{
    /// <summary>
    /// A call whose failure fails this method too, so that it may write straight into what is collected. Where failures are collected it writes even if it fails:
    /// members that it knows and finds wrong are not reported as unevaluated as well.
    /// </summary>
    private string InPlace(int subschema) => Call(subschema, "failures", Evaluation);

    private string Call(int subschema, string failures, string evaluation) =>
        Collects ? $"{method(subschema, true)}(instance, depth, {failures}, {evaluation})" : $"{method(subschema, false)}(instance, depth, {failures})";

    private void EmitInPlace()
    {
        foreach (NamedSubschema reference in _schema.References)
        {
            Apply(reference.Subschema, reference.Name, () => InPlace(reference.Subschema));
        }

        foreach (int subschema in _schema.AllOf)
        {
            Apply(subschema, "allOf", () => InPlace(subschema));
        }

        if (_schema.AnyOf.Count > 0)
        {
            Branches("anyOf", _schema.AnyOf, EmitAnyOf);
        }

        if (_schema.OneOf.Count > 0)
        {
            Branches("oneOf", _schema.OneOf, EmitOneOf);
        }

        if (_schema.Not is int not)
        {
            Branches("not", [not], () => StopIf($"{method(not, false)}(instance, depth, null) && {Report("not", KeywordMessages.Not)}"));
        }

        if (_schema.If is int condition && (Demands(_schema.Then) || Demands(_schema.Else) || Collects))
        {
            Branches("if", [condition], () => EmitIf(condition));
        }
    }

    private void EmitAnyOf()
    {
        string report = Report("anyOf", KeywordMessages.AnyOf(_schema.AnyOf.Count));
        if (!Collects)
        {
            StopIf($"!({string.Join(" || ", _schema.AnyOf.Select(subschema => Call(subschema, "null", "")))}) && {report}");
            return;
        }

        writer.Line("bool isAny = false;");
        for (int i = 0; i < _schema.AnyOf.Count; i++)
        {
            EmitBranch(_schema.AnyOf[i], "any" + Text(i), "isAny = true;");
        }

        StopIf($"!isAny && {report}");
    }

    private void EmitOneOf()
    {
        writer.Line("int matching = 0;");
        for (int i = 0; i < _schema.OneOf.Count; i++)
        {
            EmitBranch(_schema.OneOf[i], "one" + Text(i), "matching++;");
        }

        StopIf($"matching != 1 && {Report("oneOf", KeywordMessages.OneOf(_schema.OneOf.Count), "matching")}");
    }

    private void EmitIf(int condition)
    {
        if (!Demands(_schema.Then) && !Demands(_schema.Else))
        {
            EmitBranch(condition, "condition", null);
            return;
        }

        writer.Line("bool isIf = false;");
        EmitBranch(condition, "condition", "isIf = true;");
        if (_schema.Then is int then)
        {
            Apply(then, "then", () => InPlace(then), "isIf");
        }

        if (_schema.Else is int otherwise)
        {
            Apply(otherwise, "else", () => InPlace(otherwise), "!isIf");
        }
    }

    /// <summary>A call that may fail without failing this method, and leaves no marks if it does.</summary>
    private void EmitBranch(int subschema, string local, string? success)
    {
        if (Collects)
        {
            writer.Line($"var {local} = new {Runtime}JsonEvaluation();");
        }

        using (writer.Open($"if ({Call(subschema, "null", local)})"))
        {
            if (success is not null)
            {
                writer.Line(success);
            }

            if (Collects)
            {
                writer.Line($"{Evaluation}.Add({local});");
            }
        }
    }

    private void EmitUnevaluated()
    {
        if (_schema.UnevaluatedProperties is int properties)
        {
            using (writer.Open($"if (instance.ValueKind == {Kind}Object)"))
            {
                if (Demands(properties))
                {
                    EmitUnevaluatedProperties(properties);
                }

                writer.Line($"{Evaluation}.AddAllProperties();");
            }
        }

        if (_schema.UnevaluatedItems is int items)
        {
            using (writer.Open($"if (instance.ValueKind == {Kind}Array)"))
            {
                if (Demands(items))
                {
                    EmitUnevaluatedItems(items);
                }

                writer.Line($"{Evaluation}.AddAllItems();");
            }
        }
    }

    private void EmitUnevaluatedProperties(int subschema)
    {
        using (writer.Open("foreach (global::System.Text.Json.JsonProperty property in instance.EnumerateObject())"))
        {
            writer.Line($"string name = {Runtime}JsonStrings.Name(property);");
            writer.Line("failures?.Enter(name);");
            Apply(subschema, "unevaluatedProperties", () => OfValue(subschema), $"!{Evaluation}.HasProperty(name)");
            writer.Line("failures?.Leave();");
        }
    }

    private void EmitUnevaluatedItems(int subschema)
    {
        writer.Line("int position = 0;");
        using (writer.Open("foreach (global::System.Text.Json.JsonElement item in instance.EnumerateArray())"))
        {
            writer.Line("failures?.Enter(position);");
            Apply(subschema, "unevaluatedItems", () => OfItem(subschema), $"!{Evaluation}.HasItem(position)");
            writer.Line("failures?.Leave();");
            writer.Line("position++;");
        }
    }
}
