using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;

namespace ChatGen.Generator.Reading;

/// <summary>The keywords of an object that ask only which members it has: <c>oneOf</c>, <c>not</c>, <c>if</c> with <c>then</c>, and what a member depends on.</summary>
internal static class PresenceReader
{
    // More become conditions that nobody reads.
    private const int MostGroups = 16;

    /// <summary>The rules of a keyword, by the names of members in JSON; <see langword="null"/> if it asks more.</summary>
    public static IReadOnlyList<PresenceRule>? Read(JsonObjectNode schema, JsonMember keyword) => keyword switch
    {
        { Name: "oneOf", Value: JsonArrayNode { Items: var branches } } when branches.Count <= MostGroups && branches.All(branch => Required(branch) is not null) =>
            [new(PresenceKind.ExactlyOne, "oneOf", branches.Select(branch => Required(branch)!.Value).ToEquatableArray())],
        { Name: "not" } when Required(keyword.Value) is { } names => [new(PresenceKind.NotAll, "not", Groups(names))],
        { Name: "if" } when schema["else"] is null && Required(keyword.Value) is { } condition && Required(schema["then"]) is { } needed =>
            [.. needed.Select(name => new PresenceRule(PresenceKind.Implies, "required", Groups(condition, Group(name))))],
        { Name: "then" } when schema["if"] is not null => [],
        { Name: "dependentRequired" or "dependencies", Value: JsonObjectNode { Members: var dependents } } when dependents.All(dependent => Names(dependent.Value) is not null) =>
            [.. dependents.SelectMany(dependent => Names(dependent.Value)!.Value.Select(name =>
                new PresenceRule(PresenceKind.Implies, keyword.Name, Groups(Group(dependent.Name), Group(name)))))],
        _ => null,
    };

    private static EquatableArray<string>? Required(JsonNode? schema) =>
        schema is JsonObjectNode { Members: [{ Name: "required", Value: var names }] } && Names(names) is { Count: > 0 and <= MostGroups } required ? required : null;

    private static EquatableArray<string>? Names(JsonNode node) =>
        node is JsonArrayNode array && array.Items.All(item => item is JsonStringNode) ? array.Items.Select(item => ((JsonStringNode)item).Value).ToEquatableArray() : null;

    private static EquatableArray<EquatableArray<string>> Groups(params EquatableArray<string>[] groups) => groups.ToEquatableArray();

    private static EquatableArray<string> Group(string name) => new[] { name }.ToEquatableArray();
}
