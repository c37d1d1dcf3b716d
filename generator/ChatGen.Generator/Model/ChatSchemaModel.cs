using ChatGen.Generator.JsonSchemas;

namespace ChatGen.Generator.Model;

/// <summary>All that a schema says, by value: no syntax, no symbols, no JSON.</summary>
internal sealed record ChatSchemaModel(
    string Namespace,
    string SchemaId,
    EquatableArray<RecordModel> Records,
    EquatableArray<UnionModel> Unions,
    EquatableArray<EnumModel> Enums,
    JsonSchemaModel? JsonRules,
    JsonSchemaModel? UsageRules,
    ErrorsModel Errors,
    StartModel Start,
    OperationModel Restore,
    TranscriptModel? Transcript,
    EquatableArray<CommandModel> Commands,
    EventsModel Events,
    CometDModel? CometD,
    RestModel? Rest);

/// <summary>An operation: options and result are names of generated records.</summary>
internal sealed record OperationModel(string Name, string CSharpName, string? Description, string? Options, string? Result)
{
    /// <summary>Why it should not be used any more; <see langword="null"/> if it may be.</summary>
    public string? Obsolete { get; init; }

    /// <summary>Whether a file is answered instead of a record.</summary>
    public bool AnswersFile { get; init; }
}

/// <summary>The operation that starts a session.</summary>
internal sealed record StartModel(OperationModel Operation, string SessionIdProperty);

/// <summary>How the history is read.</summary>
internal sealed record TranscriptModel(string Command, string FromProperty, string EntriesProperty);

/// <summary>A command of a session.</summary>
internal sealed record CommandModel(OperationModel Operation, EquatableArray<string> Parameters, bool IsLeave, string? TranscriptProperty);

/// <summary>The error codes.</summary>
internal sealed record ErrorsModel(
    string Name,
    string? Description,
    EquatableArray<ErrorCodeModel> Codes,
    EquatableArray<ErrorRangeModel> Ranges,
    string Member,
    string CodeMember,
    string DescriptionMember,
    string ConnectionCode,
    string LibraryCode);

/// <summary>An error code: <paramref name="Code"/> is a number's text or, if <paramref name="IsText"/>, a string's value.</summary>
internal sealed record ErrorCodeModel(string Name, string Code, bool IsText, string Description, string Origin, string Recovery);

/// <summary>A range of error codes.</summary>
internal sealed record ErrorRangeModel(string Name, int From, int To, string Description, string Origin, string Recovery);

/// <summary>The events.</summary>
internal sealed record EventsModel(
    string Discriminator,
    string Index,
    string Timestamp,
    EquatableArray<EventModel> Types,
    string? OnLeave,
    string? OnLost,
    string? ErrorMember);

/// <summary>An event type.</summary>
internal sealed record EventModel(string Name, string CSharpName, string WireName, string Record, bool KeptInHistory, string Role);

/// <summary>How the session looks over CometD.</summary>
internal sealed record CometDModel(
    string Channel,
    bool Subscribe,
    string OperationMember,
    string RequestIdMember,
    string SessionIdMember,
    EquatableArray<WireNameModel> Operations);

/// <summary>An operation's name on the wire.</summary>
internal sealed record WireNameModel(string Name, string WireName);
