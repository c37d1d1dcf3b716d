namespace ChatGen;

/// <summary>How the backend tells of events. Schema: <c>x-chat.transports.rest.events</c>.</summary>
internal sealed class RestEventsMapping
{
    /// <summary>How they arrive; <see langword="null"/> if only answers bring some.</summary>
    public required RestEventSource? Source { get; init; }

    /// <summary>Where the entries are; <see langword="null"/> if what arrives over a socket is one itself.</summary>
    public required TextTemplate? Entries { get; init; }

    /// <summary>What tells doubles apart where there is no index.</summary>
    public required TextTemplate? Id { get; init; }

    /// <summary>What entries mean, the first rule that fits; <see langword="null"/> if they are events of the schema already.</summary>
    public required RestEventRule[]? Rules { get; init; }

    /// <summary>What whole answers mean besides their entries.</summary>
    public required RestEventRule[] AnswerRules { get; init; }

    /// <summary>What brings a session back after its connection, or what admits to it, was lost.</summary>
    public required RestStep[] Resume { get; init; }

    /// <summary>What brings what was missed while a socket was lost.</summary>
    public required RestStep[] CatchUp { get; init; }
}
