namespace ChatGen.Generator.Reading;

/// <summary>What is made of a definition.</summary>
internal enum DefinitionKind
{
    /// <summary>A record.</summary>
    Record,

    /// <summary>A hierarchy of records.</summary>
    Union,

    /// <summary>An enumeration.</summary>
    Enumeration,

    /// <summary>The class of error codes.</summary>
    Codes,

    /// <summary>No type of its own: it stands for another wherever it is referred to.</summary>
    Other,
}
