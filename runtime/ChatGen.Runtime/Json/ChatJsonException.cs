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
    internal string Words => MemberPath.Length == 0 ? $"The value {_problem}" : $"'{Missing ?? MemberPath[(MemberPath.LastIndexOf('.') + 1)..]}' {_problem}";

    /// <summary>The member that is not there; <see langword="null"/> if something else is wrong.</summary>
    internal string? Missing { get; init; }

    /// <summary>Path of the value that is wrong: of the object, where a member is missing.</summary>
    internal string ValuePath => Display(Missing is { } member ? MemberPath[..^(member.Length + 1)] : MemberPath);

    internal ChatJsonException Within(string segment) => new(segment + MemberPath, Keyword, _problem) { Missing = Missing };

    private static string Display(string path) => "$" + path;
}
