namespace ChatGen.Package.Tests;

/// <summary>What the consumers print.</summary>
internal static class Transcript
{
    public static readonly string[] OfBuiltIn =
    [
        "You said: Where is my parcel?",
        "You said: Are you still there?",
        "First name: Jane",
        "Nothing is left to restore.",
        "The backend saw: Hello, my name is Sam. How can I help you? | Where is my parcel? | You said: Where is my parcel? | Are you still there? | You said: Are you still there?",
        "You said: And over HTTP?",
        "The API alone: OK, Jim",
    ];

    public static readonly string[] OfHosted =
    [
        "Configured well: 404, Healthy, sessions: 1",
        "Configured wrong: Chat:StartSession:MaxOfflineDuration: 'MaxOfflineDuration' must be at least 0, but is -5",
        "The backend saw: Hello",
    ];

    public static readonly string[] OfVariant =
    [
        "Arrived: sales, 3",
        "Refused: True, The queue is closed.",
        "Invalid: $.subject maxLength",
    ];
}
