using System.Collections.Frozen;
using System.Text.Json;

namespace ChatGen.Bayeux.Tests.Chat;

/// <summary>A chat protocol as a generated client would hold it, with names of its own to show that nothing is fixed.</summary>
internal static class TestProtocol
{
    public const int Connection = 150;
    public const int Library = 9;

    public static readonly ChatCommandDefinition<string, TestResult> Start = new("open", WriteText, ReadResult);
    public static readonly ChatCommandDefinition<string, TestResult> Restore = new("reopen", WriteText, null);
    public static readonly ChatCommandDefinition<string, TestResult> Say = new("say", WriteText, ReadResult);
    public static readonly ChatCommandDefinition<string, TestResult> Forbidden = new("forbidden", WriteText, null);

    public static ChatProtocol Create(string channel = "/service/talk", bool subscribe = true, bool cometD = true) => new()
    {
        SchemaId = "test",
        Errors = new ChatErrorCatalog(
            [new ChatErrorCode(50, new ChatErrorInfo("UnknownSession", "The session is not known.", ChatErrorOrigin.Server, ChatRecovery.Ended), isKnown: true)],
            [])
        {
            Member = "fault",
            CodeMember = "no",
            DescriptionMember = "why",
            Connection = new ChatErrorCode(Connection),
            Library = new ChatErrorCode(Library),
        },
        Events = new ChatEventCatalog([]) { DiscriminatorMember = "kind", IndexMember = "n", TimestampMember = "at" },
        SessionIdOf = static result => ((TestResult)result).SessionId,
        CometD = cometD
            ? new CometDMapping
            {
                RestoreOperation = "reopen",
                Channel = channel,
                Subscribe = subscribe,
                OperationMember = "do",
                RequestIdMember = "ref",
                SessionIdMember = "sid",
                Operations = new Dictionary<string, string> { ["open"] = "OPEN", ["reopen"] = "REOPEN", ["say"] = "SAY" }.ToFrozenDictionary(),
            }
            : null,
    };

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
