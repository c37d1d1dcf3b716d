using System.Text.Json;

namespace ChatGen.Tests;

/// <summary>What a generated client holds of its schema, by hand.</summary>
public static class TestProtocol
{
    public static readonly ChatErrorCode Unspecified = Known(0, "Unspecified", ChatErrorOrigin.Client, ChatRecovery.Fatal);
    public static readonly ChatErrorCode UnknownSession = Known(50, "UnknownSession", ChatErrorOrigin.Server, ChatRecovery.Ended);
    public static readonly ChatErrorCode CommandFailed = Known(52, "CommandFailed", ChatErrorOrigin.Server, ChatRecovery.Retry);
    public static readonly ChatErrorCode Interrupted = Known(150, "ConnectionInterrupted", ChatErrorOrigin.Client, ChatRecovery.Resume);

    public static readonly ChatErrorCatalog Errors = new([Unspecified, UnknownSession, CommandFailed, Interrupted], [])
    {
        Member = "error",
        CodeMember = "code",
        DescriptionMember = "description",
        Connection = Interrupted,
        Library = Unspecified,
    };

    public static readonly ChatEventCatalog Events = new(
        [MessageEvent.Type, TypingEvent.Type, EndedEvent.Type, ErrorEvent.Type, InterruptedEvent.Type, ContinuedEvent.Type])
    {
        DiscriminatorMember = "type",
        IndexMember = "index",
        TimestampMember = "timestamp",
        Write = WriteEvent,
        OnLeave = """{"type":"SessionEnded","reason":"leaveRequest"}""",
        OnLost = """{"type":"SessionEnded","reason":"error"}""",
        ErrorMember = "error",
    };

    public static readonly ChatCommandDefinition<StartOptions, StartResult> Start = new(
        "startSession", static (writer, options) => writer.WriteString("username", options.Username), StartResult.Read);

    public static readonly ChatCommandDefinition<ChatNone, ChatNone> Restore = new("restoreSession", null, null);

    public static readonly ChatCommandDefinition<TranscriptOptions, Transcript> GetTranscript = new(
        "getTranscript", static (writer, options) => writer.WriteNumber("fromIndex", options.FromIndex), Transcript.Read);

    public static readonly ChatCommandDefinition<MessageOptions, ChatNone> SendMessage = new(
        "sendMessage", static (writer, options) => writer.WriteString("message", options.Message), null);

    public static readonly ChatCommandDefinition<ChatNone, Transcript> Leave = new("leave", null, Transcript.Read);

    public static readonly ChatProtocol Protocol = Make(hasTranscript: true);

    public static readonly ChatProtocol WithoutTranscript = Make(hasTranscript: false);

    /// <summary>A schema that knows messages and nothing else: no error, no end, no interruption.</summary>
    public static readonly ChatProtocol MessagesOnly = new()
    {
        SchemaId = "messages-only",
        Errors = Errors,
        Events = new ChatEventCatalog([MessageEvent.Type]) { DiscriminatorMember = "type", IndexMember = "index", TimestampMember = "timestamp", Write = WriteEvent },
        SessionIdOf = static result => ((StartResult)result).SessionId,
    };

    public static ChatException Error(ChatErrorCode code) => new(code, code.Info!.Description);

    /// <summary>The protocol under another id, which tells its measurements from those of other tests.</summary>
    public static ChatProtocol Named(string schemaId) => Make(hasTranscript: true, schemaId);

    /// <summary>The protocol of a schema with this mapping to HTTP.</summary>
    public static ChatProtocol OverRest(string mapping, bool hasTranscript = true) => Make(hasTranscript, rest: RestMapping.Parse(mapping));

    private static void WriteEvent(Utf8JsonWriter writer, ChatEvent chatEvent)
    {
        if (chatEvent is UnknownChatEvent)
        {
            ChatJson.WriteUnknown(writer, chatEvent);
            return;
        }

        writer.WriteStartObject();
        ChatJson.WriteHeader(writer, chatEvent, Events);
        switch (chatEvent)
        {
            case MessageEvent message:
                writer.WriteString("text", message.Text);
                break;
            case EndedEvent ended:
                writer.WriteString("reason", ended.Reason);
                break;
            case TypingEvent or InterruptedEvent or ContinuedEvent:
                break;
            default:
                throw new NotSupportedException();
        }

        writer.WriteEndObject();
    }

    private static ChatProtocol Make(bool hasTranscript, string schemaId = "test-schema", RestMapping? rest = null) => new()
    {
        SchemaId = schemaId,
        Rest = rest,
        Errors = Errors,
        Events = Events,
        SessionIdOf = static result => ((StartResult)result).SessionId,
        ReadTranscript = hasTranscript ? static from => GetTranscript.With(new TranscriptOptions(from)) : null,
        EntriesOf = hasTranscript ? static result => ((Transcript)result).Entries! : null,
    };

    private static ChatErrorCode Known(int number, string name, ChatErrorOrigin origin, ChatRecovery recovery) =>
        new(number, new ChatErrorInfo(name, $"Description of {name}.", origin, recovery), isKnown: true);
}
