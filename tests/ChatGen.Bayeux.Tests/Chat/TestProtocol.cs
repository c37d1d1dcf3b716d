using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace ChatGen.Bayeux.Tests.Chat;

/// <summary>A chat protocol as a generated client would hold it, with names of its own to show that nothing is fixed.</summary>
internal static class TestProtocol
{
    public const int Connection = 150;
    public const int Library = 9;

    private static readonly ChatEventCatalog Events = new([TestEvent.Said, TestEvent.Typing, TestEvent.Over, TestEvent.Wrong, TestEvent.Cut, TestEvent.Back])
    {
        DiscriminatorMember = "kind",
        IndexMember = "n",
        TimestampMember = "at",
        ErrorMember = "fault",
        Write = static (_, _) => throw new NotSupportedException(),
        OnLost = """{"kind":"over","text":"lost"}""",
    };

    public static readonly ChatCommandDefinition<string, TestResult> Start = new("open", WriteText, ReadResult);
    public static readonly ChatCommandDefinition<string, TestResult> Restore = new("reopen", WriteText, null);
    public static readonly ChatCommandDefinition<string, TestResult> Say = new("say", WriteText, ReadResult);
    public static readonly ChatCommandDefinition<string, TestHistory> History = new(
        "history", static (writer, from) => writer.WriteString("from"u8, from), static (ref Utf8JsonReader reader) => TestHistory.Read(ref reader, Events));

    public static readonly ChatCommandDefinition<string, TestResult> Forbidden = new("forbidden", WriteText, null);

    public static ChatProtocol Create(string channel = "/service/talk", bool subscribe = true, bool cometD = true, bool history = true, bool restore = true) => new()
    {
        SchemaId = "test",
        Errors = new ChatErrorCatalog(
            [
                Known(50, "UnknownSession", ChatRecovery.Ended),
                Known(52, "Busy", ChatRecovery.Retry),
                Known(60, "Stale", ChatRecovery.Rehandshake),
                Known(61, "Dangling", ChatRecovery.Resume),
                Known(70, "Forbidden", ChatRecovery.Fatal),
            ],
            [])
        {
            Member = "fault",
            CodeMember = "no",
            DescriptionMember = "why",
            Connection = new ChatErrorCode(Connection),
            Library = new ChatErrorCode(Library),
        },
        Events = Events,
        ReadTranscript = history ? static from => History.With(from.ToString(CultureInfo.InvariantCulture)) : null,
        EntriesOf = history ? static result => ((TestHistory)result).Entries : null,
        SessionIdOf = static result => ((TestResult)result).SessionId,
        CometD = cometD
            ? new CometDMapping
            {
                RestoreOperation = restore ? "reopen" : null,
                Channel = channel,
                Subscribe = subscribe,
                OperationMember = "do",
                RequestIdMember = "ref",
                SessionIdMember = "sid",
                Operations = new Dictionary<string, string> { ["open"] = "OPEN", ["reopen"] = "REOPEN", ["say"] = "SAY", ["history"] = "HISTORY" }.ToFrozenDictionary(),
            }
            : null,
    };

    private static ChatErrorCode Known(int number, string name, ChatRecovery recovery) =>
        new(number, new ChatErrorInfo(name, name, ChatErrorOrigin.Server, recovery), isKnown: true);

    private static void WriteText(Utf8JsonWriter writer, string text) => writer.WriteString("text"u8, text);

    private static TestResult ReadResult(ref Utf8JsonReader reader)
    {
        ChatJson.ExpectObject(ref reader);
        string? sessionId = null;
        while (ChatJson.ReadMember(ref reader))
        {
            if (reader.ValueTextEquals("sid"u8))
            {
                sessionId = ChatJson.ReadString(ref reader, "sid");
            }
            else
            {
                ChatJson.SkipValue(ref reader);
            }
        }

        return new TestResult(sessionId ?? throw ChatJson.Missing("sid"));
    }
}
