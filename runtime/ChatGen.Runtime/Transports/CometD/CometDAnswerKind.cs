namespace ChatGen;

/// <summary>What an object on the chat channel is.</summary>
internal enum CometDAnswerKind
{
    /// <summary>An event, or something that only the event's reader can complain about.</summary>
    Event,

    /// <summary>The answer to a request.</summary>
    Answer,

    /// <summary>A request, which a broadcast channel brings back to who sent it.</summary>
    Request,
}
