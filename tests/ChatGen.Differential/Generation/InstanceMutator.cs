using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatGen.Differential.Generation;

/// <summary>Changes one place of an instance, or how it is written.</summary>
internal sealed class InstanceMutator(Random random)
{
    /// <summary>The largest number that is added to: beyond it, sums would not be what <see cref="NumberPool"/> promises.</summary>
    private const double MaxSummand = 1_000;

    private static readonly string[] s_summands = ["1", "-1", "0.5", "-0.5", "0.1", "-0.001", "0.001"];

    public JsonNode? Mutate(JsonNode? instance)
    {
        // A holder, so that the root can be replaced like anything else.
        var holder = new JsonArray(instance?.DeepClone());
        JsonNode parent = holder;
        while (true)
        {
            JsonNode?[] children = parent is JsonArray array ? [.. array] : [.. ((JsonObject)parent).Select(member => member.Value)];
            int index = random.Next(children.Length);
            if (children[index] is JsonArray { Count: > 0 } or JsonObject { Count: > 0 } && random.Chance(65))
            {
                parent = children[index]!;
                continue;
            }

            JsonNode? changed = Change(children[index]?.DeepClone());
            if (parent is JsonArray items)
            {
                items[index] = changed;
            }
            else
            {
                ((JsonObject)parent)[((JsonObject)parent).ElementAt(index).Key] = changed;
            }

            JsonNode? result = holder[0];
            holder.Clear();
            return result;
        }
    }

    private JsonNode? Change(JsonNode? value) => random.Chance(15) ? random.Value() : value switch
    {
        JsonArray array => Change(array),
        JsonObject members => Change(members),
        JsonValue scalar when scalar.GetValueKind() == JsonValueKind.Number => ChangeNumber(scalar.ToJsonString()),
        JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String => ChangeString(scalar.GetValue<string>()),
        JsonValue scalar => JsonValue.Create(scalar.GetValueKind() != JsonValueKind.True),
        null => random.Value(0),
        _ => throw new InvalidOperationException($"{value.GetType()} is no value."),
    };

    private JsonArray Change(JsonArray array)
    {
        switch (random.Next(4))
        {
            case 0 when array.Count > 0:
                array.RemoveAt(random.Next(array.Count));
                break;
            case 1 when array.Count > 0:
                array.Add(random.Pick([.. array])?.DeepClone());
                break;
            case 2 when array.Count > 1:
                JsonNode? last = array[^1];
                array.RemoveAt(array.Count - 1);
                array.Insert(0, last);
                break;
            default:
                array.Add(random.Value());
                break;
        }

        return array;
    }

    private JsonObject Change(JsonObject members)
    {
        switch (random.Next(4))
        {
            case 0 when members.Count > 0:
                members.Remove(Name());
                break;
            case 1 when members.Count > 0:
                string old = Name();
                JsonNode? value = members[old];
                members.Remove(old);
                members[random.Chance(50) ? old.ToUpperInvariant() : random.Pick(StringPool.Names)] = value;
                break;
            default:
                members[random.Pick(StringPool.Names)] = random.Value();
                break;
        }

        return members;

        string Name() => members.ElementAt(random.Next(members.Count)).Key;
    }

    private JsonNode ChangeNumber(string text)
    {
        if (random.Chance(15))
        {
            return JsonValue.Create(text);
        }

        double value = double.Parse(text, CultureInfo.InvariantCulture);
        if (Math.Abs(value) > MaxSummand || random.Chance(20))
        {
            return random.Number();
        }

        decimal number = decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return random.Chance(25)
            ? RandomDraws.Raw(string.Create(CultureInfo.InvariantCulture, $"{number:0.0##}"))
            : RandomDraws.Raw((number + decimal.Parse(random.Pick(s_summands), CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture));
    }

    private JsonValue ChangeString(string text) => JsonValue.Create(random.Next(6) switch
    {
        0 => text + random.Pick(StringPool.Values),
        1 => random.Pick(StringPool.Values) + text,
        2 when text.Length > 0 && !char.IsSurrogate(text[0]) => text[1..],
        3 when text.Length > 0 && !char.IsSurrogate(text[^1]) => text[..^1],
        4 => text.ToUpperInvariant(),
        _ => random.Pick(StringPool.Values),
    });
}
