namespace ChatGen.Generator.JsonSchemas;

/// <summary>Keywords for objects: one pass over the members.</summary>
internal sealed partial class SubschemaEmitter
{
    private bool MarksProperties => Collects && (_schema.Properties.Count > 0 || _schema.PatternProperties.Count > 0) && _schema.AdditionalProperties is null;

    private bool MarksAllProperties => Collects && _schema.AdditionalProperties is not null;

    /// <summary>Whether it must be known of each member if <c>properties</c> or <c>patternProperties</c> apply to it.</summary>
    private bool NeedsIsEvaluated => Demands(_schema.AdditionalProperties) || MarksProperties;

    private void EmitObject()
    {
        string[] flagged =
        [
            .. _schema.Required
                .Concat(_schema.DependentRequired.Where(dependent => dependent.Required.Count > 0).SelectMany(dependent => dependent.Required.Concat([dependent.Name])))
                .Concat(_schema.DependentSchemas.Where(dependent => Demands(dependent.Subschema)).Select(dependent => dependent.Name))
                .Distinct(StringComparer.Ordinal),
        ];
        var flags = flagged.Select((name, i) => (Name: name, Flag: "has" + Text(i))).ToDictionary(each => each.Name, each => each.Flag, StringComparer.Ordinal);
        bool readsValues = NeedsIsEvaluated || Demands(_schema.PropertyNames)
            || _schema.Properties.Concat(_schema.PatternProperties).Any(property => Demands(property.Subschema));
        if (!readsValues && flagged.Length == 0 && !MarksAllProperties && _schema is { MinProperties: null, MaxProperties: null })
        {
            return;
        }

        using (writer.Open($"if (instance.ValueKind == {Kind}Object)"))
        {
            EmitCounts(
                "instance.GetPropertyCount()",
                ("minProperties", _schema.MinProperties, KeywordMessages.MinProperties),
                ("maxProperties", _schema.MaxProperties, KeywordMessages.MaxProperties));
            foreach (string name in flagged)
            {
                writer.Line($"bool {flags[name]} = {(readsValues ? "false" : $"{fields.Members([name])}.IsAnyIn(instance)")};");
            }

            if (readsValues)
            {
                EmitMembers(flags, flagged);
            }

            if (MarksAllProperties)
            {
                writer.Line($"{Evaluation}.AddAllProperties();");
            }

            EmitPresence(flags);
        }
    }

    private void EmitPresence(Dictionary<string, string> flags)
    {
        foreach (string name in _schema.Required)
        {
            StopIf($"!{flags[name]} && {ReportMissing(name)}");
        }

        foreach (DependentNames dependent in _schema.DependentRequired)
        {
            foreach (string needed in dependent.Required)
            {
                StopIf($"{flags[dependent.Name]} && !{flags[needed]} && {ReportMissing(dependent.Keyword, dependent.Name, needed)}");
            }
        }

        foreach (NamedSubschema dependent in _schema.DependentSchemas.Where(dependent => Demands(dependent.Subschema)))
        {
            Apply(dependent.Subschema, KeywordMessages.DependentSchemasKeyword(_schema), () => InPlace(dependent.Subschema), flags[dependent.Name]);
        }
    }

    private void EmitMembers(Dictionary<string, string> flags, string[] flagged)
    {
        ILookup<string, NamedSubschema> properties = _schema.Properties.ToLookup(property => property.Name, StringComparer.Ordinal);
        using (writer.Open("foreach (global::System.Text.Json.JsonProperty property in instance.EnumerateObject())"))
        {
            writer.Line("failures?.Enter(property);");
            if (MarksProperties || _schema.PatternProperties.Any(pattern => NeedsIsEvaluated || Demands(pattern.Subschema)))
            {
                writer.Line($"string name = {Runtime}JsonStrings.Name(property);");
            }

            if (NeedsIsEvaluated)
            {
                writer.Line("bool isEvaluated = false;");
            }

            if (_schema.PropertyNames is int names && Demands(names))
            {
                Branches("propertyNames", [names], () => StopIf(
                    $"!{method(names, false)}({Runtime}JsonStrings.NameElement(property), depth, null) && {Report("propertyNames", KeywordMessages.PropertyNames)}"));
            }

            string[] cases =
            [
                .. flagged.Concat(_schema.Properties.Where(property => NeedsIsEvaluated || Demands(property.Subschema)).Select(property => property.Name))
                    .Distinct(StringComparer.Ordinal),
            ];
            if (cases.Length > 0)
            {
                using (writer.Open($"switch ({fields.Members(cases)}.Find(property))"))
                {
                    for (int i = 0; i < cases.Length; i++)
                    {
                        string name = cases[i];
                        writer.Line($"case {Text(i)}:");
                        writer.Indented(() => EmitCase(flags.TryGetValue(name, out string? flag) ? flag : null, properties[name]));
                    }
                }
            }

            foreach (NamedSubschema pattern in _schema.PatternProperties.Where(pattern => NeedsIsEvaluated || Demands(pattern.Subschema)))
            {
                using (writer.Open($"if ({Failures}NameMatches(failures, {fields.Pattern(null, pattern.Name)}, name))"))
                {
                    Apply(pattern.Subschema, "patternProperties", () => OfValue(pattern.Subschema));
                    EmitIsEvaluated();
                }
            }

            if (_schema.AdditionalProperties is int additional)
            {
                Apply(additional, "additionalProperties", () => OfValue(additional), "!isEvaluated");
            }

            if (MarksProperties)
            {
                using (writer.Open("if (isEvaluated)"))
                {
                    writer.Line($"{Evaluation}.AddProperty(name);");
                }
            }

            writer.Line("failures?.Leave();");
        }
    }

    private void EmitCase(string? flag, IEnumerable<NamedSubschema> properties)
    {
        if (flag is not null)
        {
            writer.Line($"{flag} = true;");
        }

        foreach (NamedSubschema property in properties)
        {
            Apply(property.Subschema, "properties", () => OfValue(property.Subschema));
            EmitIsEvaluated();
        }

        writer.Line("break;");
    }

    private void EmitIsEvaluated()
    {
        if (NeedsIsEvaluated)
        {
            writer.Line("isEvaluated = true;");
        }
    }

    private string OfValue(int subschema) => $"{method(subschema, false)}(property.Value, depth, failures)";
}
