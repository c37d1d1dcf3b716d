namespace ChatGen;

/// <summary>Where a placeholder takes its value from.</summary>
internal enum TemplateSourceKind
{
    /// <summary>A value of the session's state.</summary>
    State,

    /// <summary>The options of the operation, or a member of them.</summary>
    Options,

    /// <summary>A place in the answer or entry, by JSON Pointer.</summary>
    Pointer,

    /// <summary>A header of the answer.</summary>
    Header,

    /// <summary>The answer's HTTP status.</summary>
    Status,

    /// <summary>The events that the answer brings.</summary>
    Events,

    /// <summary>The index after the last event of the history that was seen.</summary>
    NextIndex,

    /// <summary>A fresh UUID, the same within one request.</summary>
    Uuid,
}
