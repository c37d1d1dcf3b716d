using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatGen.Differential.Generation;

/// <summary>Keywords of numbers, of strings and of any value, which hold no subschemas.</summary>
internal sealed class ScalarKeywords(Random random, SchemaFeatures features)
{
    public void AddNumber(JsonObject schema)
    {
        if (random.Chance(40))
        {
            schema[random.Chance(60) ? "minimum" : "exclusiveMinimum"] = LowBound();
        }

        if (random.Chance(40))
        {
            schema[random.Chance(60) ? "maximum" : "exclusiveMaximum"] = random.Number();
        }

        if (random.Chance(35))
        {
            schema["multipleOf"] = RandomDraws.Raw(random.Pick(NumberPool.Divisors));
        }
    }

    public void AddString(JsonObject schema)
    {
        if (random.Chance(30))
        {
            schema["minLength"] = random.Count(0, 3);
        }

        if (random.Chance(30))
        {
            schema["maxLength"] = random.Count(1, 6);
        }

        if (random.Chance(35))
        {
            schema["pattern"] = random.Pick(PatternPool.All).Pattern;
        }
        else if (random.Chance(30))
        {
            schema["format"] = random.Pick(FormatPool.Of(features.Dialect)).Format;
        }
    }

    public void AddValues(JsonObject schema)
    {
        if (random.Chance(40))
        {
            schema["const"] = random.Value();
            return;
        }

        // ajv refuses an empty enum and equal values; the specification only advises against them.
        var values = new JsonArray();
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            JsonNode? value = random.Value();
            if (!values.Any(other => JsonNode.DeepEquals(other, value)))
            {
                values.Add(value);
            }
        }

        schema["enum"] = values;
    }

    /// <summary>Below zero more often than not, so that not every number is too small.</summary>
    private JsonNode LowBound()
    {
        JsonNode bound = random.Number();
        return random.Chance(50) || double.Parse(bound.ToJsonString(), CultureInfo.InvariantCulture) <= 1 ? bound : RandomDraws.Raw("-1.0");
    }
}
