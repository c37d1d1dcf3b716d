namespace ChatGen.Analyzers.Diagnostics;

/// <summary>Names of the properties by which diagnostics tell code fixes what they need to know.</summary>
internal static class DiagnosticFacts
{
    /// <summary>The keyword of JSON Schema that is broken.</summary>
    public const string Keyword = nameof(Keyword);

    /// <summary>The record, with its namespace.</summary>
    public const string Record = nameof(Record);

    /// <summary>The definition in the schema that the record is made of; absent for an inner schema.</summary>
    public const string Definition = nameof(Definition);

    /// <summary>The C# name of the member.</summary>
    public const string Member = nameof(Member);

    /// <summary>The name of the member in JSON.</summary>
    public const string Property = nameof(Property);

    /// <summary>The C# names of members to add: those that go together separated by commas, alternatives by semicolons.</summary>
    public const string Missing = nameof(Missing);

    /// <summary>The value of the broken keyword, as JSON.</summary>
    public const string Rule = nameof(Rule);

    /// <summary>The value that breaks it, as JSON.</summary>
    public const string Value = nameof(Value);

    /// <summary>Where that value stands in the JSON of the record: a JSON pointer.</summary>
    public const string Path = nameof(Path);

    /// <summary>What numbers of a time span count, if the member is one: <c>milliseconds</c>, or else seconds.</summary>
    public const string Unit = nameof(Unit);
}
