using System.Text.Json;

namespace ChatGen.Tests;

public sealed record ErrorEvent : ChatEvent
{
    public static readonly ChatEventType<ErrorEvent> Type = new("error", "Error", true, ChatEventRole.Error, Read);

    public required ChatErrorCode Code { get; init; }

    public string? Description { get; init; }

    public override ChatEventType EventType => Type;

    private static ErrorEvent Read(ref Utf8JsonReader reader, ChatEventHeader header)
    {
        (ChatErrorCode Code, string? Description)? error = null;
        while (ChatJson.ReadMember(ref reader))
        {
            if (reader.ValueTextEquals("error"u8))
            {
                error = ChatJson.ReadValue(ref reader, "error", ReadError);
            }
            else
            {
                ChatJson.SkipValue(ref reader);
            }
        }

        (ChatErrorCode code, string? description) = error ?? throw ChatJson.Missing("error");
        return new ErrorEvent { Code = code, Description = description, Index = header.Index, Timestamp = header.Timestamp };
    }

    private static (ChatErrorCode Code, string? Description) ReadError(ref Utf8JsonReader reader)
    {
        ChatJson.ExpectObject(ref reader);
        ChatErrorCode? code = null;
        string? description = null;
        while (ChatJson.ReadMember(ref reader))
        {
            if (reader.ValueTextEquals("code"u8))
            {
                code = ChatJson.ReadErrorCode(ref reader, "code", TestProtocol.Errors);
            }
            else if (reader.ValueTextEquals("description"u8))
            {
                description = ChatJson.ReadString(ref reader, "description");
            }
            else
            {
                ChatJson.SkipValue(ref reader);
            }
        }

        return (code ?? throw ChatJson.Missing("code"), description);
    }
}
