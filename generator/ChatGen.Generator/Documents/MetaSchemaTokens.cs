using System.Globalization;
using Newtonsoft.Json.Linq;

namespace ChatGen.Generator.Documents;

/// <summary>
/// A document as the tokens that NJsonSchema validates, each of which knows its <see cref="MetaSchemaPlace"/>. Members that are <c>null</c>, by which a merge patch
/// removes what is there, are left out: to NJsonSchema, <c>null</c> is one more type, and it reads an array once for each type that it may be of, so that
/// nested arrays would take time that doubles with each level.
/// </summary>
internal sealed class MetaSchemaTokens
{
    private readonly int _maxTokens;
    private readonly CancellationToken _cancellationToken;
    private int _count;

    private MetaSchemaTokens(int maxTokens, CancellationToken cancellationToken)
    {
        _maxTokens = maxTokens;
        _cancellationToken = cancellationToken;
    }

    /// <summary>The tokens; <see langword="null"/> if they were more than <paramref name="maxTokens"/>.</summary>
    public static JToken? Of(JsonObjectNode root, int maxTokens, CancellationToken cancellationToken) =>
        new MetaSchemaTokens(maxTokens, cancellationToken).Create(root, new MetaSchemaPlace("The schema", root.Span, root.Span));

    private JToken? Create(JsonNode node, MetaSchemaPlace place)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (++_count > _maxTokens)
        {
            return null;
        }

        JToken? token = node switch
        {
            JsonObjectNode value => CreateObject(value),
            JsonArrayNode value => CreateArray(value, place.Name),
            JsonStringNode value => new JValue(value.Value),
            JsonNumberNode value => CreateNumber(value.Text),
            JsonBooleanNode value => new JValue(value.Value),
            _ => JValue.CreateNull(),
        };
        token?.AddAnnotation(place);
        return token;
    }

    private JObject? CreateObject(JsonObjectNode node)
    {
        var result = new JObject();
        foreach (JsonMember member in node.Members.Where(member => member.Value is not JsonNullNode))
        {
            if (Create(member.Value, MetaSchemaPlace.OfValue(member)) is not { } value)
            {
                return null;
            }

            var property = new JProperty(member.Name, value);
            property.AddAnnotation(MetaSchemaPlace.OfName(member));
            result.Add(property);
        }

        return result;
    }

    private JArray? CreateArray(JsonArrayNode node, string name)
    {
        var result = new JArray();
        foreach (JsonNode item in node.Items)
        {
            if (Create(item, new MetaSchemaPlace(name, item.Span, item.Span)) is not { } value)
            {
                return null;
            }

            result.Add(value);
        }

        return result;
    }

    /// <summary>A number. What no bound of the meta-schema can tell from another is replaced by that one, since NJsonSchema counts in <see cref="decimal"/>.</summary>
    private static JValue CreateNumber(string text)
    {
        bool isNegative = text[0] == '-';
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number))
        {
            return new JValue(isNegative ? long.MinValue : long.MaxValue);
        }

        if (number == 0 && !IsZero(text))
        {
            return new JValue(isNegative ? -0.1m : 0.1m);
        }

        // 2.0 is an integer.
        return decimal.Truncate(number) != number ? new JValue(number)
            : new JValue(number < long.MinValue ? long.MinValue : number > long.MaxValue ? long.MaxValue : (long)number);
    }

    private static bool IsZero(string text) => !text.TakeWhile(character => character is not ('e' or 'E')).Any(character => character is >= '1' and <= '9');
}
