// A visitor whose process is killed in the middle of a chat: <server> <state file> <maxOfflineDuration, seconds> <disableWebSockets>
// Once an agent has answered a message, it prints the index of the last event and waits to be killed, or for its standard input to end.
using System.Globalization;
using ChatGen;
using ChatGen.Interop.Tests.Visitor.Chat;
using Microsoft.Extensions.Logging.Abstractions;

await using var client = new ChatClient(new ChatClientSettings { StateFilePath = args[1] });
await using ChatSession session = await client.StartSessionAsync(new StartSessionOptions
{
    ServerUrl = new Uri(args[0]),
    Username = "Jane",
    MaxOfflineDuration = TimeSpan.FromSeconds(int.Parse(args[2], CultureInfo.InvariantCulture)),
    DisableWebSockets = bool.Parse(args[3]),
    Logger = NullLogger.Instance,
});
await session.SendMessageAsync("Where is my parcel?");
await foreach (ChatEvent chatEvent in session.ReadEventsAsync())
{
    if (chatEvent is MessageReceivedEvent { Content.Text: "You said: Where is my parcel?" })
    {
        break;
    }
}

Console.WriteLine(session.LastIndex.ToString(CultureInfo.InvariantCulture));
await Console.In.ReadToEndAsync();
