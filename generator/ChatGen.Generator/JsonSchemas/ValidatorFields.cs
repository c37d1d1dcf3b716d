using System.Globalization;
using ChatGen.Generator.Emit;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>What a validator prepares once: numbers, values and patterns, each under one name however often it occurs.</summary>
internal sealed class ValidatorFields
{
    private const string Runtime = "global::ChatGen.JsonSchemas.";

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly List<string> _declarations = [];

    public string Number(string json) => Add("Number", Runtime + "JsonNumber", $"{Runtime}JsonNumber.Parse({CSharp.Literal(json)})");

    public string Value(string json) => Add("Value", "global::System.Text.Json.JsonElement", $"{Runtime}JsonValidation.Value({CSharp.Literal(json)})");

    /// <param name="text">The pattern as the schema writes it, if that is known.</param>
    /// <param name="translation">The pattern as .NET writes it.</param>
    public string Pattern(string? text, string translation) =>
        Add("Pattern", Runtime + "JsonPattern", $"new({(text is null ? "null" : CSharp.Literal(text))}, {CSharp.Literal(translation)})");

    public string Members(IEnumerable<string> names) => Add("Members", Runtime + "JsonNames", $"new({string.Join(", ", names.Select(CSharp.Literal))})");

    public void Write(SourceWriter writer)
    {
        foreach (string declaration in _declarations)
        {
            writer.Line();
            writer.Line(declaration);
        }
    }

    private string Add(string kind, string type, string value)
    {
        if (!_names.TryGetValue(value, out string? name))
        {
            name = "s_" + char.ToLowerInvariant(kind[0]) + kind.Substring(1) + _names.Count.ToString(CultureInfo.InvariantCulture);
            _names.Add(value, name);
            _declarations.Add($"private static readonly {type} {name} = {value};");
        }

        return name;
    }
}
