using ChatGen.Rest;

namespace ChatGen.Generator.Reading.Rest;

/// <summary>The sources that have a value at some place.</summary>
[Flags]
internal enum TemplateSources
{
    State = 1 << TemplateSourceKind.State,
    Options = 1 << TemplateSourceKind.Options,
    Pointer = 1 << TemplateSourceKind.Pointer,
    Header = 1 << TemplateSourceKind.Header,
    Status = 1 << TemplateSourceKind.Status,
    Events = 1 << TemplateSourceKind.Events,
    NextIndex = 1 << TemplateSourceKind.NextIndex,
    NewUuid = 1 << TemplateSourceKind.NewUuid,

    /// <summary>The state made when a session starts.</summary>
    Values = State | Options,

    /// <summary>A request.</summary>
    Request = State | Options | NextIndex | NewUuid,

    /// <summary>What is sent without any operation.</summary>
    Connection = State | NextIndex | NewUuid,

    /// <summary>The state taken from an answer.</summary>
    Take = State | Pointer | Header,

    /// <summary>What an operation answers.</summary>
    Answer = State | Options | Pointer | Header | Status | Events,

    /// <summary>What tells the answer to something that was published.</summary>
    Reply = State | Options | Pointer,

    /// <summary>An error rule.</summary>
    Error = State | Pointer | Header | Status,

    /// <summary>An entry that is an event, or a whole answer or frame.</summary>
    Event = State | Pointer,
}
