namespace ChatGen.Generator.Reading;

/// <summary>How a keyword is dealt with.</summary>
internal enum KeywordClass
{
    /// <summary>It takes effect.</summary>
    Implemented,

    /// <summary>It has no effect by its own definition.</summary>
    Annotation,

    /// <summary>It would have to take effect and does not: an error.</summary>
    Refused,

    /// <summary>It belongs to another draft: an error, since ignoring it would accept what its author meant to reject.</summary>
    OtherDraft,
}
