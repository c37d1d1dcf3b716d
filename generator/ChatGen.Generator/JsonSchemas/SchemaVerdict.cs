namespace ChatGen.Generator.JsonSchemas;

/// <summary>Whether an instance is valid against a subschema.</summary>
internal enum SchemaVerdict
{
    Valid,
    Invalid,

    /// <summary>It would take too long or too deep, or cannot be known at compile time.</summary>
    Undecided,
}
