using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Model;

namespace ChatGen.Generator.Reading.Rest;

/// <summary>Where pointers lead within an answer whose definition is known.</summary>
internal static class AnswerPointers
{
    /// <summary>Warns of a pointer that leads to a member that no definition names. A backend may send more than is defined, so it is no error.</summary>
    public static void Check(RestContext context, TemplateUse use, TypeModel answer) => Walk(context, answer, use.Placeholder.Path, (problem) =>
        context.Report(Descriptors.PointerLeadsNowhere, use.Node, use.Placeholder.Start, use.Placeholder.Length, $"'{use.Placeholder.Source}' {problem}"));

    /// <summary>The type of what a pointer leads to; <see langword="null"/> if it is not known.</summary>
    public static TypeModel? Follow(RestContext context, TypeModel? type, IReadOnlyList<string> path) => type is null ? null : Walk(context, type, path, null);

    private static TypeModel? Walk(RestContext context, TypeModel type, IReadOnlyList<string> path, Action<string>? report)
    {
        TypeModel? at = type;
        foreach (string token in path)
        {
            switch (at)
            {
                case NullableType nullable:
                    at = Step(context, nullable.Item, token, report);
                    break;
                default:
                    at = Step(context, at, token, report);
                    break;
            }

            if (at is null)
            {
                return null;
            }
        }

        return at;
    }

    private static TypeModel? Step(RestContext context, TypeModel type, string token, Action<string>? report)
    {
        switch (type)
        {
            case RecordType { Name: var name } when context.Record(name) is { Properties.Count: > 0 } record:
                if (record.Properties.FirstOrDefault(property => property.JsonName == token) is { } found)
                {
                    return found.Type;
                }

                report?.Invoke($"leads to nothing: '{record.Definition ?? record.Name}' has no '{token}'; {Suggestion.For(token, record.Properties.Select(property => property.JsonName))}");
                return null;
            case ListType list:
                if (token.Length > 0 && token.All(character => character is >= '0' and <= '9'))
                {
                    return list.Item;
                }

                report?.Invoke($"leads to nothing: '{token}' is no index of an array");
                return null;
            case DictionaryType dictionary:
                return dictionary.Value;
            case RecordType or BuiltInType { Kind: BuiltInKind.JsonNode or BuiltInKind.JsonObject or BuiltInKind.ChatEvent }:
                return null;
            default:
                report?.Invoke($"leads to nothing: a value without members has no '{token}'");
                return null;
        }
    }
}
