using System.Text.Json;

namespace ChatGen.Bayeux.Tests.Chat;

/// <summary>Every event of the test protocol: its type says which it is.</summary>
internal sealed record TestEvent : ChatEvent
{
    public static readonly ChatEventType<TestEvent> Said = Make("said", keptInHistory: true);
    public static readonly ChatEventType<TestEvent> Typing = Make("typing", keptInHistory: false);
    public static readonly ChatEventType<TestEvent> Over = Make("over", keptInHistory: true, ChatEventRole.Ended);
    public static readonly ChatEventType<TestEvent> Wrong = Make("wrong", keptInHistory: true, ChatEventRole.Error);
    public static readonly ChatEventType<TestEvent> Cut = Make("cut", keptInHistory: false, ChatEventRole.Interrupted);
    public static readonly ChatEventType<TestEvent> Back = Make("back", keptInHistory: false, ChatEventRole.Continued);

    public required ChatEventType<TestEvent> Type { get; init; }

    /// <summary>What was said, or why it is over.</summary>
    public string? Text { get; init; }

    public override ChatEventType EventType => Type;

    /// <summary>Type, index and text, for comparisons.</summary>
    public string Summary => string.Join(' ', new[] { Type.Name, Index?.ToString(System.Globalization.CultureInfo.InvariantCulture), Text }.OfType<string>());

    private static ChatEventType<TestEvent> Make(string name, bool keptInHistory, ChatEventRole role = ChatEventRole.None)
    {
        ChatEventType<TestEvent> type = null!;
        return type = new ChatEventType<TestEvent>(name, name, keptInHistory, role, (ref Utf8JsonReader reader, ChatEventHeader header) => Read(ref reader, header, type));
    }

    private static TestEvent Read(ref Utf8JsonReader reader, ChatEventHeader header, ChatEventType<TestEvent> type)
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

        return new TestEvent { Type = type, Text = text, Index = header.Index };
    }
}
