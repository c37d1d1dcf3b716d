using Acme.Chat;
using ChatGen;

var url = new Uri("https://chat.example.com/cometd");
await using var chat = new ChatClient();
await using ChatSession session = await chat.StartSessionAsync(new StartSessionOptions
{
    Queue = StartSessionOptionsQueue.Sales,
    MaxOfflineDuration = TimeSpan.FromSeconds(-5),
});
await session.SendMessageAsync("");
await session.SendMessageAsync("Hello");

StartSessionOptions options = new() { Queue = StartSessionOptionsQueue.Sales, ServerUrl = new Uri("ftp://chat.example.com") };
options = options with { ServerUrl = url };
options = options with
{
    StateStorage = new MemoryChatStateStorage(),
    MaxOfflineDuration = TimeSpan.FromMinutes(1),
};
Console.WriteLine(options);
#pragma warning disable CHAT2003
Console.WriteLine(options with { MaxOfflineDuration = -TimeSpan.FromSeconds(1), StateStorage = null });
#pragma warning restore CHAT2003
