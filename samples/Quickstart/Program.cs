using ChatGen;
using ChatGen.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Quickstart;
using Quickstart.Chat;

if (Arguments.Parse(args) is not { } arguments)
{
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}

using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
await using ChatBackend? backend = arguments.Server is null ? await ChatBackend.StartAsync(cancellationToken: deadline.Token) : null;
Uri server = arguments.Server ?? backend!.CometDUrl;
Console.WriteLine($"Chatting at {server} over {(arguments.DisableWebSockets ? "long-polling" : "WebSocket, or long-polling where there is none")}");

try
{
    TranscriptPrinter.Step("a visitor starts a chat");
    await using (var client = new ChatClient())
    {
        await using ChatSession session = await client.StartSessionAsync(
            new StartSessionOptions
            {
                ServerUrl = server,
                Username = "Jane",
                Subject = "A late parcel",
                UserData = new() { ["FirstName"] = "Jane", ["LastName"] = "Doe" },
                DisableWebSockets = arguments.DisableWebSockets,
                Logger = NullLogger.Instance,
            },
            deadline.Token);
        using var conversation = new Conversation(session);
        await conversation.WaitForAgentAsync(deadline.Token);
        await conversation.AskAsync("Where is my parcel?", deadline.Token);
        await conversation.AskAsync("It was due yesterday.", deadline.Token);
    }

    TranscriptPrinter.Step("the visitor's program goes away without leaving the chat, and comes back (↺ replayed)");
    await using (var client = new ChatClient())
    {
        await using ChatSession? session = await client.RestoreSessionAsync(
            new RestoreSessionOptions { DisableWebSockets = arguments.DisableWebSockets, Logger = NullLogger.Instance },
            deadline.Token);
        if (session is null)
        {
            Console.Error.WriteLine("There was no session to restore.");
            return 1;
        }

        using var conversation = new Conversation(session);
        await conversation.AskAsync("Sorry, I reloaded the page. Are you still there?", deadline.Token);
        TranscriptResult result = await session.GetTranscriptAsync(cancellationToken: deadline.Token);
        await conversation.LeaveAsync(deadline.Token);

        TranscriptPrinter.Step("the whole transcript, as the backend keeps it");
        foreach (ChatEvent entry in result.Transcript)
        {
            TranscriptPrinter.Print(entry);
        }
    }

    return 0;
}
catch (ChatException exception)
{
    Console.Error.WriteLine($"The chat failed with code {exception.Code}: {exception.Message}");
    return 1;
}
catch (OperationCanceledException) when (deadline.IsCancellationRequested)
{
    Console.Error.WriteLine("The backend did not answer within a minute.");
    return 1;
}
