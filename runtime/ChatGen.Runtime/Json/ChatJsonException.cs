using System.Text.Json;

namespace ChatGen;

/// <summary>JSON breaks the schema that it is read by.</summary>
public sealed class ChatJsonException : JsonException
{
    private readonly string _problem;

    internal ChatJsonException(string path, string problem)
        : base($"{Display(path)}: {problem}", Display(path), null, null)
    {
        MemberPath = path;
        _problem = problem;
    }

    /// <summary>Path from the innermost object that is being read: <c>.party.name</c>.</summary>
    internal string MemberPath { get; }

    internal ChatJsonException Within(string segment) => new(segment + MemberPath, _problem);

    private static string Display(string path) => "$" + path;
}
