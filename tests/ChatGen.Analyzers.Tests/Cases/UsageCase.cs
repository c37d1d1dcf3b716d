namespace ChatGen.Analyzers.Tests.Cases;

/// <summary>Code and what is said of it.</summary>
/// <param name="Code">An expression, or members of a class if it ends with <c>;</c> or a brace of a member.</param>
/// <param name="IsMembers">Whether the code is members.</param>
/// <param name="Expected">Each diagnostic: id, what is marked, message; nothing for code of which nothing is said.</param>
internal sealed record UsageCase(string Code, bool IsMembers, params string[] Expected)
{
    /// <summary>An expression of which something is said.</summary>
    public static UsageCase Wrong(string expression, params string[] expected) => new(expression, false, expected);

    /// <summary>A member of otherwise valid options of which something is said.</summary>
    public static UsageCase WrongMember(string assignment, params string[] expected) => new($"new OrderOptions {{ Name = \"a\", {assignment} }}", false, expected);

    /// <summary>A member of otherwise valid options of which nothing is said.</summary>
    public static UsageCase SilentMember(string assignment) => new($"new OrderOptions {{ Name = \"a\", {assignment} }}", false);

    /// <summary>An expression of which nothing is said.</summary>
    public static UsageCase Silent(string expression) => new(expression, false);

    /// <summary>Members of a class of which something is said.</summary>
    public static UsageCase WrongMembers(string members, params string[] expected) => new(members, true, expected);

    /// <summary>Members of a class of which nothing is said.</summary>
    public static UsageCase SilentMembers(string members) => new(members, true);

    /// <summary>A file.</summary>
    public string File(string name) => IsMembers ? $"class {name} {{ {Code} }}" : $"class {name} {{ object? Run() => {Code}; }}";
}
