using System.Text;
using ChatGen.Generator.Model;
using ChatGen.Rest;

namespace ChatGen.Generator.Reading.Rest;

/// <summary>The placeholders of a request as parameters of a method: each once, in the order of their places.</summary>
internal sealed class ParameterReader(RestContext context, IReadOnlyList<RequestUse> uses)
{
    private readonly Dictionary<string, RestParameterModel> _bySource = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(["body", "client", "settings", "cancellationToken"], StringComparer.Ordinal);

    public List<RestParameterModel> Parameters { get; } = [];

    /// <summary>Adds the placeholders of a template.</summary>
    public void Add(TemplateSyntax? template, RestParameterPlace place, string wireName)
    {
        foreach (TemplatePart part in template?.Parts ?? [])
        {
            if (part.Placeholder is { } placeholder)
            {
                Add(placeholder, place, wireName);
            }
        }
    }

    /// <summary>Adds a placeholder.</summary>
    public void Add(TemplatePlaceholder placeholder, RestParameterPlace place, string wireName)
    {
        (TypeModel type, PropertyModel? property) = TypeOf(placeholder);
        Add(placeholder.Source, property?.Name ?? (placeholder.Path.Count > 0 ? placeholder.Path[placeholder.Path.Count - 1] : placeholder.Source.Substring(placeholder.Source.IndexOf('.') + 1)), place, wireName, type, property?.Description);
    }

    /// <summary>Adds a file, whatever is known of its type.</summary>
    public void AddFile(TemplatePlaceholder placeholder, string wireName) =>
        Add(placeholder.Source, TypeOf(placeholder).Property?.Name ?? placeholder.Path[placeholder.Path.Count - 1], RestParameterPlace.File, wireName, new BuiltInType(BuiltInKind.ChatFile), null);

    /// <summary>A path with the parameters' names in its placeholders.</summary>
    public string Route(TemplateSyntax path)
    {
        var route = new StringBuilder();
        foreach (TemplatePart part in path.Parts)
        {
            route.Append(part.Placeholder is { } placeholder ? $"{{{_bySource[placeholder.Source].Name.TrimStart('@')}}}" : part.Text);
        }

        return route.ToString();
    }

    private void Add(string source, string name, RestParameterPlace place, string wireName, TypeModel type, string? description)
    {
        if (_bySource.ContainsKey(source))
        {
            return;
        }

        string parameter = Names.ToParameter(name);
        while (!_names.Add(parameter.TrimStart('@')))
        {
            parameter += "_";
        }

        if (type is BuiltInType { Kind: BuiltInKind.ChatFile })
        {
            place = RestParameterPlace.File;
        }

        bool isRequired = place is RestParameterPlace.Path or RestParameterPlace.Url or RestParameterPlace.File;
        var model = new RestParameterModel(source, parameter, place, wireName, type, isRequired, description);
        _bySource.Add(source, model);
        Parameters.Add(model);
    }

    private (TypeModel Type, PropertyModel? Property) TypeOf(TemplatePlaceholder placeholder)
    {
        switch (placeholder.Kind)
        {
            case TemplateSourceKind.NextIndex:
            case TemplateSourceKind.State when context.CounterNames.Contains(placeholder.Path[0]):
                return (new BuiltInType(BuiltInKind.Int64), null);
            case TemplateSourceKind.Options:
                OptionsPath[] paths = [.. uses.Select(use => OptionsPath.Of(context, use, placeholder.Path)).Distinct()];
                return paths is [{ Type: { } type } only] ? (Parameter(type), only.Property) : (new BuiltInType(BuiltInKind.String), null);
            default:
                return (new BuiltInType(BuiltInKind.String), null);
        }
    }

    /// <summary>The type of a parameter for a value of the options: what has no text is JSON.</summary>
    private static TypeModel Parameter(TypeModel type) => (type is NullableType nullable ? nullable.Item : type) switch
    {
        BuiltInType { Kind: BuiltInKind.JsonObject or BuiltInKind.JsonNode or BuiltInKind.ChatEvent } or RecordType or ListType or DictionaryType => new BuiltInType(BuiltInKind.JsonNode),
        BuiltInType { Kind: BuiltInKind.ErrorCode } => new BuiltInType(BuiltInKind.String),
        var scalar => scalar,
    };
}
