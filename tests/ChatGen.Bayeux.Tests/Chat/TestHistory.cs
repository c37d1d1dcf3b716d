using System.Text.Json;

namespace ChatGen.Bayeux.Tests.Chat;

/// <summary>The answer of the operation that reads the history.</summary>
internal sealed record TestHistory(IReadOnlyList<ChatEvent> Entries)
{
    public static TestHistory Read(ref Utf8JsonReader reader, ChatEventCatalog events)
    {
        ChatJson.ExpectObject(ref reader);
        IReadOnlyList<ChatEvent>? entries = null;
        while (ChatJson.ReadMember(ref reader))
        {
            if (reader.ValueTextEquals("entries"u8))
            {
                entries = ChatJson.ReadList(ref reader, "entries", (ref Utf8JsonReader item) => events.Read(ref item));
            }
            else
            {
                ChatJson.SkipValue(ref reader);
            }
        }

        return new TestHistory(entries ?? throw ChatJson.Missing("entries"));
    }
}
