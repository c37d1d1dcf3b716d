using ChatGen.Rest;

namespace ChatGen;

/// <summary>One request of a REST mapping. Schema: <c>x-chat.transports.rest.requests</c>.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed class RestRequestMapping
{
    public required string Name { get; init; }

    /// <summary>The HTTP method; for a publication none.</summary>
    public required HttpMethod? Method { get; init; }

    /// <summary>The path after the server's address; <see langword="null"/> if <see cref="Url"/> or <see cref="Channel"/> is there.</summary>
    public required TextTemplate? Path { get; init; }

    /// <summary>The path as it stands in the schema.</summary>
    public required string PathText { get; init; }

    /// <summary>A whole address.</summary>
    public required TextTemplate? Url { get; init; }

    /// <summary>The Bayeux channel that is published to.</summary>
    public required TextTemplate? Channel { get; init; }

    /// <summary>Whether the next message on the channel is the answer, and not the acknowledgement.</summary>
    public required bool AnsweredByMessage { get; init; }

    /// <summary>What that message must be like.</summary>
    public required TemplateCondition ReplyCondition { get; init; }

    public required (string Name, JsonTemplate Value)[] Query { get; init; }

    public required (string Name, TextTemplate Value)[] Headers { get; init; }

    public required bool HasBody { get; init; }

    public required RestBodyEncoding Encoding { get; init; }

    /// <summary>The body; <see langword="null"/> for the options themselves.</summary>
    public required JsonTemplate? Body { get; init; }

    /// <summary>Whether the answer's body is a file.</summary>
    public required bool AnswersFile { get; init; }

    /// <summary>The statuses of success; empty for 200 to 299.</summary>
    public required int[] Success { get; init; }

    /// <summary>What the answer changes of the state.</summary>
    public required (string Name, TextTemplate Value)[] Take { get; init; }

    /// <summary>The operation's result; <see langword="null"/> for the answer's body.</summary>
    public required JsonTemplate? Answer { get; init; }

    /// <summary>Where the entries are in its answer; <see langword="null"/> for where they are in others.</summary>
    public required TextTemplate? Entries { get; init; }

    /// <summary>Whether its answer brings events.</summary>
    public required bool BringsEvents { get; init; }

    /// <summary>Whether it may be sent again if its fate is unknown.</summary>
    public required bool IsIdempotent { get; init; }

    /// <summary>The counters that go up with it.</summary>
    public required string[] Counters { get; init; }


    /// <summary>Whether the operation's result is made of the events that the answer brings, which are then not delivered.</summary>
    public bool AnswersEvents => Answer?.Sources.Any(source => source.Kind == TemplateSourceKind.Events) == true;

    public bool IsSuccess(int status) => Success.Length == 0 ? status is >= 200 and <= 299 : Array.IndexOf(Success, status) >= 0;
}
