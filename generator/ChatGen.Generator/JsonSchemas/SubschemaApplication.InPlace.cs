using ChatGen.Generator.Documents;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>Keywords that apply subschemas to the instance itself, and those that see what these have evaluated.</summary>
internal sealed partial class SubschemaApplication
{
    private void EvaluateInPlace()
    {
        foreach (NamedSubschema reference in schema.References)
        {
            Apply(reference.Subschema, reference.Name, instance, instance);
        }

        foreach (int subschema in schema.AllOf)
        {
            if (Stops)
            {
                return;
            }

            Apply(subschema, "allOf", instance, instance);
        }

        EvaluateAnyOf();
        EvaluateOneOf();
        if (schema.Not is int not && !Stops)
        {
            SchemaVerdict verdict = Try(not, instance);
            Demand(verdict == SchemaVerdict.Undecided ? null : verdict == SchemaVerdict.Invalid, "not", KeywordMessages.Not);
        }

        EvaluateIf();
    }

    private void EvaluateAnyOf()
    {
        if (schema.AnyOf.Count == 0 || Stops)
        {
            return;
        }

        bool? isAny = false;
        foreach (int subschema in schema.AnyOf)
        {
            SchemaVerdict verdict = TryBranch(subschema);
            isAny = verdict == SchemaVerdict.Valid || isAny == true ? true : verdict == SchemaVerdict.Undecided ? null : isAny;
            if (isAny == true && _parts is null)
            {
                return;
            }
        }

        Demand(isAny, "anyOf", KeywordMessages.AnyOf(schema.AnyOf.Count));
    }

    private void EvaluateOneOf()
    {
        if (schema.OneOf.Count == 0 || Stops)
        {
            return;
        }

        SchemaVerdict[] verdicts = [.. schema.OneOf.Select(TryBranch)];
        int matching = verdicts.Count(verdict => verdict == SchemaVerdict.Valid);
        Demand(verdicts.Contains(SchemaVerdict.Undecided) ? null : matching == 1, "oneOf", Words(KeywordMessages.OneOf(schema.OneOf.Count), matching));
    }

    private void EvaluateIf()
    {
        if (schema.If is not int condition || (schema.Then is null && schema.Else is null && _parts is null) || Stops)
        {
            return;
        }

        switch (TryBranch(condition))
        {
            case SchemaVerdict.Valid when schema.Then is int then:
                Apply(then, "then", instance, instance);
                break;
            case SchemaVerdict.Invalid when schema.Else is int otherwise:
                Apply(otherwise, "else", instance, instance);
                break;
            case SchemaVerdict.Undecided:
                IsDecided = schema.Then is null && schema.Else is null && IsDecided;
                BeUncertain();
                break;
        }
    }

    /// <summary>What a branch has evaluated counts if the branch holds.</summary>
    private SchemaVerdict TryBranch(int subschema)
    {
        EvaluatedParts? parts = _parts is null ? null : new EvaluatedParts();
        SchemaVerdict verdict = Try(subschema, instance, parts);
        if (verdict == SchemaVerdict.Valid && parts is not null)
        {
            _parts!.Add(parts);
        }
        else if (verdict == SchemaVerdict.Undecided)
        {
            BeUncertain();
        }

        return verdict;
    }

    private void EvaluateUnevaluated()
    {
        if (schema.UnevaluatedProperties is int properties && instance is JsonObjectNode value)
        {
            foreach (JsonMember member in value.Members.Where(member => !_parts!.HasProperty(member.Name)))
            {
                evaluator.Step();
                sink?.Enter(member.Name);
                ApplyUnevaluated(properties, "unevaluatedProperties", member.Value, member.NameNode);
                sink?.Leave();
            }

            _parts!.AddAllProperties();
        }

        if (schema.UnevaluatedItems is int items && instance is JsonArrayNode array)
        {
            for (int i = 0; i < array.Items.Count; i++)
            {
                evaluator.Step();
                if (!_parts!.HasItem(i))
                {
                    sink?.Enter(i);
                    ApplyUnevaluated(items, "unevaluatedItems", array.Items[i], array.Items[i]);
                    sink?.Leave();
                }
            }

            _parts!.AddAllItems();
        }
    }

    /// <summary>A part that may have been evaluated cannot be wrong for certain.</summary>
    private void ApplyUnevaluated(int subschema, string keyword, JsonNode value, JsonNode place)
    {
        if (!_parts!.IsUncertain)
        {
            Apply(subschema, keyword, value, place);
        }
        else if (Try(subschema, value) != SchemaVerdict.Valid)
        {
            IsDecided = false;
        }
    }
}
