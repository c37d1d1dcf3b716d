using System.Text.Json;

namespace ChatGen.Tests;

public sealed record MessageEvent : ChatEvent
{
    public static readonly ChatEventType<MessageEvent> Type = new("messageReceived", "MessageReceived", true, ChatEventRole.None, Read);

    public required string Text { get; init; }

    public override ChatEventType EventType => Type;

    private static MessageEvent Read(ref Utf8JsonReader reader, ChatEventHeader header)
    {
        string? text = null;
        while (ChatJson.ReadMember(ref reader))
        {
            if (reader.ValueTextEquals("text"u8))
            {
                text = ChatJson.ReadString(ref reader, "text");
            }
            else
            {
                ChatJson.SkipValue(ref reader);
            }
        }

        return new MessageEvent { Text = text ?? throw ChatJson.Missing("text"), Index = header.Index, Timestamp = header.Timestamp };
    }
}
