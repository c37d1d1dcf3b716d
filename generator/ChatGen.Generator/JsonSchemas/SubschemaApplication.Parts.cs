using ChatGen.Generator.Documents;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>Keywords for objects and arrays.</summary>
internal sealed partial class SubschemaApplication
{
    private void EvaluateObject()
    {
        if (instance is not JsonObjectNode value)
        {
            return;
        }

        int certain = value.Members.Count(member => !MayBeAbsent(member.Value));
        EvaluateCount(certain, value.IsOpen || certain < value.Members.Count, ("minProperties", schema.MinProperties, KeywordMessages.MinProperties), ("maxProperties", schema.MaxProperties, KeywordMessages.MaxProperties));
        foreach (JsonMember member in value.Members)
        {
            if (Stops)
            {
                return;
            }

            evaluator.Step();
            sink?.Enter(member.Name);
            EvaluateMember(member);
            sink?.Leave();
        }

        if (schema.AdditionalProperties is not null)
        {
            _parts?.AddAllProperties();
        }

        EvaluatePresence(value);
    }

    private void EvaluateMember(JsonMember member)
    {
        if (schema.PropertyNames is int names)
        {
            switch (Try(names, member.NameNode))
            {
                case SchemaVerdict.Invalid when MayBeAbsent(member.Value):
                    IsDecided = false;
                    break;
                case SchemaVerdict.Invalid:
                    Break("propertyNames", KeywordMessages.PropertyNames, member.NameNode);
                    break;
                case SchemaVerdict.Undecided:
                    IsDecided = false;
                    break;
            }
        }

        bool isEvaluated = false;
        bool isUncertain = false;
        if (evaluator.PropertyOf(number, member.Name) is int property)
        {
            Apply(property, "properties", member.Value, member.NameNode);
            isEvaluated = true;
        }

        foreach (NamedSubschema pattern in schema.PatternProperties)
        {
            evaluator.Step();
            if (evaluator.IsMatch(pattern.Name, member.Name) is not bool isMatch)
            {
                isUncertain = true;
                IsDecided = false;
            }
            else if (isMatch)
            {
                Apply(pattern.Subschema, "patternProperties", member.Value, member.NameNode);
                isEvaluated = true;
            }
        }

        if (schema.AdditionalProperties is int additional && !isEvaluated && !isUncertain)
        {
            Apply(additional, "additionalProperties", member.Value, member.NameNode);
        }

        if (isEvaluated)
        {
            _parts?.AddProperty(member.Name);
        }
        else if (isUncertain)
        {
            BeUncertain();
        }
    }

    private void EvaluatePresence(JsonObjectNode value)
    {
        foreach (string name in schema.Required)
        {
            DemandOfMembers(Has(value, name), "required", names => KeywordMessages.Required(names(name)));
        }

        foreach (DependentNames dependent in schema.DependentRequired)
        {
            bool? isGiven = Has(value, dependent.Name);
            if (isGiven == false)
            {
                continue;
            }

            evaluator.Step(dependent.Required.Count / PerStep);
            foreach (string needed in dependent.Required)
            {
                bool? isThere = Has(value, needed);
                DemandOfMembers(isGiven is null && isThere == false ? null : isThere, dependent.Keyword, names => KeywordMessages.DependentRequired(names(dependent.Name), names(needed)));
            }
        }

        foreach (NamedSubschema dependent in schema.DependentSchemas)
        {
            switch (Has(value, dependent.Name))
            {
                case true:
                    Apply(dependent.Subschema, KeywordMessages.DependentSchemasKeyword(schema), instance, instance);
                    break;
                case null:
                    IsDecided &= Try(dependent.Subschema, instance) == SchemaVerdict.Valid;
                    BeUncertain();
                    break;
            }
        }
    }

    /// <summary>Whether an object has a member; null if it is not known.</summary>
    private static bool? Has(JsonObjectNode value, string name) => value[name] switch
    {
        null => value.IsOpen ? null : false,
        { } member => MayBeAbsent(member) ? null : true,
    };

    private static bool MayBeAbsent(JsonNode value) => value is JsonUnknownNode { MayBeAbsent: true };

    private void EvaluateArray()
    {
        if (instance is not JsonArrayNode array)
        {
            return;
        }

        EvaluateCount(array.Items.Count, array.IsOpen, ("minItems", schema.MinItems, KeywordMessages.MinItems), ("maxItems", schema.MaxItems, KeywordMessages.MaxItems));
        if (schema.UniqueItems)
        {
            bool isKnown = evaluator.TryFindEqualItems(array, out int first, out int second);
            Demand(isKnown ? second < 0 : null, "uniqueItems", Words(Words(KeywordMessages.UniqueItems, first) + " and", second));
        }

        (int contained, int perhaps) = (0, 0);
        for (int i = 0; i < array.Items.Count && !Stops; i++)
        {
            evaluator.Step();
            sink?.Enter(i);
            EvaluateItem(array.Items[i], i, ref contained, ref perhaps);
            sink?.Leave();
        }

        if (schema.Contains is ContainsModel contains)
        {
            bool mayBeMore = perhaps > 0 || array.IsOpen;
            string least = Words(KeywordMessages.MinContains(contains.Minimum), contained);
            Demand(contained >= contains.Minimum ? true : mayBeMore ? null : false, KeywordMessages.MinContainsKeyword(contains), least);
            if (contains.Maximum is int maximum)
            {
                Demand(contained > maximum ? false : contained + perhaps > maximum || array.IsOpen ? null : true, "maxContains", Words(KeywordMessages.MaxContains(maximum), contained));
            }
        }

        if (schema.Items is not null)
        {
            _parts?.AddAllItems();
        }
        else
        {
            _parts?.AddLeadingItems(schema.PrefixItems.Count);
        }
    }

    private void EvaluateItem(JsonNode item, int index, ref int contained, ref int perhaps)
    {
        if (index < schema.PrefixItems.Count)
        {
            Apply(schema.PrefixItems[index], KeywordMessages.PrefixItemsKeyword(schema), item, item);
        }
        else if (schema.Items is int items)
        {
            Apply(items, schema.ItemsKeyword, item, item);
        }

        if (schema.Contains is ContainsModel contains)
        {
            switch (Try(contains.Subschema, item))
            {
                case SchemaVerdict.Valid:
                    contained++;
                    _parts?.AddItem(index);
                    break;
                case SchemaVerdict.Undecided:
                    perhaps++;
                    BeUncertain();
                    break;
            }
        }
    }

    private void BeUncertain()
    {
        if (_parts is not null)
        {
            _parts.IsUncertain = true;
        }
    }
}
