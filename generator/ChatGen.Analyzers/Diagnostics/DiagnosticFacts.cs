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
}
