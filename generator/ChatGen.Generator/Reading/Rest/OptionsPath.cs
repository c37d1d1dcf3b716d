using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;

namespace ChatGen.Generator.Reading.Rest;

/// <summary>Where <c>options.a.b</c> leads in the options that a request is sent with.</summary>
/// <param name="Property">The member of a record that it is, if it is one.</param>
/// <param name="Type">Its type; <see langword="null"/> if it is not known.</param>
/// <param name="Problem">Why it leads nowhere; <see langword="null"/> if it leads somewhere, or where it leads is not known.</param>
internal readonly record struct OptionsPath(PropertyModel? Property, TypeModel? Type, string? Problem)
{
    public static OptionsPath Of(RestContext context, RequestUse use, IReadOnlyList<string> path)
    {
        if (use.Given is { } given)
        {
            return OfGiven(given, path);
        }

        if (use.Operation is null)
        {
            return Nowhere("there is no operation here whose options these could be; give the step 'options'");
        }

        return use.Operation.Options is { } options ? OfRecord(context, use.Operation, options, path) : Nowhere($"'{use.Operation.Name}' has no options");
    }

    private static OptionsPath OfGiven(JsonObjectNode given, IReadOnlyList<string> path)
    {
        JsonNode at = given;
        foreach (string name in path)
        {
            if (at is not JsonObjectNode value)
            {
                return default;
            }

            if (value[name] is not { } member)
            {
                return Nowhere($"the step gives the request no '{name}'; {Suggestion.For(name, value.Members.Select(other => other.Name))}");
            }

            at = member;
        }

        return default;
    }

    private static OptionsPath OfRecord(RestContext context, OperationModel operation, string options, IReadOnlyList<string> path)
    {
        TypeModel at = new RecordType(options);
        PropertyModel? property = null;
        string owner = $"the options of '{operation.Name}' have";
        foreach (string name in path)
        {
            switch (at is NullableType nullable ? nullable.Item : at)
            {
                case RecordType { Name: var record } when context.Record(record) is { } model:
                    property = model.Properties.FirstOrDefault(other => other.JsonName == name);
                    if (property is null)
                    {
                        return Nowhere($"{owner} no '{name}'; {Suggestion.For(name, model.Properties.Where(HasWireForm).Select(other => other.JsonName))}");
                    }

                    if (!HasWireForm(property))
                    {
                        return Nowhere($"'{name}' of the options of '{operation.Name}' is the client's own and is not sent");
                    }

                    if (property.IsFile && path.Count > 1)
                    {
                        return path[0] == name ? OfFile(name, path) : Nowhere($"the file '{name}' lies within another object; only files that are members of the options themselves can be sent");
                    }

                    at = property.Type;
                    owner = $"'{name}' of the options of '{operation.Name}' has";
                    break;
                case DictionaryType dictionary:
                    property = null;
                    at = dictionary.Value;
                    break;
                case RecordType or ListType or BuiltInType { Kind: BuiltInKind.JsonNode or BuiltInKind.JsonObject or BuiltInKind.ChatEvent }:
                    return default;
                default:
                    return Nowhere($"{owner} no members, so no '{name}'");
            }
        }

        return new OptionsPath(property, at, null);
    }

    /// <summary>What is known of a file.</summary>
    private static OptionsPath OfFile(string name, IReadOnlyList<string> path) => path switch
    {
        [_, "name" or "type"] => new OptionsPath(null, new BuiltInType(BuiltInKind.String), null),
        [_, "size"] => new OptionsPath(null, new BuiltInType(BuiltInKind.Int64), null),
        _ => Nowhere($"the file '{name}' has no '{string.Join(".", path.Skip(1))}'; {Suggestion.For(path[1], ["name", "type", "size"])}"),
    };

    private static bool HasWireForm(PropertyModel property) => property.IsSent || property.IsFile;

    private static OptionsPath Nowhere(string problem) => new(null, null, problem);
}
