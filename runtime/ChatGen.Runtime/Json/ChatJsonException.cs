using System.Text.Json;

namespace ChatGen;

/// <summary>JSON breaks the schema that it is read by.</summary>
public sealed class ChatJsonException : JsonException
{
    private readonly string _problem;

    internal ChatJsonException(string path, string keyword, string problem)
        : base($"{Display(path)}: {problem}", Display(path), null, null)
    {
        MemberPath = path;
        Keyword = keyword;
        _problem = problem;
    }

    /// <summary>The keyword of JSON Schema that is broken: <c>type</c>, <c>required</c>, <c>enum</c>, <c>const</c>, <c>additionalProperties</c> or <c>format</c>.</summary>
    public string Keyword { get; }

    /// <summary>Path from the innermost object that is being read: <c>.party.name</c>.</summary>
    internal string MemberPath { get; }

    /// <summary>What is said of the value, with the value in front.</summary>
    internal string Words => MemberPath.Length == 0 ? $"The value {_problem}" : $"'{MemberPath[(MemberPath.LastIndexOf('.') + 1)..]}' {_problem}";

    internal ChatJsonException Within(string segment) => new(segment + MemberPath, Keyword, _problem);

    private static string Display(string path) => "$" + path;
}
