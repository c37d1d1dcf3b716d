using System.Globalization;
using System.Text;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>Subschemas as JSON texts, in which the generator hands them to the usage analyzer: keywords as in JSON Schema, a subschema as the index of another text.</summary>
internal static class SubschemaText
{
    private static readonly (string Keyword, Func<SubschemaModel, string?> Get, Func<SubschemaModel, string, SubschemaModel> Set)[] s_texts =
    [
        ("const", model => model.Const, (model, value) => model with { Const = value }),
        ("minimum", model => model.Minimum, (model, value) => model with { Minimum = value }),
        ("maximum", model => model.Maximum, (model, value) => model with { Maximum = value }),
        ("exclusiveMinimum", model => model.ExclusiveMinimum, (model, value) => model with { ExclusiveMinimum = value }),
        ("exclusiveMaximum", model => model.ExclusiveMaximum, (model, value) => model with { ExclusiveMaximum = value }),
        ("multipleOf", model => model.MultipleOf, (model, value) => model with { MultipleOf = value }),
        ("pattern", model => model.PatternText, (model, value) => model with { PatternText = value }),
        (".NET pattern", model => model.Pattern, (model, value) => model with { Pattern = value }),
        ("format", model => model.Format, (model, value) => model with { Format = value }),
        ("items keyword", model => model.ItemsKeyword == "items" ? null : model.ItemsKeyword, (model, value) => model with { ItemsKeyword = value }),
    ];

    private static readonly (string Keyword, Func<SubschemaModel, int?> Get, Func<SubschemaModel, int, SubschemaModel> Set)[] s_numbers =
    [
        ("minLength", model => model.MinLength, (model, value) => model with { MinLength = value }),
        ("maxLength", model => model.MaxLength, (model, value) => model with { MaxLength = value }),
        ("minItems", model => model.MinItems, (model, value) => model with { MinItems = value }),
        ("maxItems", model => model.MaxItems, (model, value) => model with { MaxItems = value }),
        ("minProperties", model => model.MinProperties, (model, value) => model with { MinProperties = value }),
        ("maxProperties", model => model.MaxProperties, (model, value) => model with { MaxProperties = value }),
        ("items", model => model.Items, (model, value) => model with { Items = value }),
        ("unevaluatedItems", model => model.UnevaluatedItems, (model, value) => model with { UnevaluatedItems = value }),
        ("additionalProperties", model => model.AdditionalProperties, (model, value) => model with { AdditionalProperties = value }),
        ("propertyNames", model => model.PropertyNames, (model, value) => model with { PropertyNames = value }),
        ("unevaluatedProperties", model => model.UnevaluatedProperties, (model, value) => model with { UnevaluatedProperties = value }),
        ("not", model => model.Not, (model, value) => model with { Not = value }),
        ("if", model => model.If, (model, value) => model with { If = value }),
        ("then", model => model.Then, (model, value) => model with { Then = value }),
        ("else", model => model.Else, (model, value) => model with { Else = value }),
        ("contains", model => model.Contains?.Subschema, (model, value) => model with { Contains = new ContainsModel(value, 1, null) }),
        ("minContains", model => model.Contains?.Minimum, (model, value) => model with { Contains = model.Contains! with { Minimum = value } }),
        ("maxContains", model => model.Contains?.Maximum, (model, value) => model with { Contains = model.Contains! with { Maximum = value } }),
    ];

    private static readonly (string Keyword, Func<SubschemaModel, EquatableArray<int>> Get, Func<SubschemaModel, EquatableArray<int>, SubschemaModel> Set)[] s_lists =
    [
        ("prefixItems", model => model.PrefixItems, (model, value) => model with { PrefixItems = value }),
        ("allOf", model => model.AllOf, (model, value) => model with { AllOf = value }),
        ("anyOf", model => model.AnyOf, (model, value) => model with { AnyOf = value }),
        ("oneOf", model => model.OneOf, (model, value) => model with { OneOf = value }),
    ];

    private static readonly (string Keyword, Func<SubschemaModel, EquatableArray<NamedSubschema>> Get, Func<SubschemaModel, EquatableArray<NamedSubschema>, SubschemaModel> Set)[] s_named =
    [
        ("properties", model => model.Properties, (model, value) => model with { Properties = value }),
        ("patternProperties", model => model.PatternProperties, (model, value) => model with { PatternProperties = value }),
        ("dependentSchemas", model => model.DependentSchemas, (model, value) => model with { DependentSchemas = value }),
        ("references", model => model.References, (model, value) => model with { References = value }),
    ];

    /// <summary>A subschema's text.</summary>
    public static string Write(SubschemaModel model)
    {
        if (model.Verdict is bool verdict)
        {
            return verdict ? "true" : "false";
        }

        var text = new StringBuilder();
        if (model.Dialect != default)
        {
            Member("dialect", Number((int)model.Dialect));
        }

        if (model.Types is JsonTypes types)
        {
            Member("type", Number((int)types));
        }

        if (model.Enum is EquatableArray<string> values)
        {
            Member("enum", Array(values.Select(JsonText.Quote)));
        }

        if (model.UniqueItems)
        {
            Member("uniqueItems", "true");
        }

        if (model.Required.Count > 0)
        {
            Member("required", Array(model.Required.Select(JsonText.Quote)));
        }

        if (model.DependentRequired.Count > 0)
        {
            Member("dependentRequired", Array(model.DependentRequired.Select(each => Array(new[] { each.Keyword, each.Name }.Concat(each.Required).Select(JsonText.Quote)))));
        }

        foreach ((string keyword, Func<SubschemaModel, string?> get, _) in s_texts)
        {
            if (get(model) is string value)
            {
                Member(keyword, JsonText.Quote(value));
            }
        }

        foreach ((string keyword, Func<SubschemaModel, int?> get, _) in s_numbers)
        {
            if (get(model) is int value)
            {
                Member(keyword, Number(value));
            }
        }

        foreach ((string keyword, Func<SubschemaModel, EquatableArray<int>> get, _) in s_lists)
        {
            if (get(model) is { Count: > 0 } list)
            {
                Member(keyword, Array(list.Select(Number)));
            }
        }

        foreach ((string keyword, Func<SubschemaModel, EquatableArray<NamedSubschema>> get, _) in s_named)
        {
            if (get(model) is { Count: > 0 } list)
            {
                Member(keyword, Array(list.Select(each => $"[{JsonText.Quote(each.Name)},{Number(each.Subschema)}]")));
            }
        }

        return text.Length == 0 ? "{}" : text.Append('}').ToString();

        void Member(string keyword, string value) => text.Append(text.Length == 0 ? '{' : ',').Append(JsonText.Quote(keyword)).Append(':').Append(value);
    }

    /// <summary>The subschema of a text that <see cref="Write"/> has made.</summary>
    /// <exception cref="InvalidOperationException">The text is none.</exception>
    public static SubschemaModel Read(string text)
    {
        JsonNode root = JsonParser.Parse(text);
        var model = new SubschemaModel();
        if (root is JsonBooleanNode verdict)
        {
            return model with { Verdict = verdict.Value };
        }

        foreach (JsonMember member in Is<JsonObjectNode>(root).Members)
        {
            model = Read(model, member.Name, member.Value);
        }

        return model;
    }

    private static SubschemaModel Read(SubschemaModel model, string keyword, JsonNode value)
    {
        switch (keyword)
        {
            case "dialect":
                return model with { Dialect = (JsonSchemaDialect)Int(value) };
            case "type":
                return model with { Types = (JsonTypes)Int(value) };
            case "enum":
                return model with { Enum = Texts(value) };
            case "uniqueItems":
                return model with { UniqueItems = true };
            case "required":
                return model with { Required = Texts(value) };
            case "dependentRequired":
                return model with
                {
                    DependentRequired = Items(value).Select(Texts).Select(each => new DependentNames(each[0], each[1], each.Skip(2).ToEquatableArray())).ToEquatableArray(),
                };
            default:
                break;
        }

        if (System.Array.Find(s_texts, each => each.Keyword == keyword) is { Set: { } setText })
        {
            return setText(model, Is<JsonStringNode>(value).Value);
        }

        if (System.Array.Find(s_numbers, each => each.Keyword == keyword) is { Set: { } setNumber })
        {
            return setNumber(model, Int(value));
        }

        if (System.Array.Find(s_lists, each => each.Keyword == keyword) is { Set: { } setList })
        {
            return setList(model, Items(value).Select(Int).ToEquatableArray());
        }

        return System.Array.Find(s_named, each => each.Keyword == keyword) is { Set: { } setNamed }
            ? setNamed(model, Items(value).Select(Items).Select(pair => new NamedSubschema(Is<JsonStringNode>(pair[0]).Value, Int(pair[1]))).ToEquatableArray())
            : throw new InvalidOperationException($"No keyword '{keyword}'.");
    }

    private static EquatableArray<string> Texts(JsonNode value) => Items(value).Select(item => Is<JsonStringNode>(item).Value).ToEquatableArray();

    private static IReadOnlyList<JsonNode> Items(JsonNode value) => Is<JsonArrayNode>(value).Items;

    private static int Int(JsonNode value) => int.Parse(Is<JsonNumberNode>(value).Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static T Is<T>(JsonNode value)
        where T : JsonNode => value as T ?? throw new InvalidOperationException($"No {typeof(T).Name}.");

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Array(IEnumerable<string> items) => "[" + string.Join(",", items) + "]";
}
