namespace ChatGen.Generator.JsonSchemas;

/// <summary>The message of an <c>anyOf</c> whose branches only require members.</summary>
internal static class AlternativeWords
{
    /// <param name="type">The record.</param>
    /// <param name="alternatives">The C# names of the members that go together.</param>
    public static string Of(string type, IReadOnlyList<IReadOnlyList<string>> alternatives)
    {
        string[] all = [.. alternatives.Select(alternative => string.Join(" and ", alternative.Select(name => $"'{name}'")))];
        return all.Length == 1
            ? $"'{type}' needs {all[0]}"
            : $"'{type}' needs {all[0]} unless {string.Join(" or ", all.Skip(1))} {(all.Length == 2 && alternatives[1].Count == 1 ? "is" : "are")} given";
    }
}
