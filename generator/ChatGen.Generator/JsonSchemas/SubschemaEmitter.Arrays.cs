using ChatGen.Generator.Emit;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>Keywords for arrays: one pass over the items.</summary>
internal sealed partial class SubschemaEmitter
{
    private void EmitArray()
    {
        bool reads = _schema.PrefixItems.Any(item => Demands(item)) || Demands(_schema.Items) || _schema.Contains is not null;
        bool marks = Collects && (_schema.PrefixItems.Count > 0 || _schema.Items is not null);
        if (!reads && !marks && _schema is { MinItems: null, MaxItems: null, UniqueItems: false })
        {
            return;
        }

        using (writer.Open($"if (instance.ValueKind == {Kind}Array)"))
        {
            EmitCounts("instance.GetArrayLength()", ("minItems", _schema.MinItems, KeywordMessages.MinItems), ("maxItems", _schema.MaxItems, KeywordMessages.MaxItems));
            if (_schema.UniqueItems)
            {
                StopIf($"!{Runtime}JsonEquality.AreUnique(instance) && {Failures}AddEqualItems(failures, {CSharp.Literal(KeywordMessages.UniqueItems)}, instance)");
            }

            if (reads)
            {
                EmitItems();
            }

            if (Collects && _schema.Items is not null)
            {
                writer.Line($"{Evaluation}.AddAllItems();");
            }
            else if (Collects && _schema.PrefixItems.Count > 0)
            {
                writer.Line($"{Evaluation}.AddLeadingItems({Text(_schema.PrefixItems.Count)});");
            }
        }
    }

    private void EmitItems()
    {
        if (_schema.Contains is not null)
        {
            writer.Line("int contained = 0;");
        }

        writer.Line("int index = 0;");
        using (writer.Open($"foreach (global::System.Text.Json.JsonElement item in instance.EnumerateArray())"))
        {
            writer.Line("failures?.Enter(index);");
            for (int i = 0; i < _schema.PrefixItems.Count; i++)
            {
                int prefix = _schema.PrefixItems[i];
                Apply(prefix, KeywordMessages.PrefixItemsKeyword(_schema), () => OfItem(prefix), $"index == {Text(i)}");
            }

            if (_schema.Items is int items)
            {
                Apply(items, _schema.ItemsKeyword, () => OfItem(items), _schema.PrefixItems.Count == 0 ? null : $"index >= {Text(_schema.PrefixItems.Count)}");
            }

            if (_schema.Contains is ContainsModel contains)
            {
                Branches("contains", [contains.Subschema], () => EmitContained(contains.Subschema));
            }

            writer.Line("failures?.Leave();");
            writer.Line("index++;");
        }

        if (_schema.Contains is { Minimum: > 0 } atLeast)
        {
            StopIf($"contained < {Text(atLeast.Minimum)} && {Report(KeywordMessages.MinContainsKeyword(atLeast), KeywordMessages.MinContains(atLeast.Minimum), "contained")}");
        }

        if (_schema.Contains is { Maximum: int atMost })
        {
            StopIf($"contained > {Text(atMost)} && {Report("maxContains", KeywordMessages.MaxContains(atMost), "contained")}");
        }
    }

    private void EmitContained(int subschema)
    {
        using (writer.Open($"if ({method(subschema, false)}(item, depth, null))"))
        {
            writer.Line("contained++;");
            if (Collects)
            {
                writer.Line($"{Evaluation}.AddItem(index);");
            }
        }
    }

    private string OfItem(int subschema) => $"{method(subschema, false)}(item, depth, failures)";
}
