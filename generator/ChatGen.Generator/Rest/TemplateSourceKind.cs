namespace ChatGen.Rest;

/// <summary>Where the value of a placeholder comes from.</summary>
internal enum TemplateSourceKind
{
    /// <summary>The session's state: <c>{name}</c>.</summary>
    State,

    /// <summary>The options of the operation: <c>{options}</c>, <c>{options.a.b}</c>.</summary>
    Options,

    /// <summary>A JSON Pointer into the answer or entry: <c>{/a/0/b}</c>; <c>{/}</c> is the whole.</summary>
    Pointer,

    /// <summary>A header of the answer: <c>{header.Name}</c>.</summary>
    Header,

    /// <summary>The HTTP status of the answer: <c>{status}</c>.</summary>
    Status,

    /// <summary>The events of the answer: <c>{events}</c>.</summary>
    Events,

    /// <summary>The index after the last event that was seen: <c>{nextIndex}</c>.</summary>
    NextIndex,

    /// <summary>A fresh UUID: <c>{new.uuid}</c>.</summary>
    NewUuid,
}
