using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatGen.Specification.Tests.Doubles;

/// <summary>What this program does when it is started as a visitor: it chats, and waits to be killed.</summary>
internal static class Visitor
{
    public const string Message = "I am about to be killed.";

    /// <summary>Runs until the process is killed, or until whoever started it is gone.</summary>
    /// <param name="args">Address of the backend, file of the state, maximum offline duration in seconds, and seconds to keep silent after the message.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        TimeSpan maxOfflineDuration = Seconds(args[2]);
        await using var client = new ChatClient(new ChatClientSettings { StateFilePath = args[1], Logger = NullLogger.Instance });
        await using ChatSession session = await client.StartSessionAsync(new StartSessionOptions { ServerUrl = new Uri(args[0]), MaxOfflineDuration = maxOfflineDuration });
        await session.SendMessageAsync(Message);
        await session.ReadEventsAsync().FirstAsync(chatEvent => chatEvent is MessageReceivedEvent said && said.Content.Text == Message);
        await Task.Delay(Seconds(args[3]));
        Console.WriteLine(VisitorProcess.Ready);
        await Console.In.ReadToEndAsync();
        return 0;
    }

    private static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture));
}
