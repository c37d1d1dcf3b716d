using System.Text.Json;

namespace ChatGen.Tests;

/// <summary>The result of both getTranscript and leave.</summary>
public sealed record Transcript(IReadOnlyList<ChatEvent>? Entries)
{
    public static Transcript Read(ref Utf8JsonReader reader)
    {
        ChatJson.ExpectObject(ref reader);
        IReadOnlyList<ChatEvent>? entries = null;
        while (ChatJson.ReadMember(ref reader))
        {
            if (reader.ValueTextEquals("transcript"u8))
            {
                entries = ChatJson.ReadList(ref reader, "transcript", static (ref Utf8JsonReader item) => TestProtocol.Events.Read(ref item));
            }
            else
            {
                ChatJson.SkipValue(ref reader);
            }
        }

        return new Transcript(entries);
    }
}
