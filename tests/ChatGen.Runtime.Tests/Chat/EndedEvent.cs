using System.Text.Json;

namespace ChatGen.Tests;

public sealed record EndedEvent : ChatEvent
{
    public static readonly ChatEventType<EndedEvent> Type = new("sessionEnded", "SessionEnded", true, ChatEventRole.Ended, Read);

    public required string Reason { get; init; }

    public override ChatEventType EventType => Type;

    private static EndedEvent Read(ref Utf8JsonReader reader, ChatEventHeader header)
    {
        string? reason = null;
        while (ChatJson.ReadMember(ref reader))
        {
            if (reader.ValueTextEquals("reason"u8))
            {
                reason = ChatJson.ReadString(ref reader, "reason");
            }
            else
            {
                ChatJson.SkipValue(ref reader);
            }
        }

        return new EndedEvent { Reason = reason ?? throw ChatJson.Missing("reason"), Index = header.Index, Timestamp = header.Timestamp };
    }
}
