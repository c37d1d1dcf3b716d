using System.Globalization;
using System.Numerics;
using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>The values of the keywords of one schema. A value of the wrong kind is reported and read as if the keyword were absent.</summary>
internal sealed class KeywordValues(JsonObjectNode schema, Refusals refusals)
{
    private const string Schema = "a schema: an object or a Boolean";

    public JsonObjectNode Node => schema;

    public JsonNode? Find(string keyword) => schema[keyword];

    public string? String(string keyword)
    {
        switch (schema[keyword])
        {
            case null:
                return null;
            case JsonStringNode value:
                return value.Value;
            case JsonNode other:
                Complain(other, keyword, "a string");
                return null;
        }
    }

    public bool Boolean(string keyword)
    {
        switch (schema[keyword])
        {
            case null:
                return false;
            case JsonBooleanNode value:
                return value.Value;
            case JsonNode other:
                Complain(other, keyword, "true or false");
                return false;
        }
    }

    public string? Number(string keyword)
    {
        switch (schema[keyword])
        {
            case null:
                return null;
            case JsonNumberNode value:
                return value.Text;
            case JsonNode other:
                Complain(other, keyword, "a number");
                return null;
        }
    }

    public string? PositiveNumber(string keyword)
    {
        string? text = Number(keyword);
        if (text is not null && (text[0] == '-' || !HasDigitAboveZero(text)))
        {
            Complain(schema[keyword]!, keyword, "greater than 0");
            return null;
        }

        return text;
    }

    /// <summary>A count, which may be written as <c>2.0</c>; what no instance can reach becomes <see cref="int.MaxValue"/>.</summary>
    public int? Count(string keyword)
    {
        if (schema[keyword] is not JsonNode node)
        {
            return null;
        }

        if (node is JsonNumberNode number && TryReadCount(number.Text, out int count))
        {
            return count;
        }

        Complain(node, keyword, "an integer from 0");
        return null;
    }

    public string? Value(string keyword) => schema[keyword] is JsonNode node ? JsonText.Write(node) : null;

    public EquatableArray<string>? Values(string keyword)
    {
        switch (schema[keyword])
        {
            case null:
                return null;
            case JsonArrayNode array:
                return array.Items.Select(JsonText.Write).ToEquatableArray();
            case JsonNode other:
                Complain(other, keyword, "an array");
                return null;
        }
    }

    public EquatableArray<string> Strings(string keyword) => schema[keyword] is JsonNode node ? Strings(keyword, node) : default;

    public EquatableArray<string> Strings(string keyword, JsonNode node)
    {
        if (node is JsonArrayNode array && array.Items.All(item => item is JsonStringNode))
        {
            return array.Items.Cast<JsonStringNode>().Select(item => item.Value).Distinct(StringComparer.Ordinal).ToEquatableArray();
        }

        Complain(node, keyword, "an array of strings");
        return default;
    }

    public JsonTypes? Types(string keyword)
    {
        switch (schema[keyword])
        {
            case null:
                return null;
            case JsonStringNode name:
                return TypeOf(name);
            case JsonArrayNode { Items.Count: > 0 } array when array.Items.All(item => item is JsonStringNode):
                return array.Items.Cast<JsonStringNode>().Aggregate(JsonTypes.None, (types, name) => types | TypeOf(name));
            case JsonNode other:
                Complain(other, keyword, "the name of a type or an array of such names");
                return null;
        }
    }

    public JsonNode? Subschema(string keyword)
    {
        JsonNode? node = schema[keyword];
        return node is null || Check(keyword, node) ? node : null;
    }

    public IReadOnlyList<JsonNode> Subschemas(string keyword)
    {
        switch (schema[keyword])
        {
            case null:
                return [];
            case JsonArrayNode { Items.Count: > 0 } array:
                return [.. array.Items.Where(item => Check(keyword, item))];
            case JsonNode other:
                Complain(other, keyword, "an array of schemas that is not empty");
                return [];
        }
    }

    /// <summary>The members of an object whose values are schemas, or what <paramref name="isOther"/> allows.</summary>
    public IReadOnlyList<JsonMember> Map(string keyword, Func<JsonNode, bool>? isOther = null)
    {
        switch (schema[keyword])
        {
            case null:
                return [];
            case JsonObjectNode map:
                return [.. map.Members.Where(member => (isOther is not null && isOther(member.Value)) || Check(keyword, member.Value))];
            case JsonNode other:
                Complain(other, keyword, "an object");
                return [];
        }
    }

    private bool Check(string keyword, JsonNode node)
    {
        if (node is JsonObjectNode or JsonBooleanNode)
        {
            return true;
        }

        Complain(node, keyword, Schema);
        return false;
    }

    private JsonTypes TypeOf(JsonStringNode name)
    {
        switch (name.Value)
        {
            case "null":
                return JsonTypes.Null;
            case "boolean":
                return JsonTypes.Boolean;
            case "integer":
                return JsonTypes.Integer;
            case "number":
                return JsonTypes.Number;
            case "string":
                return JsonTypes.String;
            case "array":
                return JsonTypes.Array;
            case "object":
                return JsonTypes.Object;
            default:
                refusals.Add(Descriptors.UnknownType, name, name.Value, Suggestion.For(name.Value, ["null", "boolean", "integer", "number", "string", "array", "object"]));
                return JsonTypes.None;
        }
    }

    private void Complain(JsonNode node, string keyword, string expected) => refusals.Add(Descriptors.WrongValue, node, keyword, expected);

    private static bool HasDigitAboveZero(string number)
    {
        int end = number.IndexOfAny(['e', 'E']);
        return (end < 0 ? number : number.Substring(0, end)).Any(character => character is >= '1' and <= '9');
    }

    private static bool TryReadCount(string text, out int count)
    {
        count = 0;
        if (!HasDigitAboveZero(text))
        {
            return true;
        }

        if (text[0] == '-')
        {
            return false;
        }

        int end = text.IndexOfAny(['e', 'E']);
        string mantissa = end < 0 ? text : text.Substring(0, end);
        BigInteger exponent = end < 0 ? BigInteger.Zero : BigInteger.Parse(text.Substring(end + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        int point = mantissa.IndexOf('.');
        string digits = mantissa.Replace(".", "");
        exponent -= point < 0 ? 0 : mantissa.Length - point - 1;
        string shortened = digits.TrimEnd('0');
        exponent += digits.Length - shortened.Length;
        shortened = shortened.TrimStart('0');
        if (exponent.Sign < 0)
        {
            return false;
        }

        count = exponent + shortened.Length > 9
            ? int.MaxValue
            : int.Parse(shortened + new string('0', (int)exponent), NumberStyles.None, CultureInfo.InvariantCulture);
        return true;
    }
}
