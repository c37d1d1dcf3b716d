namespace ChatGen.Testing;

/// <summary>What a <see cref="ChatBackend"/> did to a request on purpose.</summary>
public enum ChatBackendFault
{
    /// <summary>Nothing: it was processed and answered.</summary>
    None,

    /// <summary>It was not processed, and its connection was dropped.</summary>
    Dropped,

    /// <summary>It was not processed, but answered with an HTTP status that says so.</summary>
    Refused,

    /// <summary>It was answered with something that is no answer.</summary>
    Malformed,

    /// <summary>It was processed, but instead of answering the connection was dropped.</summary>
    ReplyLost,
}
